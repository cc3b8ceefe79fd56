import type { SourceFile } from "#core/migration/model.ts";
import type { Position } from "#core/report/model.ts";
import type { ParsedSql } from "#core/sql/statement.ts";
import type { InsertedComment } from "./methods.ts";

const placeholder = "why this is safe here";

export interface IgnoreRequest {
  readonly file: SourceFile;
  readonly parsed: ParsedSql;
  readonly rule: string;
  readonly position: Position;
  readonly scope: "statement" | "file";
}

/** A line of its own above the statement, indented like it, or above everything. */
export function ignoreComment({ file, parsed, rule, position, scope }: IgnoreRequest): InsertedComment {
  const { text } = file;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const offset = scope === "file" ? 0 : startOfStatement(parsed, offsetOf(text, position));
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const indent = text.slice(lineStart, offset);
  const directive = scope === "file" ? "switchback-ignore-file" : "switchback-ignore";
  // Another statement may stand before this one on the line: then the comment breaks the line.
  const alone = indent.trim() === "";
  return {
    offset,
    before: `${alone ? "" : newline}-- ${directive} ${rule}: `,
    reason: placeholder,
    after: `${newline}${alone ? indent : ""}`,
  };
}

/** The statement that holds the place, else the next one: that is what the comment will cover. */
function startOfStatement({ statements }: ParsedSql, offset: number): number {
  const holding = statements.find(({ start, end }) => start <= offset && offset <= end);
  return (holding ?? statements.find(({ start }) => start >= offset))?.start ?? offset;
}

/** 1-based line and UTF-16 column → 0-based offset. */
function offsetOf(text: string, { line, column }: Position): number {
  const lineEnd = /\r\n|\n|\r/g;
  for (let current = 1; current < line; current++) if (!lineEnd.exec(text)) break;
  return Math.min(text.length, lineEnd.lastIndex + column - 1);
}
