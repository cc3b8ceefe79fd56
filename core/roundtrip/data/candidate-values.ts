import { literal } from "../../sql/literal.ts";
import type { Hints } from "./condition-hints.ts";
import { formattedTexts, plainValues } from "./plain-values.ts";
import type { Column } from "./table-facts.ts";
import type { TypeFacts } from "./type-facts.ts";

export type Types = ReadonlyMap<string, TypeFacts>;

/** What a domain is over, in the end, and all that its values have to meet. */
export function underDomains(
  types: Types,
  oid: string,
  modifier: number,
): { type: TypeFacts | undefined; modifier: number; conditions: readonly string[] } {
  let type = types.get(oid);
  let last = modifier;
  const conditions: string[] = [];
  while (type?.kind === "d") {
    conditions.push(...type.conditions);
    last = type.modifier;
    type = types.get(type.of);
  }
  return { type, modifier: last, conditions };
}

/**
 * SQL expressions to try for a column in row `n`, the most ordinary first. Empty where the type is not known. Values
 * of a domain are of the type it is over: so they can be tried against its conditions.
 */
export function candidateValues(types: Types, column: Column, n: number, hints: Hints | undefined): string[] {
  const { type, modifier } = underDomains(types, column.type, column.modifier);
  if (!type) return [];
  const name = types.get(column.type)?.kind === "d" ? type.sql : column.typeName;
  return valuesOf(types, type, { modifier, name, label: column.name, n, hints });
}

interface Wish {
  /** -1: none. */
  readonly modifier: number;
  /** The type as a cast wants it, with its modifier. */
  readonly name: string;
  /** What texts are made of. */
  readonly label: string;
  readonly n: number;
  readonly hints: Hints | undefined;
}

function valuesOf(types: Types, type: TypeFacts, wish: Wish): string[] {
  const cast = (texts: readonly string[]) =>
    [...new Set(texts)].map((text) => `${literal(text)}::${wish.name}`);
  if (type.array) return arrays(types, type, wish);
  switch (type.kind) {
    case "e":
      return cast(rotated(type.labels, wish.n - 1));
    case "c": {
      const fields = type.fields.map((oid) => innerValues(types, oid, wish)[0] ?? "NULL");
      return [`ROW(${fields.join(", ")})::${wish.name}`];
    }
    case "r":
      return [`${type.sql}(${bounds(types, type, wish)})`];
    case "m": {
      const range = types.get(type.of);
      return range ? [`${type.sql}(${range.sql}(${bounds(types, range, wish)}))`] : [];
    }
    default:
      return cast(textsOf(type, wish));
  }
}

/** Values inside of another one: without a modifier or hints. */
function innerValues(types: Types, oid: string, wish: Wish): string[] {
  const { type, modifier } = underDomains(types, oid, -1);
  return type ? valuesOf(types, type, { ...wish, modifier, name: type.sql, hints: undefined }) : [];
}

function arrays(types: Types, type: TypeFacts, wish: Wish): string[] {
  const element = types.get(type.of);
  const inner = underDomains(types, type.of, wish.modifier);
  if (!element || !inner.type) return [];
  const hinted = valuesOf(types, inner.type, { ...wish, modifier: inner.modifier, name: inner.type.sql });
  const first = hinted[0];
  if (first === undefined) return [];
  const lengths = (wish.hints?.numbers ?? []).filter(
    (size) => Number.isInteger(size) && size > 1 && size <= 100,
  );
  return [
    ...hinted.slice(0, wish.hints ? 20 : 1).map((value) => `ARRAY[${value}]::${wish.name}`),
    ...lengths.map((size) => `pg_catalog.array_fill(${first}, ARRAY[${size}])::${wish.name}`),
    `'{}'::${wish.name}`,
  ];
}

/** Ranges of neighbouring rows do not touch. */
function bounds(types: Types, range: TypeFacts, wish: Wish): string {
  const bound = (n: number) => innerValues(types, range.of, { ...wish, n })[0] ?? "NULL";
  return `${bound(wish.n * 2 - 1)}, ${bound(wish.n * 2)}`;
}

function textsOf({ name }: TypeFacts, { modifier, label, n, hints }: Wish): readonly string[] {
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
      return [n.toString(2).padStart(size, "0").slice(-size), "0".repeat(size)];
    }
    case "vector":
    case "halfvec":
      return [`[${Array.from({ length: modifier > 0 ? modifier : 3 }, () => n).join(",")}]`];
    case "bytea":
      return [...(plain ?? []), ...numbers.filter(isLength).map((size) => `\\x${`0${n}`.repeat(size)}`)];
    default:
      if (!plain) return [`${n}`, `a${n}`, `(${n},${n})`, `{"n": ${n}}`, "{}"];
      if (/^(int|oid$)/.test(name)) return [...plain, ...numbers.filter(Number.isInteger).map(String)];
      if (name.startsWith("float")) return [...plain, ...numbers.map(String)];
      if (/^(date|time)/.test(name))
        return [...plain, ...texts.filter((text) => /^\d{4}-\d\d-\d\d/.test(text))];
      return plain;
  }
}

/** `nickname 1`, or as much of it as there is room for. */
function fitting(label: string, n: number, room: number): string {
  const tail = ` ${n}`;
  return room > tail.length ? label.slice(0, room - tail.length) + tail : `${n}`;
}

/** Within precision and scale, which a modifier packs into one number. */
function fittingNumbers(modifier: number, n: number, hinted: readonly number[]): string[] {
  if (modifier < 4) return [`${n}.25`, `${n}`, "0", "-1", ...hinted.map(String)];
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const packed = (modifier - 4) & 0x7ff;
  const scale = packed > 1023 ? packed - 2048 : packed;
  const most = 10 ** (precision - scale);
  const fraction = scale >= 2 ? 0.25 : scale === 1 ? 0.5 : 0;
  const own = most > n + 1 ? n + fraction : scale > 0 ? n / 10 ** scale : n * 10 ** -scale;
  return [own, 0, 1, ...hinted].filter((value) => Math.abs(value) < most).map(String);
}

function isLength(size: number): boolean {
  return Number.isInteger(size) && size > 0 && size <= 4096;
}

function rotated<T>(values: readonly T[], by: number): T[] {
  const start = values.length > 0 ? by % values.length : 0;
  return [...values.slice(start), ...values.slice(0, start)];
}
