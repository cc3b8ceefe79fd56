import { parseSql } from "./parse.ts";
import { splitStatements } from "./splitter.ts";
import type { ParsedSql, Statement } from "./statement.ts";

/** Enough for a file with some broken statements; one that is broken throughout is not SQL. */
const attempts = 5;

/**
 * The statements of a text with a syntax error that can still be understood: the broken ones are blanked out, so
 * that every position stays. Empty where the text is broken throughout.
 */
export function parseAround({ text, problem }: ParsedSql): readonly Statement[] {
  let rest = text;
  for (let attempt = 0; problem && attempt < attempts; attempt++) {
    const parsed = attempt === 0 ? { problem, statements: [] } : parseSql(rest);
    if (!parsed.problem) return parsed.statements;
    const at = parsed.problem.start;
    const broken = splitStatements(rest).findLast((piece) => piece.start <= at);
    if (!broken) return [];
    rest = rest.slice(0, broken.start) + " ".repeat(broken.end - broken.start) + rest.slice(broken.end);
  }
  return [];
}
