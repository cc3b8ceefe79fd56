import { codePointToUtf16 } from "./byte-offsets.ts";
import type { Refusal } from "./grammar.ts";
import type { SyntaxProblem } from "./statement.ts";

/** Turns what the parser says into a place in the text. */
export function syntaxProblem(text: string, { refused: message, position }: Refusal): SyntaxProblem {
  const start = codePointToUtf16(text, position);
  if (start >= text.length) return atEnd(text, message);
  const near = /at or near "(.*)"$/s.exec(message)?.[1];
  // An unterminated string or comment is "near" all the rest of the text: its first line is enough to show.
  const length = near && text.startsWith(near, start) ? firstLine(near).length : characterLength(text, start);
  return { message: shortened(message), start, end: start + length };
}

/** "syntax error at end of input": point at the last character there is. */
function atEnd(text: string, message: string): SyntaxProblem {
  const end = text.trimEnd().length;
  return { message, start: Math.max(0, end - 1), end };
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? "";
}

function shortened(message: string): string {
  const line = firstLine(message);
  if (line.length === message.length && line.length <= 160) return message;
  return `${line.slice(0, 120)}…"`;
}
