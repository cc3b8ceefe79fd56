import { tokens } from "./tokens.ts";

/** A statement as far as it can be told without parsing: from its first token to before its `;`. */
export interface Piece {
  /** 0-based UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/**
 * Splits at `;`, but not inside strings and comments, the body of a routine that is written as BEGIN ATOMIC … END, or
 * the parentheses of a rule's actions. In other statements a missing `)` must not swallow what follows: this works on
 * broken SQL too.
 */
export function splitStatements(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = -1;
  let end = 0;
  let parentheses = 0;
  let blocks = 0;
  let words = 0;
  let routine = false;
  let rule = false;
  const flush = () => {
    if (start >= 0) pieces.push({ start, end });
    start = -1;
    parentheses = 0;
    blocks = 0;
    words = 0;
    routine = false;
    rule = false;
  };
  for (const token of tokens(text)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const symbol = token.kind === "symbol" ? text[token.start] : undefined;
    if (symbol === ";" && parentheses === 0 && blocks === 0) {
      flush();
      continue;
    }
    if (start < 0) start = token.start;
    end = token.end;
    if (rule && symbol === "(") parentheses += 1;
    else if (symbol === ")") parentheses = Math.max(0, parentheses - 1);
    if (token.kind !== "word") continue;
    const word = text.slice(token.start, token.end).toLowerCase();
    words += 1;
    if (words <= 4 && (word === "function" || word === "procedure")) routine = true;
    if (words <= 4 && word === "rule") rule = true;
    if (!routine) continue;
    if (word === "begin" || (word === "case" && blocks > 0)) blocks += 1;
    else if (word === "end" && blocks > 0) blocks -= 1;
  }
  flush();
  return pieces;
}
