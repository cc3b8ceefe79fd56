import { parseSql } from "./parse.ts";
import type { Token } from "./tokens.ts";
import { withinTime } from "./within-time.ts";

/** UTF-16 code units. What is wrong is rarely further from the beginning of its statement. */
const farthest = 2000;
/** For one question; an answer takes a few milliseconds. */
const patienceMs = 300;

/**
 * The key words that could stand in the place of a token where PostgreSQL stopped. Its own grammar cannot tell them;
 * the parse table of pgsql-ast-parser can, where it stops at the same token. Each word is then tried on PostgreSQL's
 * grammar, so that none is invented. Undefined where names or values could stand there too, or nothing is known.
 */
export async function expectedWords(
  statement: string,
  code: readonly Token[],
  index: number,
): Promise<readonly string[] | undefined> {
  const token = code[index];
  if (!token) return undefined;
  const next = code[index + 1];
  // It is asked about the place of the error alone; what comes after the next token says nothing about it.
  const asked = statement.slice(0, next?.end);
  if (token.start > farthest || code.slice(0, index + 2).some((each) => isTrap(asked, each)))
    return undefined;
  const { parse } = await import("./ast-parser.ts");
  if (!stopsAt(parse, asked, token, next)) return undefined;
  const before = statement.slice(0, token.start);
  // A token that fits nowhere makes it list the reserved words; a word that fits nowhere, the others.
  const tokensAsked = stopOf(parse, `${before} ::`)?.message ?? "";
  const wordAsked = stopOf(parse, `${before} zqx ::`)?.message ?? "";
  const words = new Set<string>();
  for (const name of listed(tokensAsked, /^ {4}- A "(\w+)" token/gm)) {
    if (name.startsWith("kw_")) words.add(name.slice(3).toUpperCase());
    else if (name !== "word") return undefined;
  }
  for (const name of listed(wordAsked, /^ {4}(\S+) → /gm)) {
    if (!name.startsWith("kw_")) return undefined;
    words.add(name.slice(3).toUpperCase());
  }
  const accepted = [...words].filter((word) => advances(statement, token, word));
  return accepted.length > 0 ? accepted : undefined;
}

/**
 * Where pgsql-ast-parser sees a `$$` that no other one closes. Its pattern for such strings tries every white space
 * behind it in two ways, so forty words take it for ever; and it knows neither tags nor names with a dollar sign.
 */
function isTrap(text: string, { start, end, open }: Token): boolean {
  const word = text.slice(start, end);
  return word.includes("$$") && (open === true || !word.startsWith("$$"));
}

type Parse = (sql: string) => unknown;

/** The same place: this token, or the next one where it took this for a key word and then found that it was none. */
function stopsAt(parse: Parse, statement: string, token: Token, next: Token | undefined): boolean {
  const stop = stopOf(parse, statement);
  if (!stop) return false;
  return (
    stop.offset === token.start || (stop.offset === next?.start && /^ {4}kw_\w+ → %word/m.test(stop.message))
  );
}

/** Where pgsql-ast-parser stops, and its message; undefined where it does not, or only at the end of the text. */
function stopOf(
  parse: Parse,
  sql: string,
): { readonly offset: number; readonly message: string } | undefined {
  try {
    withinTime(patienceMs, () => parse(sql));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !("token" in error)) return undefined;
    const { token, message } = error;
    if (typeof token !== "object" || token === null || !("offset" in token)) return undefined;
    return { offset: Number(token.offset), message };
  }
}

function listed(message: string, pattern: RegExp): string[] {
  return [...message.matchAll(pattern)].map(([, name = ""]) => name);
}

/** Does PostgreSQL get further with this word in the token's place? */
function advances(statement: string, { start, end }: Token, word: string): boolean {
  const { problem } = parseSql(statement.slice(0, start) + word + statement.slice(end));
  return !problem || problem.start > start;
}
