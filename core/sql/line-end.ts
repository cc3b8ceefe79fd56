import { tokens } from "./tokens.ts";

export type LineEnd = "\n" | "\r\n";

/** How a text ends its lines, by its first one. */
export function lineEndOf(text: string): LineEnd {
  return text[text.indexOf("\n") - 1] === "\r" ? "\r\n" : "\n";
}

/** SQL with the line ends of the file that it comes into. What stands in quotes is a value, or a body: it stays. */
export function withLineEnd(sql: string, lineEnd: LineEnd): string {
  if (!sql.includes(lineEnd === "\n" ? "\r" : "\n")) return sql;
  const ended = (text: string) => text.replaceAll(/\r?\n/g, lineEnd);
  let result = "";
  let at = 0;
  for (const { kind, start, end } of tokens(sql)) {
    if (kind !== "string" && kind !== "quoted") continue;
    result += ended(sql.slice(at, start)) + sql.slice(start, end);
    at = end;
  }
  return result + ended(sql.slice(at));
}
