import { keyOf } from "../model.ts";
import { bareType } from "./routine-definition.ts";
import type { World } from "./world.ts";

/**
 * Is it sure that PostgreSQL turns no value of one type into the other without USING? Only what pg_cast settles for
 * strings and enums, which is what columns are changed from and to; of everything else nothing is said.
 */
export function neverCasts(world: World, from: string, to: string): boolean {
  const [source, target] = [bareType(from), bareType(to)];
  if (source === target || strings.has(target)) return false;
  if (world.catalog.has(keyOf("cast", `${source} AS ${target}`))) return false;
  if (strings.has(source)) return notFromText.has(target) || isEnum(world, target);
  return isEnum(world, source) && (notFromText.has(target) || isEnum(world, target));
}

/** Is it a string constant of the column's own type, as a default is printed? */
export function isConstantOf(text: string, type: string): boolean {
  const match = /^'(?:[^']|'')*'::(.+)$/.exec(text);
  return match?.[1] !== undefined && bareType(match[1]) === bareType(type);
}

function isEnum(world: World, type: string): boolean {
  return world.catalog.get("type", type)?.attributes.form === "enum";
}

const strings = new Set(["text", "character varying", "character", "name", '"char"']);

/** Types that a string becomes only by an explicit cast (pg_cast: none, or context e). */
const notFromText = new Set([
  "smallint",
  "integer",
  "bigint",
  "numeric",
  "real",
  "double precision",
  "boolean",
  "uuid",
  "json",
  "jsonb",
  "bytea",
  "date",
  "interval",
  "timestamp without time zone",
  "timestamp with time zone",
  "time without time zone",
  "time with time zone",
  "inet",
  "cidr",
  "macaddr",
  "oid",
  "tsvector",
  "money",
  "text[]",
  "character varying[]",
  "integer[]",
  "bigint[]",
  "uuid[]",
]);
