import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A part of a guide with the files that it shows: fenced blocks whose first line is a comment with a file name. */
export interface GuideSection {
  readonly title: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** The sections of a guide; what stands before the first heading has the title "". */
export function guideSections(guide: string): GuideSection[] {
  const text = readFileSync(join(import.meta.dirname, "../../docs/guides", guide), "utf8");
  return text.split(/^## /m).map((part, index) => ({
    title: index === 0 ? "" : (part.split("\n")[0] ?? ""),
    files: [...part.matchAll(/^```sql\n-- (\S+\.sql)\n(.*?)^```$/gms)].map(([, name = "", sql = ""]) => ({
      name,
      text: sql,
    })),
  }));
}
