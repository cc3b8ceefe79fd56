import { type Token, tokens } from "../sql/tokens.ts";

/** Do two texts hold the same statements? Comments and white space between tokens may differ. */
export function sameStatements(before: string, after: string): boolean {
  const left = significant(before);
  const right = significant(after);
  return left.length === right.length && left.every((word, index) => word === right[index]);
}

function significant(text: string): string[] {
  return [...tokens(text)].filter(isCode).map(({ start, end }) => text.slice(start, end));
}

function isCode({ kind }: Token): boolean {
  return kind !== "line-comment" && kind !== "block-comment";
}
