import { keyWords } from "./key-words.ts";
import { nearWords } from "./nearest-word.ts";
import { parseSql } from "./parse.ts";
import type { Token } from "./tokens.ts";

/** One edit that makes a broken statement parse. Offsets are UTF-16 in the statement. */
export interface Mend {
  /** "did you mean FROM?" */
  readonly words: string;
  /** As a fix is titled: "Write FROM". */
  readonly title: string;
  readonly replace: { readonly start: number; readonly end: number; readonly text: string };
}

/** How many words back from where PostgreSQL stopped the misspelt one may stand: `ADD COLUM a int` stops at `int`. */
const reach = 3;

/** The first small edit after which PostgreSQL accepts the statement. Nothing is guessed that was not tried. */
export function mend(statement: string, code: readonly Token[], index: number): Mend | undefined {
  for (const candidate of candidates(statement, code, index)) {
    if (isRightWith(statement, candidate.replace, candidate.replace.text)) return candidate;
  }
  return undefined;
}

function isRightWith(statement: string, { start, end }: Pick<Token, "start" | "end">, text: string): boolean {
  return !parseSql(statement.slice(0, start) + text + statement.slice(end)).problem;
}

function* candidates(statement: string, code: readonly Token[], index: number): Generator<Mend> {
  const token = code[index];
  if (!token) return;
  const previous = code[index - 1];
  if (previous && firstOnLine(statement, token)) {
    yield {
      words: "the statement before it is not ended by a semicolon",
      title: "End the statement before it",
      replace: { start: previous.end, end: previous.end, text: ";" },
    };
  }
  for (const word of code.slice(Math.max(0, index - reach), index + 1).toReversed()) {
    // Where any name does, a key word would be taken for one: it is not what was meant.
    if (isRightWith(statement, word, "some_name")) continue;
    const instead = word === token ? "" : ` instead of ${statement.slice(word.start, word.end)}`;
    for (const meant of meanings(statement, word)) {
      const words = `did you mean ${meant}${instead}?`;
      yield { words, title: `Write ${meant}`, replace: { ...span(word), text: meant } };
    }
  }
  if (/^not\s+exists\b/i.test(statement.slice(token.start))) {
    const end = token.end + (/^\s*/.exec(statement.slice(token.end))?.[0].length ?? 0);
    yield { words: "expected EXISTS", title: "Write EXISTS", replace: { start: token.start, end, text: "" } };
  }
  if (previous && writtenAs(statement, previous, ",") && writtenAs(statement, token, ")")) {
    const replace = { ...span(previous), text: "" };
    yield { words: "the comma before it is one too many", title: "Remove the comma", replace };
  }
  if (previous) {
    const replace = { start: previous.end, end: previous.end, text: "," };
    yield { words: "a comma is missing before it", title: "Write a comma", replace };
  }
  for (const word of [token, previous]) {
    if (word?.kind !== "word") continue;
    const written = statement.slice(word.start, word.end);
    const quoted = `"${written.toLowerCase()}"`;
    const words = `${written} is a key word: as a name it is written ${quoted}`;
    yield { words, title: `Write ${quoted}`, replace: { ...span(word), text: quoted } };
  }
}

function writtenAs(statement: string, { start, end }: Token, text: string): boolean {
  return statement.slice(start, end) === text;
}

/** Key words that a word may be a misspelling of, in its case. */
function meanings(statement: string, { kind, start, end }: Token): string[] {
  if (kind !== "word") return [];
  const written = statement.slice(start, end);
  const meant = nearWords(written, keyWords).filter((word) => word !== written.toUpperCase());
  return written === written.toLowerCase() ? meant.map((word) => word.toLowerCase()) : meant;
}

function firstOnLine(statement: string, { start }: Token): boolean {
  const line = Math.max(statement.lastIndexOf("\n", start - 1), statement.lastIndexOf("\r", start - 1));
  return line >= 0 && statement.slice(line + 1, start).trim() === "";
}

function span({ start, end }: Token): { start: number; end: number } {
  return { start, end };
}
