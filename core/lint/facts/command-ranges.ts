import type { Statement } from "../../sql/statement.ts";
import { tokens } from "../../sql/tokens.ts";

/** A part of a text: 0-based UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the subcommands of an ALTER TABLE stand: the parts between its commas. Undefined where the text does not have
 * as many of them as the parse tree.
 */
export function commandRanges(
  text: string,
  statement: Statement,
  count: number,
): readonly TextRange[] | undefined {
  const ranges: TextRange[] = [];
  let depth = 0;
  let start = -1;
  let end = -1;
  let head = true;
  let afterName = false;
  for (const token of tokens(text, statement.start, statement.end)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const word = text.slice(token.start, token.end);
    if (head) {
      // ALTER TABLE [IF EXISTS] [ONLY] name [*]: the name is the first word that is none of these, with its dots.
      const isName = token.kind === "quoted" || token.kind === "word";
      const continues = word === "." || word === "*";
      if (afterName && isName && text[end - 1] !== ".") head = false;
      else {
        if (isName && !headWords.test(word)) afterName = true;
        if (continues || isName) end = token.end;
        continue;
      }
    }
    if (word === "(" || word === "[") depth += 1;
    if (word === ")" || word === "]") depth -= 1;
    if (word === "," && depth === 0) {
      if (start >= 0) ranges.push({ start, end });
      start = -1;
      continue;
    }
    if (start < 0) start = token.start;
    end = token.end;
  }
  if (start >= 0) ranges.push({ start, end });
  return ranges.length === count ? ranges : undefined;
}

const headWords = /^(?:alter|table|foreign|materialized|view|index|sequence|if|exists|only)$/i;
