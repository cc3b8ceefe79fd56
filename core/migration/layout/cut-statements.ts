import { splitStatements } from "../../sql/splitter.ts";
import type { Malformed, SourceFile } from "../model.ts";
import type { Section } from "./sections.ts";

/** The lines around statements that a runner must not cut. */
export interface Fence {
  readonly begin: string;
  readonly end: string;
}

/**
 * Statements that a runner cuts in two: goose and sql-migrate end one at each line that ends with a semicolon, also in
 * the middle of a function's body, unless a fence stands around it (endsWithSemicolon in sqlparse.go of sql-migrate).
 */
export function cutStatements(file: SourceFile, { start, end }: Section, fence: Fence): Malformed[] {
  const text = file.text.slice(start, end);
  const cut = splitStatements(text).filter((piece) => isCut(text.slice(piece.start, piece.end)));
  if (cut.length === 0) return [];
  const fenced = fencedRanges(text, fence);
  return cut.flatMap((piece): Malformed[] => {
    if (fenced.some((it) => it.start <= piece.start && piece.end <= it.end)) return [];
    const statement = text.slice(piece.start, piece.end);
    const until = text.startsWith(";", piece.end) ? piece.end + 1 : piece.end;
    const at = start + piece.start;
    const insert = (offset: number, inserted: string) =>
      ({ kind: "replace", file: file.path, start: offset, end: offset, text: inserted }) as const;
    return [
      {
        file,
        start: at,
        end: at + (statement.split(/\r?\n/, 1)[0] ?? statement).length,
        message: "the runner cuts this statement at a semicolon inside of it, and sends it in parts",
        help: `put it between these lines\n  ${fence.begin}\n  ${fence.end}`,
        fix: {
          title: `Put it between ${fence.begin.replace(/^--\s*/, "")} and ${fence.end.split(" ").at(-1)}`,
          edits: [
            insert(at, `${fence.begin}\n`),
            insert(start + until, `\n${fence.end}${/^\r?(\n|$)/.test(text.slice(until)) ? "" : "\n"}`),
          ],
        },
      },
    ];
  });
}

/** Does a line before its last end as a statement does? */
function isCut(statement: string): boolean {
  return statement
    .split("\n")
    .slice(0, -1)
    .some((line) => lastWord(line).endsWith(";"));
}

/** The last word before one that begins a comment. */
function lastWord(line: string): string {
  const words = line.split(/\s+/).filter((word) => word !== "");
  const comment = words.findIndex((word) => word.startsWith("--"));
  return (comment < 0 ? words : words.slice(0, comment)).at(-1) ?? "";
}

function fencedRanges(text: string, { begin, end }: Fence) {
  const ranges: { start: number; end: number }[] = [];
  const mark = (line: string) =>
    new RegExp(`^\\s*${line.replaceAll(/[+*.]/g, "\\$&").replaceAll(" ", "\\s+")}`, "gim");
  const ends = [...text.matchAll(mark(end))].map(({ index }) => index);
  for (const { index } of text.matchAll(mark(begin)))
    ranges.push({ start: index, end: ends.find((it) => it > index) ?? text.length });
  return ranges;
}
