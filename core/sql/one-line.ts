import { tokens } from "./tokens.ts";

/**
 * SQL on one line, for a sentence. A line comment would swallow all that follows it there, so comments go; white space
 * in strings and quoted names stays.
 */
export function oneLine(text: string, from = 0, to = text.length): string {
  let line = "";
  let last: number | undefined;
  for (const { kind, start, end } of tokens(text, from, to)) {
    if (kind === "line-comment" || kind === "block-comment") continue;
    if (last !== undefined && last < start) line += " ";
    line += text.slice(start, end);
    last = end;
  }
  return line;
}
