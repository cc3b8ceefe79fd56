import { keyOf } from "../model.ts";
import { childrenOf } from "./descendants.ts";
import { partitionKeyParts } from "./partitions.ts";
import { columnOf, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/** Each new partition asks, and a table may have thousands. */
const most = 500;

/**
 * A partition that would hold some of the rows that the bound is for. Only what can be compared as text, as numbers and
 * as moments is compared, and ranges over one column: what is not understood overlaps nothing.
 */
export function overlappingPartition(world: World, parent: Table, bound: string): Table | undefined {
  const [part, second] = partitionKeyParts(parent);
  if (part === undefined || second !== undefined) return undefined;
  const type =
    columnOf(world, parent, part.replaceAll('"', ""))?.attributes.type.replace(/\(.*?\)/, "") ?? "";
  const overlap = isList(bound) ? sharesValue : sharesRange(type);
  for (const child of childrenOf(world, parent).slice(0, most)) {
    const { partitionBound } = child.attributes;
    if (partitionBound === undefined || world.uncertain.has(keyOf("table", child.name))) continue;
    if (overlap(bound, partitionBound)) return child;
  }
  return undefined;
}

/** `FOR VALUES FROM ('2024-02-01') TO ('2024-01-01')` holds nothing, and is refused. */
export function isEmptyRange(world: World, parent: Table, bound: string): boolean {
  const [part, second] = partitionKeyParts(parent);
  if (part === undefined || second !== undefined) return false;
  const type =
    columnOf(world, parent, part.replaceAll('"', ""))?.attributes.type.replace(/\(.*?\)/, "") ?? "";
  const range = rangeOf(bound, type);
  return range !== undefined && range[0] >= range[1];
}

function isList(bound: string): boolean {
  return bound.startsWith("FOR VALUES IN ");
}

function sharesValue(a: string, b: string): boolean {
  if (!isList(b)) return false;
  const values = new Set(valuesOf(a));
  return valuesOf(b).some((value) => values.has(value));
}

function sharesRange(type: string): (a: string, b: string) => boolean {
  // A moment that was written without a zone is one of the session's, which is not known.
  const least = type === "timestamp with time zone" ? 26 * 3_600_000 : 0;
  return (a, b) => {
    const [one, other] = [rangeOf(a, type), rangeOf(b, type)];
    if (!one || !other) return false;
    return Math.min(one[1], other[1]) - Math.max(one[0], other[0]) > least;
  };
}

function rangeOf(bound: string, type: string): readonly [number, number] | undefined {
  const [, lower = "", upper = ""] = /^FOR VALUES FROM \(([^(),]+)\) TO \(([^(),]+)\)$/.exec(bound) ?? [];
  const [from, to] = [pointOf(lower, type), pointOf(upper, type)];
  return from === undefined || to === undefined ? undefined : [from, to];
}

function pointOf(value: string, type: string): number | undefined {
  if (value === "MINVALUE") return Number.NEGATIVE_INFINITY;
  if (value === "MAXVALUE") return Number.POSITIVE_INFINITY;
  const text = value.replace(/^'(.*)'$/, "$1");
  const isNumber = ["smallint", "integer", "bigint"].includes(type) && /^-?\d{1,15}$/.test(text);
  if (isNumber) return Number(text);
  const match = moment.exec(text);
  if (!match || !(type === "date" || type.startsWith("timestamp "))) return undefined;
  const [, day = "", time = "00:00:00", zone = "+00"] = match;
  const point = Date.parse(`${day}T${time}${zone}:00`);
  return Number.isNaN(point) ? undefined : point;
}

const moment = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d)([+-]\d\d)?)?$/;

function valuesOf(bound: string): string[] {
  const list = bound.slice("FOR VALUES IN (".length, -1);
  return list.match(/'(?:[^']|'')*'(?:::[\w ]+)?|[^\s,]+/g) ?? [];
}
