import type { LostValues } from "../../report/model.ts";
import { comparableText } from "./comparable-text.ts";
import { mostRows, type RowSnapshot, type TableRows } from "./snapshot-rows.ts";

/**
 * What did not survive going up and down: rows, and values of the rows that did. Only what both have is compared: a
 * table or column that is missing afterwards, or has another type, is a difference of the schema and told as that.
 * `since`: when the up began, as PostgreSQL writes it; a time stamp that was moved behind it is a mark of the change.
 */
export function lostValues(before: RowSnapshot, after: RowSnapshot, since: string): LostValues[] {
  const lost: LostValues[] = [];
  for (const table of before.values()) {
    const left = after.get(table.name);
    if (left) lost.push(...lostIn(table, left, since));
  }
  return lost;
}

type Values = readonly (string | null)[];

function lostIn(before: TableRows, after: TableRows, since: string): LostValues[] {
  const gone = Math.max(0, before.count - after.count);
  const lost: LostValues[] = gone > 0 ? [{ table: before.name, lost: gone, of: before.count }] : [];
  if (before.count > mostRows || after.count > mostRows) return lost;
  const { pairs, fromBefore, fromAfter } = pairUp(before, after);
  for (const [place, { name, type, id }] of before.columns.entries()) {
    const now = after.columns.findIndex((column) => column.name === name && column.type === type);
    if (now < 0) continue;
    // A column that was made anew holds its default, which marks nothing.
    const marks = type.startsWith("timestamp") && after.columns[now]?.id === id;
    const isMark = (value: string) => marks && value >= since && value !== "infinity";
    const text = (value: string | null | undefined) => (value == null ? null : comparableText(type, value));
    const changed = pairs.filter(([old, own]) => {
      const value = text(old[place]);
      const current = own[now] ?? null;
      return value !== null && value !== text(current) && !(current !== null && isMark(current));
    }).length;
    const missing = missingFrom(
      fromBefore.map((row) => text(row[place])),
      fromAfter.map((row) => text(row[now])),
      isMark,
    );
    // Values of rows that are gone are told with their rows.
    const values = changed + (missing > gone ? missing : 0);
    if (values > 0) {
      const of = before.rows.filter((row) => row[place] !== null).length;
      lost.push({ table: before.name, column: name, lost: values, of });
    }
  }
  return lost;
}

/** Rows before and after that have the same primary key; the others are known by their values alone. */
function pairUp(before: TableRows, after: TableRows) {
  const own = placesOf(before, before);
  const now = placesOf(before, after);
  if (own.length === 0 || now.includes(-1)) {
    return { pairs: [], fromBefore: before.rows, fromAfter: after.rows };
  }
  const keyOf = (row: Values, places: readonly number[]) => JSON.stringify(places.map((place) => row[place]));
  const rows = new Map(after.rows.map((row) => [keyOf(row, now), row]));
  const pairs: (readonly [Values, Values])[] = [];
  const fromBefore = before.rows.filter((row) => {
    const other = rows.get(keyOf(row, own));
    if (other) pairs.push([row, other]);
    return !other;
  });
  const taken = new Set(pairs.map(([, row]) => row));
  return { pairs, fromBefore, fromAfter: after.rows.filter((row) => !taken.has(row)) };
}

/** Where the columns of a primary key stand in another reading of the table; -1: nowhere. */
function placesOf({ columns, key }: TableRows, other: TableRows): number[] {
  return columns
    .filter(({ name }) => key.includes(name))
    .map(({ name, type }) => other.columns.findIndex((it) => it.name === name && it.type === type));
}

/** How many of `values` are not among `left`, less the marks that took their place. */
function missingFrom(values: Values, left: Values, isMark: (value: string) => boolean): number {
  const counts = new Map<string, number>();
  for (const value of left) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const missing = values.filter((value) => value !== null && !take(counts, value)).length;
  let marks = 0;
  for (const [value, count] of counts) if (isMark(value)) marks += count;
  return missing - marks;
}

function take(counts: Map<string, number>, value: string): boolean {
  const count = counts.get(value) ?? 0;
  if (count > 0) counts.set(value, count - 1);
  return count > 0;
}
