import { statementWord } from "./key-words.ts";
import { parseSql } from "./parse.ts";
import { type Piece, splitStatements } from "./splitter.ts";
import type { ParsedSql, Statement } from "./statement.ts";
import { type Token, tokens } from "./tokens.ts";

/** Enough for a file with some broken statements; one that is broken throughout is not SQL. */
const attempts = 6;

/** Of the words that begin a statement, those that begin a part of another statement as well: WITH … AS (DELETE …). */
const inside = /^(?:delete|insert|select|update)$/i;

/**
 * The statements of a text with a syntax error that can still be understood. Every position stays: the broken ones are
 * blanked out. One that is still to be ended ends where another seems to begin on a line of its own.
 */
export function parseAround({ text, problem }: ParsedSql): readonly Statement[] {
  let rest = text;
  for (let attempt = 0; problem && attempt < attempts; attempt++) {
    const parsed = attempt === 0 ? { problem, statements: [] } : parseSql(rest);
    if (!parsed.problem) return parsed.statements;
    const at = parsed.problem.start;
    const broken = splitStatements(rest).findLast((piece) => piece.start <= at);
    if (!broken) return [];
    rest = withoutError(rest, broken, at);
  }
  return [];
}

function withoutError(text: string, piece: Piece, at: number): string {
  const next = nextStatement(text, piece, at);
  if (!next) return blanked(text, piece.start, piece.end);
  // PostgreSQL may mind only that it begins here: what stands before it may be whole.
  const isUnended = next.start <= at && /\s/.test(text[next.after] ?? "");
  return isUnended ? put(text, next.after, next.after + 1, ";") : blanked(text, piece.start, next.start);
}

/** The statement that seems to begin nearest to an error, and where the code before it ends. */
function nextStatement(text: string, { start, end }: Piece, at: number) {
  let found: { start: number; after: number } | undefined;
  let last: Token | undefined;
  for (const token of tokens(text, start, end)) {
    if (token.kind.endsWith("comment")) continue;
    if (found && token.start > at) break;
    const before = last && text.slice(last.start, last.end).toLowerCase();
    // What follows is the body of a routine.
    if (before === "atomic") break;
    if (last && begins(text, token, before)) found = { start: token.start, after: last.end };
    last = token;
  }
  return found;
}

/** Does a statement seem to begin with this word? Lines that go on with one are indented as a rule. */
function begins(text: string, { kind, start, end }: Token, before: string | undefined): boolean {
  if (kind !== "word" || !/[\n\r]/.test(text[start - 1] ?? "")) return false;
  const word = text.slice(start, end);
  return statementWord.test(word) && !(before === "(" && inside.test(word));
}

function blanked(text: string, start: number, end: number): string {
  return put(text, start, end, " ".repeat(end - start));
}

function put(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
