import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { PostgresError, type Session } from "../../postgres/session.ts";
import { candidateValues, type Types } from "./candidate-values.ts";
import { insertOrder } from "./insert-order.ts";
import type { Neighbours } from "./row-values.ts";
import { rowsPerTable, seedTable } from "./seed-table.ts";
import { settleReferences } from "./settle-references.ts";
import { readTables, type Table, userTables } from "./table-facts.ts";
import { readTypes } from "./type-facts.ts";

export interface Unfilled {
  /** `public.users` */
  readonly table: string;
  readonly reason: string;
}

/** How many tables there are, and which of them have no rows. */
export interface Filling {
  readonly tables: number;
  readonly unfilled: readonly Unfilled[];
}

const tables = `select c.oid::text, n.nspname || '.' || c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname)
from ${userTables} order by c.oid`;

/** Gives every table that has none a few rows, and commits them. Triggers stay quiet where the role may say so. */
export async function fillTables(session: Session): Promise<Filling> {
  const all = (await session.query(tables)).map(
    ([oid, name, sql]) => [oid ?? "", name ?? "", sql ?? ""] as const,
  );
  const empty = await withoutRows(session, all);
  if (empty.length === 0) return { tables: all.length, unfilled: [] };
  const ordered = insertOrder(await readTables(session, empty));
  const types = await readTypes(session);
  const unfilled: Unfilled[] = [];
  await session.execute("BEGIN");
  try {
    await quietTriggers(session);
    const waiting = new Map(ordered.map((table) => [table.oid, table]));
    const neighbours = neighboursAmong(session, all, types, waiting);
    for (const table of ordered) {
      waiting.delete(table.oid);
      const reason = await seedTable(session, types, table, neighbours);
      if (reason !== undefined) unfilled.push({ table: table.name, reason: reason });
    }
    for (const { table, reason } of await settleReferences(session, ordered, all)) {
      unfilled.push({ table, reason });
    }
    for (const [, table] of await withoutRows(session, empty)) {
      if (unfilled.some((it) => it.table === table)) continue;
      unfilled.push({ table, reason: "a trigger or a rule of its own lets no row in" });
    }
    await session.execute("COMMIT");
  } catch (error) {
    await session.execute("ROLLBACK").catch(() => {});
    if (!(error instanceof PostgresError)) throw error;
    return {
      tables: all.length,
      unfilled: empty.map(([, table]) => ({ table, reason: error.message })),
    };
  }
  return { tables: all.length, unfilled };
}

/** Oid, name for people, name for SQL. */
type Listed = readonly [string, string, string];

async function withoutRows(session: Session, all: readonly Listed[]): Promise<Listed[]> {
  const empty: Listed[] = [];
  for (let i = 0; i < all.length; i += atOnce) {
    const part = all.slice(i, i + atOnce);
    const selects = part.map(([, , sql], place) => `select ${place} where not exists (select from ${sql})`);
    const rows = await session.query(selects.join(" union all "));
    for (const [place] of rows) {
      const table = part[Number(place)];
      if (table) empty.push(table);
    }
  }
  return empty;
}

const atOnce = 200;

async function quietTriggers(session: Session): Promise<void> {
  await session.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SAVEPOINT switchback_role");
  try {
    await session.execute("SET LOCAL session_replication_role = replica");
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    await session.execute("ROLLBACK TO SAVEPOINT switchback_role");
  }
  await session.execute("SET CONSTRAINTS ALL IMMEDIATE");
}

function neighboursAmong(
  session: Session,
  all: readonly Listed[],
  types: Types,
  waiting: ReadonlyMap<string, Table>,
): Neighbours {
  const known = new Map(all.map(([oid, name, sql]) => [oid, { name, sql }]));
  return {
    nameOf: (table) => known.get(table)?.name ?? "a table",
    rows: async (table, columns) => {
      const sql = known.get(table)?.sql;
      if (sql === undefined) return [];
      const list = columns.map(quoteIdentifier);
      const rows = await session.query(
        `select ${list.map((column) => `${column}::text`).join(", ")} from ${sql}
          where ${list.map((column) => `${column} is not null`).join(" and ")}
          order by ${list.join(", ")} limit ${rowsPerTable}`,
      );
      return rows.map((row) => row.map((value) => value ?? ""));
    },
    foreseen: (table, columns, n) => {
      const later = waiting.get(table)?.columns.filter(({ name }) => columns.includes(name));
      const values = columns.map((name) => {
        const column = later?.find((it) => it.name === name);
        return column && candidateValues(types, column, n, undefined)[0];
      });
      return values.some((value) => value === undefined) ? undefined : values.map((value) => value ?? "");
    },
  };
}
