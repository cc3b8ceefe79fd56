import { keyOf } from "../model.ts";
import type { World } from "./world.ts";

/**
 * Must ALTER COLUMN TYPE write every row anew? `ATColumnChangeRequiresRewrite` (src/backend/commands/tablecmds.c)
 * together with the length coercions that their support functions call no-ops. Types as format_type prints them.
 */
export function typeChangeRewrites(world: World, from: string, to: string): boolean {
  if (from === to) return false;
  const target = world.catalog.get("domain", to);
  // Each value must be tried against the domain's constraints.
  if (target && isConstrained(world, to)) return true;
  const base = baseOf(world, from);
  // What a domain says of the length of its values is not looked at.
  const a = split(base === from ? from : base.replace(/\([\d,]+\)/, ""));
  const b = split(target ? baseOf(world, to) : to);
  if (a.array || b.array) return a.name !== b.name || b.modifiers.length > 0;
  if (textLike.has(a.name) && textLike.has(b.name)) return !widens(a, b);
  if (isInterval.test(a.name) && isInterval.test(b.name)) return intervalNarrows(a, b);
  if (a.name !== b.name) {
    if (isZoneChange(a.name, b.name))
      return world.postgres < 12 || !isUtc(world) || (b.modifiers[0] ?? 6) < 6;
    return !binaryCoercible.has(`${a.name} -> ${b.name}`) || b.modifiers.length > 0;
  }
  switch (a.name) {
    case "character":
      return b.modifiers.length > 0 && a.text !== b.text;
    case "character varying":
    case "bit varying":
    case "timestamp without time zone":
    case "timestamp with time zone":
    case "time without time zone":
    case "time with time zone":
      return !widens(a, b);
    case "numeric":
      return numericNarrows(a.modifiers, b.modifiers);
    default:
      return a.text !== b.text;
  }
}

/** Is a change to this type one that writes every row anew, whatever the column was? No other type has the same bits. */
export function alwaysRewrites(to: string): boolean {
  return ownBits.has(to);
}

const ownBits = new Set(
  "smallint,integer,bigint,real,double precision,money,boolean,uuid,date,json,jsonb".split(","),
);

/** Does an index over values of one type serve for the other as it stands? Asked where no row is written anew. */
export function sameOperators(world: World, from: string, to: string): boolean {
  const a = split(baseOf(world, from)).name;
  const b = split(baseOf(world, to)).name;
  return a === b || (textLike.has(a) && textLike.has(b)) || `${a} -> ${b}` === "cidr -> inet";
}

/** The type behind a domain, or behind a domain over a domain. */
export function baseOf(world: World, type: string): string {
  const domain = world.catalog.get("domain", type);
  return domain ? baseOf(world, domain.attributes.type) : type;
}

/** Is it a domain whose values must pass a CHECK or be there at all? */
export function isConstrained(world: World, type: string): boolean {
  const domain = world.catalog.get("domain", type);
  if (!domain) return false;
  if (domain.attributes.notNull || isConstrained(world, domain.attributes.type)) return true;
  return [...world.catalog.childrenOf(keyOf("domain", type))].some((child) => child.kind === "constraint");
}

/** The same bits while TimeZone is UTC, since 12. */
function isZoneChange(from: string, to: string): boolean {
  return from !== to && timestamps.has(from) && timestamps.has(to);
}

function isUtc(world: World): boolean {
  return /^(utc|gmt|etc\/utc|z|zulu|universal)$/i.test(world.settings.timeZone ?? "");
}

const timestamps = new Set(["timestamp without time zone", "timestamp with time zone"]);

const textLike = new Set(["text", "character varying"]);

/** Casts that change nothing on disk. timestamp ↔ timestamptz is one only while TimeZone is UTC, so it is not here. */
const binaryCoercible = new Set([
  "cidr -> inet",
  "integer -> oid",
  "oid -> integer",
  "integer -> regclass",
  "regclass -> integer",
  "oid -> regclass",
  "regclass -> oid",
  "bit -> bit varying",
  "public.citext -> text",
  "text -> public.citext",
  "character varying -> public.citext",
  "public.citext -> character varying",
  // Without a length, bpchar; char is char(1).
  "text -> character",
  "character varying -> character",
  "public.citext -> character",
  "xml -> character",
  "xml -> text",
  "xml -> character varying",
]);

interface Split {
  readonly text: string;
  readonly array: boolean;
  readonly name: string;
  readonly modifiers: readonly number[];
}

/** `timestamp(3) with time zone` → the name without the modifier, and the modifier. */
function split(type: string): Split {
  const match = /\(([\d,]+)\)/.exec(type);
  const name = type.replace(/\([\d,]+\)/, "");
  return {
    text: type,
    array: type.endsWith("[]"),
    name,
    modifiers: match?.[1]?.split(",").map(Number) ?? [],
  };
}

function widens(from: Split, to: Split): boolean {
  const [limit] = to.modifiers;
  if (limit === undefined) return true;
  // A time without a precision has the highest one.
  const before = from.modifiers[0] ?? (/^time/.test(from.name) ? 6 : undefined);
  return before !== undefined && limit >= before;
}

const isInterval = /^interval(?: [a-z ]+)?$/;
const fields = ["second", "minute", "hour", "day", "month", "year"];

/** `interval_support` (src/backend/utils/adt/timestamp.c): what is below the last field is cut off. */
function intervalNarrows(from: Split, to: Split): boolean {
  const least = ({ name }: Split) => Math.max(0, fields.indexOf(name.split(" ").at(-1) ?? ""));
  const precision = ({ modifiers }: Split) => modifiers[0] ?? 6;
  return least(to) > least(from) || (least(from) === 0 && precision(to) < precision(from));
}

function numericNarrows(from: readonly number[], to: readonly number[]): boolean {
  const [toPrecision, toScale = 0] = to;
  if (toPrecision === undefined) return false;
  const [precision, scale = 0] = from;
  return precision === undefined || toPrecision < precision || toScale !== scale;
}
