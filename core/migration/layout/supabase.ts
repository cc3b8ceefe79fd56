import { compareVersions } from "../version.ts";
import { fileLayout } from "./file-layout.ts";
import { numbered } from "./numbered.ts";

/**
 * Supabase: `supabase/migrations/<timestamp>_<title>.sql`. The command line sends the statements as one pipeline, which
 * PostgreSQL treats as one transaction; there is no down.
 */
export const supabase = fileLayout({
  name: "supabase",
  downs: "none",
  gaps: "normal",
  late: "refused",
  firstVersion: { kind: "timestamp", digits: 14 },
  compare: compareVersions,
  identify: (name) => {
    const identity = numbered(name, /^(\d+)_(.*)\.sql$/, "<timestamp>_<title>.sql");
    return "reason" in identity ? identity : { ...identity, direction: "up" };
  },
  execution: () => ({ send: "statements", wrapped: true }),
  fileName: (version, title) => `${version}_${title}.sql`,
});
