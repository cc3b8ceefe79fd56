/**
 * The lexical shape of SQL, just enough to tell code from comments and strings without parsing, also where the text
 * is broken. The rules are those of PostgreSQL's scan.l: nested block comments, E'' escapes, dollar quotes.
 */
export interface Token {
  readonly kind: "word" | "string" | "quoted" | "line-comment" | "block-comment" | "symbol";
  /** 0-based UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** A string, quoted name or block comment that the text ends in. */
  readonly open?: true;
}

const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const space = /\s+/y;

export function* tokens(text: string, from = 0, to = text.length): Generator<Token> {
  let at = from;
  while (at < to) {
    space.lastIndex = at;
    if (space.test(text)) {
      at = space.lastIndex;
      continue;
    }
    const token = tokenAt(text, at, to);
    yield token;
    at = token.end;
  }
}

function tokenAt(text: string, start: number, to: number): Token {
  const char = text[start];
  const next = text[start + 1];
  if (char === "-" && next === "-") return { kind: "line-comment", start, end: endOfLine(text, start, to) };
  if (char === "/" && next === "*") return blockComment(text, start, to);
  if (char === "'") return quoted(text, start, start + 1, to, "string", false);
  if (char === '"') return quoted(text, start, start + 1, to, "quoted", false);
  if (char === "$") {
    const tag = matchAt(dollarTag, text, start);
    if (tag) return dollarQuoted(text, start, tag, to);
  }
  if (next === "'" && (char === "e" || char === "E"))
    return quoted(text, start, start + 2, to, "string", true);
  const found = matchAt(word, text, start);
  if (found) return { kind: "word", start, end: start + found.length };
  return { kind: "symbol", start, end: start + 1 };
}

function endOfLine(text: string, start: number, to: number): number {
  for (let i = start; i < to; i++) {
    const char = text[i];
    if (char === "\n" || char === "\r") return i;
  }
  return to;
}

function blockComment(text: string, start: number, to: number): Token {
  let depth = 1;
  let at = start + 2;
  while (at < to) {
    if (text[at] === "*" && text[at + 1] === "/") {
      at += 2;
      depth -= 1;
      if (depth === 0) return { kind: "block-comment", start, end: at };
    } else if (text[at] === "/" && text[at + 1] === "*") {
      at += 2;
      depth += 1;
    } else at += 1;
  }
  return { kind: "block-comment", start, end: to, open: true };
}

function quoted(
  text: string,
  start: number,
  from: number,
  to: number,
  kind: "string" | "quoted",
  escapes: boolean,
): Token {
  const quote = kind === "string" ? "'" : '"';
  let at = from;
  while (at < to) {
    const char = text[at];
    if (escapes && char === "\\") at += 2;
    else if (char !== quote) at += 1;
    else if (text[at + 1] === quote) at += 2;
    else return { kind, start, end: at + 1 };
  }
  return { kind, start, end: to, open: true };
}

function dollarQuoted(text: string, start: number, tag: string, to: number): Token {
  const close = text.indexOf(tag, start + tag.length);
  if (close < 0 || close >= to) return { kind: "string", start, end: to, open: true };
  return { kind: "string", start, end: close + tag.length };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
