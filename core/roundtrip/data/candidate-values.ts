import { literal } from "../../sql/literal.ts";
import type { Hints } from "./condition-hints.ts";
import { conditionHints } from "./condition-hints.ts";
import { pairedBounds, rangeTexts } from "./range-values.ts";
import type { Column } from "./table-facts.ts";
import { isKnownType, type TextWish, textsOf } from "./text-values.ts";
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

/** Only the database knows whether it takes a value: a type of an extension, or conditions on parts of the value. */
export function isDoubtful(types: Types, oid: string): boolean {
  const { type } = underDomains(types, oid, -1);
  if (!type) return false;
  const part = (of: string) => underDomains(types, of, -1).conditions.length > 0 || isDoubtful(types, of);
  if (type.array) return part(type.of);
  if (type.kind === "c") return type.fields.some(part);
  return type.kind === "b" && !isKnownType(type.name);
}

interface Wish extends TextWish {
  /** The type as a cast wants it, with its modifier. */
  readonly name: string;
}

function valuesOf(types: Types, type: TypeFacts, wish: Wish): string[] {
  const cast = (texts: readonly string[]) =>
    [...new Set(texts)].map((text) => `${literal(text)}::${wish.name}`);
  if (type.array) return arrays(types, type, wish);
  switch (type.kind) {
    case "e":
      return cast(rotated(type.labels, wish.n - 1));
    case "c": {
      const fields = type.fields.map((oid) => innerValues(types, oid, wish));
      const many = fields.some((values) => values.length > 1) ? mostTried : 1;
      return Array.from({ length: many }, (_, i) => {
        const values = fields.map((own) => own[Math.min(i, own.length - 1)] ?? "NULL");
        return `ROW(${values.join(", ")})::${wish.name}`;
      });
    }
    case "r":
      return [...ranges(types, type, wish), ...cast(rangeTexts(wish.hints))];
    case "m": {
      const range = types.get(type.of);
      return range ? ranges(types, range, wish).map((value) => `${type.sql}(${value})`) : [];
    }
    default:
      return cast(textsOf(type, wish));
  }
}

/** Values inside of another one: one without a modifier, or those that its own conditions suggest. */
function innerValues(types: Types, oid: string, wish: Wish): string[] {
  const { type, modifier, conditions } = underDomains(types, oid, -1);
  if (!type) return [];
  const hints = conditions.length > 0 ? conditionHints(conditions.join(" ")) : undefined;
  const values = valuesOf(types, type, { ...wish, modifier, name: type.sql, hints });
  return hints ? values : values.slice(0, 1);
}

function arrays(types: Types, type: TypeFacts, wish: Wish): string[] {
  const element = types.get(type.of);
  const inner = underDomains(types, type.of, wish.modifier);
  if (!element || !inner.type) return [];
  const own = inner.conditions.length > 0 ? conditionHints(inner.conditions.join(" ")) : undefined;
  const hints = own && wish.hints ? joined(own, wish.hints) : (own ?? wish.hints);
  const wanted = { ...wish, modifier: inner.modifier, name: inner.type.sql, hints };
  const hinted = valuesOf(types, inner.type, wanted).slice(0, mostTried);
  const second = valuesOf(types, inner.type, { ...wanted, n: wish.n + 1 })[0];
  const [first] = hinted;
  if (first === undefined || second === undefined) return [];
  const lengths = (wish.hints?.numbers ?? []).filter(
    (size) => Number.isInteger(size) && size > 1 && size <= 100,
  );
  return [
    // Two, so that what keeps the first alone is seen.
    `ARRAY[${first}, ${second}]::${wish.name}`,
    ...(hints ? hinted : [first]).map((value) => `ARRAY[${value}]::${wish.name}`),
    ...lengths.flatMap((size) =>
      (own ? hinted : [first]).map((it) => `pg_catalog.array_fill(${it}, ARRAY[${size}])::${wish.name}`),
    ),
    `'{}'::${wish.name}`,
  ];
}

/** Values of a part that are tried. */
const mostTried = 20;

function joined(a: Hints, b: Hints): Hints {
  return {
    texts: [...a.texts, ...b.texts],
    numbers: [...a.numbers, ...b.numbers],
    keys: [...a.keys, ...b.keys],
  };
}

/** Ranges of neighbouring rows do not touch. */
function ranges(types: Types, range: TypeFacts, wish: Wish): string[] {
  const bound = (n: number) => innerValues(types, range.of, { ...wish, n })[0] ?? "NULL";
  const [low, high] = [bound(wish.n * 2 - 1), bound(wish.n * 2)];
  const others = wish.hints ? [[low, "NULL"], ["NULL", high], ...pairedBounds(wish.hints)] : [];
  return [[low, high], ...others].map(([from, to]) => `${range.sql}(${from}, ${to})`);
}

function rotated<T>(values: readonly T[], by: number): T[] {
  const start = values.length > 0 ? by % values.length : 0;
  return [...values.slice(start), ...values.slice(0, start)];
}
