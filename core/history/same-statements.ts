import { type Token, tokens } from "../sql/tokens.ts";

/** Do two texts hold the same statements? Comments, white space between tokens and line ends may differ: git has its own. */
export function sameStatements(before: string, after: string): boolean {
  const left = significant(before);
  const right = significant(after);
  return left.length === right.length && left.every((word, index) => word === right[index]);
}

function significant(text: string): string[] {
  return [...tokens(text)]
    .filter(isCode)
    .map(({ start, end }) => text.slice(start, end).replaceAll("\r\n", "\n"));
}

function isCode({ kind }: Token): boolean {
  return kind !== "line-comment" && kind !== "block-comment";
}
