import { splitStatements } from "../../sql/splitter.ts";
import type { Execution, SourceFile } from "../model.ts";
import { compareText } from "../version.ts";
import { fileLayout } from "./file-layout.ts";

/**
 * Supabase: `supabase/migrations/<timestamp>_<title>.sql`, in the order of the versions, which are texts of digits: 010, 10
 * and 9. There is no down. The command line sends the statements as one pipeline, which PostgreSQL treats as one
 * transaction (all of it seen with 2.117).
 */
export const supabase = fileLayout({
  name: "supabase",
  downs: "none",
  gaps: "normal",
  late: "refused",
  firstVersion: { kind: "timestamp", digits: 14 },
  compare: compareText,
  identify: (name) => {
    const [, version, title = ""] = /^(\d+)_(.*)\.sql$/.exec(name) ?? [];
    return version === undefined
      ? { reason: "its name is not <timestamp>_<title>.sql" }
      : { version, key: version, title, direction: "up" };
  },
  execution: ({ file }) => execution(file),
  markers: [/^-- pg-delta: transaction=false$/],
  untransacted: (files) =>
    files.map((file) =>
      execution(file).wrapped ? { ...file, text: `-- pg-delta: transaction=false\n${file.text}` } : file,
    ),
  fileName: (version, title) => `${version}_${title}.sql`,
});

/**
 * Each statement is on its own where the first line says so, or where the script has transactions of its own. Some
 * statements always are: what stands between those is a transaction, which we run statement by statement.
 */
function execution({ text }: Pick<SourceFile, "text">): Execution {
  if (/^-- pg-delta: transaction=false\r?(\n|$)/.test(text)) return { send: "statements", wrapped: false };
  const splits = splitStatements(text).some(({ start, end }) => outside.test(text.slice(start, end)));
  return {
    send: "statements",
    wrapped: !splits,
    unwrapsItself: true,
    unwrap: "begin the file with\n  -- pg-delta: transaction=false",
  };
}

const outside =
  /^(?:(?:create\s+(?:unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex[\s(].*\sconcurrently|vacuum|alter\s+system|cluster|begin|start\s+transaction|commit|end|abort|prepare\s+transaction)\b|rollback\b(?!\s+(?:(?:work|transaction)\s+)?to\b))/i;
