import { regexExamples } from "./regex-examples.ts";

/** What the text of a condition suggests to try. */
export interface Hints {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** What an object of JSON is asked for. */
  readonly keys: readonly string[];
}

const token =
  /(~~\*?|!?~\*?|[A-Za-z_][\w.]*|)\s*(?:\(*\s*)(E?'(?:[^'\\]|''|\\.)*'|(?<![\w.])-?\d+(?:\.\d+)?)/gs;

/**
 * Constants of a condition as pg_get_expr prints it: the values of an IN list, what a pattern matches, the borders of a
 * range with their neighbours, and texts as long as a number says.
 */
export function conditionHints(sql: string): Hints {
  const texts = new Set<string>();
  const numbers = new Set<number>();
  for (const [, before = "", constant = ""] of sql.matchAll(token)) {
    if (!constant.endsWith("'")) {
      addAround(numbers, Number(constant));
      continue;
    }
    const text = unquote(constant);
    // A pattern may also be what a function is given.
    if (/^!?~\*?$/.test(before) || /^\^|\$$/.test(text)) {
      for (const example of regexExamples(text)) texts.add(example);
    } else if (before.startsWith("~~")) {
      texts.add(text.replaceAll(/\\(.)|[%_]/gs, (_, escaped?: string) => escaped ?? "a"));
    }
    if (!/^!?~/.test(before)) {
      texts.add(text);
      if (/^-?\d+(\.\d+)?$/.test(text)) addAround(numbers, Number(text));
      for (const member of arrayMembers(text)) texts.add(member);
    }
  }
  if (/length|char_length|octet_length/.test(sql)) for (const n of lengths(numbers)) texts.add(ofLength(n));
  return { texts: [...texts], numbers: [...numbers], keys: jsonKeys(sql) };
}

/** `data ? 'kind'`, `data ?& ARRAY['a', 'b']`, `data ->> 'kind'`, `$.kind` */
function jsonKeys(sql: string): string[] {
  const asked = [...sql.matchAll(/(?:->>?|\?[&|]?)\s*(?:ARRAY\[([^\]]*)\]|('(?:[^']|'')*'))/g)].flatMap(
    ([, array, one]) => (one ?? array ?? "").match(/'(?:[^']|'')*'/g) ?? [],
  );
  const paths = [...sql.matchAll(/\$\."?(\w+)/g)].map(([, key = ""]) => key);
  return [...new Set([...asked.map(unquote), ...paths])];
}

function addAround(numbers: Set<number>, value: number): void {
  for (const near of [value, value + 1, value - 1, value / 2]) numbers.add(near);
}

function lengths(numbers: ReadonlySet<number>): number[] {
  return [...numbers].filter((n) => Number.isInteger(n) && n > 0 && n <= longest).slice(0, 12);
}

const longest = 10_000;

/** Digits, which are letters of every alphabet that people check for: decimal, hexadecimal, base 64. */
function ofLength(n: number): string {
  return "1234567890".repeat(Math.ceil(n / 10)).slice(0, n);
}

function unquote(constant: string): string {
  if (constant.startsWith("'")) return constant.slice(1, -1).replaceAll("''", "'");
  return constant
    .slice(2, -1)
    .replaceAll(/''|\\(.)/gs, (found, escaped?: string) =>
      found === "''" ? "'" : ({ n: "\n", t: "\t", r: "\r" }[escaped ?? ""] ?? escaped ?? ""),
    );
}

/** `{a,b}` */
function arrayMembers(text: string): string[] {
  if (!/^\{.*\}$/s.test(text)) return [];
  return text
    .slice(1, -1)
    .split(",")
    .map((member) => member.replace(/^"(.*)"$/s, "$1"));
}
