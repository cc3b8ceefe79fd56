import { splitStatements } from "../../sql/splitter.ts";
import { tokens } from "../../sql/tokens.ts";
import type { Malformed, SourceFile } from "../model.ts";
import { type Cutting, cutLines } from "./cut-lines.ts";
import type { Section } from "./sections.ts";

/** How to write the lines around statements that a runner must not cut. */
export interface Fence {
  readonly begin: string;
  readonly end: string;
}

/** A section that a runner cuts at its lines, and where it does so otherwise than PostgreSQL would. */
export interface CutSection {
  /** Statements that are cut in two, also in the middle of a function's body. */
  readonly cut: readonly Malformed[];
  /** The end, where it lacks the semicolon without which the runner refuses the file. */
  readonly unfinished?: Malformed;
  /** Pieces of several statements: one line or one fence has them. */
  readonly together: readonly { readonly start: number; readonly end: number }[];
}

export function cutStatements(
  file: SourceFile,
  { start, end }: Section,
  fence: Fence,
  cutting: Cutting,
): CutSection {
  const text = file.text.slice(start, end);
  const { pieces, rest } = cutLines(text, cutting);
  let at = 0;
  const statements = splitStatements(text);
  const cut = statements
    .filter((statement) => {
      while ((pieces[at]?.end ?? text.length) <= statement.start) at++;
      return (pieces[at]?.end ?? text.length) < statement.end;
    })
    .map((statement): Malformed => {
      const from = start + statement.start;
      const until = text.startsWith(";", statement.end) ? statement.end + 1 : statement.end;
      const insert = (offset: number, inserted: string) =>
        ({ kind: "replace", file: file.path, start: offset, end: offset, text: inserted }) as const;
      const [firstLine = ""] = text.slice(statement.start, statement.end).split(/\r?\n/, 1);
      return {
        file,
        start: from,
        end: from + firstLine.length,
        message: "the runner cuts this statement at a semicolon inside of it, and sends it in parts",
        help: `put it between these lines\n  ${fence.begin}\n  ${fence.end}`,
        fix: {
          title: `Put it between ${fence.begin.replace(/^--\s*/, "")} and ${fence.end.split(" ").at(-1)}`,
          edits: [
            insert(from, `${fence.begin}\n`),
            insert(start + until, `\n${fence.end}${/^\r?(\n|$)/.test(text.slice(until)) ? "" : "\n"}`),
          ],
        },
      };
    });
  const together = pieces
    .filter((piece) => statements.filter((it) => piece.start <= it.start && it.end <= piece.end).length > 1)
    .map((piece) => ({ start: start + piece.start, end: start + piece.end }));
  return {
    cut,
    together,
    ...(rest && { unfinished: unfinished(file, start + rest.start, start + rest.end) }),
  };
}

function unfinished(file: SourceFile, start: number, end: number): Malformed {
  const last = [...tokens(file.text.slice(start, end))]
    .filter(({ kind }) => kind !== "line-comment" && kind !== "block-comment")
    .at(-1);
  if (!last)
    return {
      file,
      start,
      end,
      message: "the runner takes this comment for a statement without a semicolon, and refuses the file",
      help: "put it above a statement, or take it out",
    };
  const at = start + last.end;
  return {
    file,
    start: start + last.start,
    end: at,
    message: "no semicolon ends the last line of SQL, and the runner refuses the file",
    help: "end it with a semicolon, with nothing but a comment that begins with -- behind it",
    fix: {
      title: "End the statement with a semicolon",
      edits: [{ kind: "replace", file: file.path, start: at, end: at, text: ";" }],
    },
  };
}
