import { dictionary } from "../sql/dictionary.ts";

/**
 * What happens to values that the new type cannot hold; undefined where it holds all of them, or that is not known.
 * `cast`: they go through an explicit cast, which cuts a string where the type alone refuses it.
 */
export function narrowing(from: string, to: string, cast = false): string | undefined {
  const a = split(from);
  const b = split(to);
  const order = integers.indexOf(a.name);
  const target = integers.indexOf(b.name);
  if (order >= 0 && target >= 0 && target < order) return `fails on values beyond ${integers[target]}`;
  if (limited.has(b.name)) {
    const limit = b.modifiers[0] ?? (b.name === "character" && !/^bpchar/i.test(to) ? 1 : undefined);
    const before = a.modifiers[0];
    if (limit !== undefined && limited.has(a.name) && (before === undefined || limit < before)) {
      return `${cast ? "cuts" : "fails on"} values of more than ${limit} characters`;
    }
  }
  if (fractional.has(a.name) && integers.includes(b.name)) return "rounds fractions";
  if (a.name === "double precision" && b.name === "real") return "loses digits";
  if (a.name.startsWith("timestamp") && b.name === "date") return "loses the time of day";
  if (a.name === "numeric" && b.name === "numeric" && b.modifiers.length > 0) {
    const [precision = Number.POSITIVE_INFINITY, scale = 0] = a.modifiers;
    const [toPrecision = Number.POSITIVE_INFINITY, toScale = 0] = b.modifiers;
    if (a.modifiers.length === 0 || toScale < scale) return "rounds fractions";
    if (toPrecision - toScale < precision - scale) return "fails on values that are too large";
  }
  return undefined;
}

/** Does the new type surely hold every value of the old one? What is not known is no. */
export function holdsAll(from: string, to: string): boolean {
  if (from === to) return true;
  const a = split(from);
  const b = split(to);
  if (limited.has(a.name) && limited.has(b.name)) return b.name !== "character" && !narrowing(from, to);
  const [order, target] = [integers.indexOf(a.name), integers.indexOf(b.name)];
  if (order >= 0) return target >= order || (b.name === "numeric" && b.modifiers.length === 0);
  if (a.name === "numeric" && b.name === "numeric") return !narrowing(from, to);
  return a.name === "real" && b.name === "double precision";
}

/** Does an explicit cast cut values that are too long, where the type alone would refuse them? */
export function cutsSilently(to: string): boolean {
  const { name, modifiers } = split(to.replace(/\[\]$/, ""));
  return modifiers.length > 0 && (limited.has(name) || name.startsWith("bit"));
}

const integers = ["smallint", "integer", "bigint"];
const limited = new Set(["character", "character varying", "text"]);
const fractional = new Set(["numeric", "real", "double precision"]);
const aliases: Readonly<Record<string, string>> = dictionary({
  int: "integer",
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  varchar: "character varying",
  char: "character",
  bpchar: "character",
  decimal: "numeric",
  float4: "real",
  float8: "double precision",
});

function split(type: string): { readonly name: string; readonly modifiers: readonly number[] } {
  const modifiers = /\(([\d,\s]+)\)/.exec(type)?.[1]?.split(",").map(Number) ?? [];
  const name = type
    .replace(/\([\d,\s]+\)/, "")
    .trim()
    .toLowerCase();
  return { name: aliases[name] ?? name, modifiers };
}
