import type { Position, Range } from "#core/report/model.ts";

/** The word or the string of a configuration that begins at a position: what is underlined. */
export function tokenRange(text: string, start: Position): Range {
  const line = text.split(/\r\n|\r|\n/)[start.line - 1] ?? "";
  const [token = ""] = /^(?:"(?:\\.|[^"\\])*"?|[\w.+-]+)/.exec(line.slice(start.column - 1)) ?? [];
  return { start, end: { line: start.line, column: start.column + token.length } };
}
