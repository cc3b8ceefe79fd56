import type { SourceFile } from "../migration/model.ts";
import { type ForeignMark, foreignMark } from "../sql/foreign-sql.ts";
import type { Report } from "./rule.ts";

/** From this share of marked scripts on it is the folder that is foreign, not a file that went astray. */
const share = 0.2;

/**
 * A folder written for another database or for a template engine: one report instead of one per statement. Of `scripts`
 * that were parsed, those in the `broken` files were not understood.
 */
export function foreignFolder(
  broken: readonly SourceFile[],
  scripts: number,
): (Report & { readonly file: SourceFile }) | undefined {
  const marked = new Map<ForeignMark["kind"], { file: SourceFile; mark: ForeignMark }[]>();
  for (const file of broken) {
    const mark = foreignMark(file.text);
    if (!mark) continue;
    const others = marked.get(mark.kind);
    if (others) others.push({ file, mark });
    else marked.set(mark.kind, [{ file, mark }]);
  }
  const [kind, files] = [...marked].toSorted((a, b) => b[1].length - a[1].length)[0] ?? [];
  const first = files?.[0];
  if (!kind || !files || !first || files.length < 2 || files.length < scripts * share) return undefined;
  const { file, mark } = first;
  return {
    file,
    start: mark.start,
    end: mark.end,
    message:
      kind === "template"
        ? `the migrations are templates, not SQL: ${mark.sign} here, and the like in ${files.length} of ${scripts} files`
        : `the migrations are written for ${kind}, not PostgreSQL: ${files.length} of ${scripts} files say so`,
    label: kind === "template" ? "filled in by a template engine" : `${kind}, not PostgreSQL`,
    help:
      kind === "template"
        ? "point Switchback at the SQL that reaches the database: render the templates into a folder first"
        : `Switchback checks PostgreSQL migrations; give it the folder that PostgreSQL runs`,
  };
}
