import type { Catalog } from "../../../catalog/catalog.ts";
import { keyOf } from "../../../catalog/model.ts";

/** Types that become each other by a cast (pg_cast); of those that no row names nothing is said. */
const families: readonly (readonly string[])[] = [
  ["smallint", "integer", "bigint", "numeric", "real", "double precision"],
  ["boolean", "integer"],
  ['"char"', "integer"],
  ["money", "numeric", "integer", "bigint"],
  ["bit", "bit varying", "integer", "bigint"],
  ["date", "timestamp without time zone", "timestamp with time zone"],
  ["time without time zone", "time with time zone", "interval"],
  ["json", "jsonb"],
  ["inet", "cidr"],
  ["uuid"],
  ["bytea"],
  ["tsvector"],
  ["int4range"],
  ["int8range"],
  ["numrange"],
  ["tsrange"],
  ["tstzrange"],
  ["daterange"],
];
const known = new Set(families.flat());
const strings = new Set(["text", "character varying", "character", "name"]);

/** Does a cast lead from one type to the other? Where not, the text of a value is all that is left. */
export function castsTo(catalog: Catalog, from: string, to: string): boolean {
  const [a, b] = [from, to].map(bare) as [string, string];
  if (a.endsWith("[]") && b.endsWith("[]")) return castsTo(catalog, a.slice(0, -2), b.slice(0, -2));
  if (a === b || strings.has(a) || strings.has(b) || catalog.has(keyOf("cast", `${a} AS ${b}`))) return true;
  if (isArray(a) || isArray(b)) return false;
  if (isUserType(catalog, a)) return known.has(b) === isUserType(catalog, b);
  if (isUserType(catalog, b)) return !known.has(a);
  if (!known.has(a) || !known.has(b)) return true;
  return families.some((family) => family.includes(a) && family.includes(b));
}

export function isUserType(catalog: Catalog, type: string): boolean {
  return catalog.at(keyOf("type", type)) !== undefined;
}

function isArray(type: string): boolean {
  return type.endsWith("[]");
}

function bare(type: string): string {
  return type.replace(/\([^()]*\)/, "");
}
