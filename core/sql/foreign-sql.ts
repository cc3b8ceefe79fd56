import { type Token, tokens } from "./tokens.ts";

/** The first sign that a text is not PostgreSQL's SQL. Offsets are 0-based UTF-16. */
export interface ForeignMark {
  readonly kind: "MySQL" | "SQLite" | "template";
  /** As it stands in the text. */
  readonly sign: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Looks for what only another database or a template engine writes, outside of strings and comments. To be asked
 * about texts that PostgreSQL's grammar refuses; in others such words are ordinary names.
 */
export function foreignMark(text: string): ForeignMark | undefined {
  let previous: Token | undefined;
  for (const token of tokens(text)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const mark = markAt(text, token, previous);
    if (mark) return mark;
    previous = token;
  }
  return undefined;
}

const templateOpening = /\{\{[^}\n]*(?:\}\})?|\{%[^%\n]*(?:%\})?|\$\{\w+\}|<%[^%\n]*(?:%>)?/y;
const mysqlWords = new Set([
  "auto_increment",
  "unsigned",
  "mediumtext",
  "longtext",
  "tinytext",
  "mediumblob",
  "longblob",
]);

function markAt(text: string, token: Token, previous: Token | undefined): ForeignMark | undefined {
  const { start, end } = token;
  const sign = text.slice(start, end);
  if (token.kind === "symbol") {
    if (sign === "`") return { kind: "MySQL", sign, start, end };
    templateOpening.lastIndex = start;
    const opening = templateOpening.exec(text)?.[0];
    return opening ? { kind: "template", sign: opening, start, end: start + opening.length } : undefined;
  }
  if (token.kind !== "word") return undefined;
  const word = sign.toLowerCase();
  if (mysqlWords.has(word)) return { kind: "MySQL", sign, start, end };
  if (word === "autoincrement" || word === "pragma") return { kind: "SQLite", sign, start, end };
  if (word === "engine" && /^\s*=/.test(text.slice(end, end + 20)))
    return { kind: "MySQL", sign, start, end };
  const before = previous && text.slice(previous.start, previous.end).toLowerCase();
  if (word === "column" && (before === "modify" || before === "change")) {
    return { kind: "MySQL", sign: text.slice(previous?.start, end), start: previous?.start ?? start, end };
  }
  return undefined;
}
