import type { LostValues, Report, RoundTrip } from "./model.ts";
import { count } from "./text/count.ts";

/** "public.users.nickname: 3 of 3 values lost" */
export function lostWords({ table, column, lost, of }: LostValues): string {
  return column === undefined
    ? `${table}: ${lost} of ${of} rows lost`
    : `${table}.${column}: ${lost} of ${of} values lost`;
}

/** What rows brought to light about one migration, a line each. */
export function rowLines({ rows }: RoundTrip): string[] {
  if (!rows) return [];
  const declared = rows.lossy === undefined ? "" : `, as declared: ${rows.lossy}`;
  return [...rows.lost.map((lost) => lostWords(lost) + declared), ...rows.notes];
}

/** "with 3 rows in 41 of 42 tables"; then the tables that stayed empty, and why. Nothing where no table was filled. */
export function fillingWords({ roundTrips }: Report): string[] {
  const tables = Math.max(0, ...roundTrips.map(({ rows }) => rows?.tables ?? 0));
  if (tables === 0) return [];
  const reasons = new Map(
    roundTrips.flatMap(({ rows }) =>
      (rows?.unfilled ?? []).map(({ table, reason }) => [table, reason] as const),
    ),
  );
  const filled = Math.max(0, tables - reasons.size);
  return [
    `Also tried with rows in ${filled === tables ? count(tables, "table") : `${filled} of ${count(tables, "table")}`}.`,
    ...[...reasons].map(([table, reason]) => `could not fill ${table}: ${reason}`),
  ];
}
