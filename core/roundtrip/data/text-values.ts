import type { Hints } from "./condition-hints.ts";
import { formattedTexts, plainValues } from "./plain-values.ts";
import type { TypeFacts } from "./type-facts.ts";

/** What is wanted of a base type. */
export interface TextWish {
  /** -1: none. */
  readonly modifier: number;
  /** What texts are made of. */
  readonly label: string;
  readonly n: number;
  readonly hints: Hints | undefined;
}

/** Types whose values are made here, beside the plain ones. */
const made: ReadonlySet<string> = new Set([
  ...["text", "varchar", "bpchar", "citext", "name", "char", "numeric", "bit", "varbit", "vector", "halfvec"],
]);

/** Is it known how values of this base type are written? */
export function isKnownType(name: string): boolean {
  return made.has(name) || plainValues[name] !== undefined;
}

/** Values of a base type, as they are written between quotes, the most ordinary first. */
export function textsOf({ name }: TypeFacts, { modifier, label, n, hints }: TextWish): readonly string[] {
  const numbers = hints?.numbers ?? [];
  const texts = hints?.texts ?? [];
  const plain = plainValues[name]?.(n);
  switch (name) {
    case "text":
    case "varchar":
    case "bpchar":
    case "citext":
    case "name":
    case "char": {
      const room = name === "char" ? 1 : name === "name" ? 63 : modifier > 0 ? modifier - 4 : 10_000;
      const alternatives = hints ? [...texts, ...formattedTexts(n), ...numbers.map(String)] : [];
      return [fitting(label, n, room), ...alternatives].filter((text) => text.length <= room);
    }
    case "numeric":
      return fittingNumbers(modifier, n, numbers);
    case "bit":
    case "varbit": {
      const size = modifier > 0 ? modifier : 1;
      const bits = (length: number) => n.toString(2).padStart(length, "0").slice(-length);
      return [bits(size), "0".repeat(size), ...numbers.filter(isLength).map(bits)];
    }
    case "vector":
    case "halfvec":
      return [`[${Array.from({ length: modifier > 0 ? modifier : 3 }, () => n).join(",")}]`];
    case "bytea":
      return [...(plain ?? []), ...numbers.filter(isLength).map((size) => `\\x${`0${n}`.repeat(size)}`)];
    case "json":
    case "jsonb":
      return [...(plain ?? []), ...objects(hints?.keys ?? [], n), ...texts.filter(isJson)];
    case "inet":
    case "cidr":
      return [...(plain ?? []), ...texts.flatMap((text) => [text, insideOf(text, n)])];
    case "uuid":
      return [...(plain ?? []), `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`];
    default:
      if (!plain) return [`${n}`, `a${n}`, `(${n},${n})`, `{"n": ${n}}`, "{}"];
      if (/^(int|oid$)/.test(name)) return [...plain, ...numbers.filter(Number.isInteger).map(String)];
      if (name.startsWith("float")) return [...plain, ...numbers.map(String)];
      if (/^(date|time)/.test(name))
        return [
          ...plain,
          ...texts.filter((text) => /^\d{4}-\d\d-\d\d/.test(text)),
          // A number may be the year of a date.
          ...numbers
            .filter((it) => Number.isInteger(it) && it > 1000 && it < 3000)
            .map((it) => `${it}-01-${10 + n}`),
        ];
      return plain;
  }
}

/** `Nickname 1`, or as much of it as there is room for: what is set in small letters is another text. */
function fitting(label: string, n: number, room: number): string {
  const tail = ` ${n}`;
  const title = label.charAt(0).toUpperCase() + label.slice(1);
  return room > tail.length ? title.slice(0, room - tail.length) + tail : `${n}`;
}

/** Within precision and scale, which a modifier packs into one number. */
function fittingNumbers(modifier: number, n: number, hinted: readonly number[]): string[] {
  if (modifier < 4) return [`${n}.${digits}`, `${n}.25`, `${n}`, "0", "-1", ...hinted.map(String)];
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const packed = (modifier - 4) & 0x7ff;
  const scale = packed > 1023 ? packed - 2048 : packed;
  const most = 10 ** (precision - scale);
  const own =
    scale > 0 ? [`${n}.${digits.slice(0, scale)}`, `${n}.${digits.slice(0, Math.min(scale, 2))}`] : [];
  const small = scale > 0 ? n / 10 ** scale : n * 10 ** -scale;
  const values = [small, n, 0, 1, ...hinted].filter((value) => Math.abs(value) < most).map(String);
  return most > n + 1 ? [...own, `${n * 10 ** Math.max(0, -scale)}`, ...values.slice(1)] : values;
}

function isLength(size: number): boolean {
  return Number.isInteger(size) && size > 0 && size <= 4096;
}

/** Objects that have all keys that a condition asks for: as texts, numbers, lists, objects, booleans. */
function objects(keys: readonly string[], n: number): string[] {
  if (keys.length === 0) return [];
  const kinds = [`${n}`, n, [n], { n }, true];
  return kinds.map((value) => JSON.stringify(Object.fromEntries(keys.map((key) => [key, value]))));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `10.0.0.0/8`: `10.0.0.1` */
function insideOf(network: string, n: number): string {
  return network.replace(/\/\d+$/, "").replace(/(\.|::)0?$/, `$1${n}`);
}

/** As many as a scale keeps: one that is smaller loses some of them. */
const digits = "2512345678";
