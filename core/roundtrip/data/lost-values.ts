import type { LostValues } from "../../report/model.ts";
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

function lostIn(before: TableRows, after: TableRows, since: string): LostValues[] {
  const gone = Math.max(0, before.count - after.count);
  const lost: LostValues[] = gone > 0 ? [{ table: before.name, lost: gone, of: before.count }] : [];
  if (before.count > mostRows || after.count > mostRows) return lost;
  for (const [place, { name, type }] of before.columns.entries()) {
    const now = after.columns.findIndex((column) => column.name === name && column.type === type);
    if (now < 0) continue;
    const left = countEach(after.rows.map((row) => row[now] ?? null));
    const values = before.rows.map((row) => row[place] ?? null).filter((value) => value !== null);
    const missing = values.filter((value) => !take(left, value)).length;
    const marks = type.startsWith("timestamp") ? countLater(left, since) : 0;
    // Values of rows that are gone are told with their rows.
    if (missing - marks > gone) {
      lost.push({
        table: before.name,
        column: name,

        lost: missing - marks,
        of: values.length,
      });
    }
  }
  return lost;
}

function countEach(values: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, value: string): boolean {
  const count = counts.get(value) ?? 0;
  if (count > 0) counts.set(value, count - 1);
  return count > 0;
}

function countLater(left: ReadonlyMap<string, number>, since: string): number {
  let later = 0;
  for (const [value, count] of left) if (value >= since) later += count;
  return later;
}
