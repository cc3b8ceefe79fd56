import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { PostgresError, type Session } from "../../postgres/session.ts";
import type { Types } from "./candidate-values.ts";
import { type Neighbours, rowValues } from "./row-values.ts";
import type { Condition, Table } from "./table-facts.ts";

/** Rows that a table is given. */
export const rowsPerTable = 3;

/** Partitions that are given a row each: plain values are there for as many. */
const mostPartitions = 8;

/**
 * Gives an empty table its rows, and each of its partitions one: who drops a partition drops what it holds. One that takes fewer, such as one with a single possible key, is content with those.
 * Returns why it took none. The session must be inside of a transaction.
 */
export async function seedTable(
  session: Session,
  types: Types,
  table: Table,
  neighbours: Neighbours,
): Promise<string | undefined> {
  const partitions = table.partitions?.slice(0, mostPartitions) ?? [];
  if (table.partitions && partitions.length === 0) return "it has no partition that could hold a row";
  const used = new Map<string, Set<string>>();
  let problem: string | undefined;
  let rows = 0;
  const valuesOf = (n: number, conditions: readonly Condition[]) =>
    rowValues(session, types, { ...table, conditions }, n, used, neighbours);
  for (let n = 1; n <= Math.max(rowsPerTable, partitions.length); n++) {
    const partition = partitions[(n - 1) % partitions.length];
    const own = partition && (await valuesOf(n, [...table.conditions, partition]));
    const found = own?.ok ? own : await valuesOf(n, table.conditions);
    if (!found.ok) {
      problem = found.reason;
      break;
    }
    const refused = await insert(session, table, found.values);
    if (refused === undefined) rows += 1;
    problem ??= refused;
    for (const [name, value] of found.values) {
      const known = used.get(name);
      if (known) known.add(value);
      else used.set(name, new Set([value]));
    }
  }
  return rows > 0 ? undefined : problem;
}

async function insert(
  session: Session,
  table: Table,
  values: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const columns = [...values.keys()].map(quoteIdentifier).join(", ");
  const row =
    values.size === 0
      ? "DEFAULT VALUES"
      : `(${columns}) OVERRIDING SYSTEM VALUE VALUES (${[...values.values()].join(", ")})`;
  try {
    await session.execute(
      `SAVEPOINT switchback_row; INSERT INTO ${table.sql} ${row}; RELEASE SAVEPOINT switchback_row`,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    await session.execute("ROLLBACK TO SAVEPOINT switchback_row");
    return error.sqlstate === raised ? `its own code refuses the row: ${error.message}` : error.message;
  }
}

/** RAISE EXCEPTION of a trigger that cannot be kept quiet, or of a function. */
const raised = "P0001";
