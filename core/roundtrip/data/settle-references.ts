import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Session } from "../../postgres/session.ts";
import { rowsPerTable } from "./seed-table.ts";
import type { ForeignKey, Table } from "./table-facts.ts";
import { tryQuery } from "./try-query.ts";

type Listed = readonly [oid: string, name: string, sql: string];

interface Reference {
  readonly table: Table;
  readonly key: ForeignKey;
  /** The table that it refers to, for SQL. */
  readonly target: string;
}

/**
 * Rows of tables that refer to themselves or to each other were given keys that were only foreseen, and quiet triggers
 * check no foreign key. Those that point nowhere are turned to a row that is there, or taken out: a migration must not
 * fail on rows that no schema allows. Returns tables that lost all of theirs. `ordered`: as they were filled.
 */
export async function settleReferences(
  session: Session,
  ordered: readonly Table[],
  all: readonly Listed[],
): Promise<{ readonly table: string; readonly reason: string }[]> {
  const filledAt = new Map(ordered.map(({ oid }, place) => [oid, place]));
  const sqlOf = new Map(all.map(([oid, , sql]) => [oid, sql]));
  const references = ordered.flatMap((table) =>
    table.foreignKeys.flatMap((key): Reference[] => {
      const target = sqlOf.get(key.table);
      return target === undefined ? [] : [{ table, key, target }];
    }),
  );
  const foreseen = references.filter(
    ({ table, key }) => (filledAt.get(key.table) ?? -1) >= (filledAt.get(table.oid) ?? 0),
  );
  let open = false;
  for (const reference of foreseen) if (!(await turn(session, reference))) open = true;
  // What is taken out may be what others refer to.
  const lost = new Set<Table>();
  while (open) {
    open = false;
    for (const { table, ...reference } of references) {
      const condition = pointsNowhere({ table, ...reference });
      if (!(await holds(session, `SELECT 1 FROM ${table.sql} WHERE ${condition} LIMIT 1`))) continue;
      await session.execute(`DELETE FROM ${table.sql} WHERE ${condition}`);
      lost.add(table);
      open = true;
    }
  }
  const empty: { table: string; reason: string }[] = [];
  for (const table of lost) {
    if (await holds(session, `SELECT 1 FROM ${table.sql} LIMIT 1`)) continue;
    empty.push({ table: table.name, reason: "no rows were found that refer to rows which are there" });
  }
  return empty;
}

/** Turns rows that point nowhere to one of the first rows that there are. False where some of them stay. */
async function turn(session: Session, reference: Reference): Promise<boolean> {
  const { table, key, target } = reference;
  const condition = pointsNowhere(reference);
  const columns = key.columns.map(quoteIdentifier).join(", ");
  const refers = key.refers.map(quoteIdentifier).join(", ");
  for (let place = 0; place < rowsPerTable; place++) {
    if (!(await holds(session, `SELECT 1 FROM ${table.sql} WHERE ${condition} LIMIT 1`))) return true;
    // What PostgreSQL refuses, such as a key that is taken, stays as it is.
    await tryQuery(
      session,
      `UPDATE ${table.sql} SET (${columns}) = (SELECT ${refers} FROM ${target} ORDER BY ${refers} OFFSET ${place} LIMIT 1)
        WHERE ${condition}`,
    );
  }
  return !(await holds(session, `SELECT 1 FROM ${table.sql} WHERE ${condition} LIMIT 1`));
}

function pointsNowhere({ table, key, target }: Reference): string {
  const own = key.columns.map((name) => `${table.sql}.${quoteIdentifier(name)}`);
  const same = own.map((sql, place) => `x.${quoteIdentifier(key.refers[place] ?? "")} = ${sql}`);
  return [
    ...own.map((sql) => `${sql} IS NOT NULL`),
    `NOT EXISTS (SELECT FROM ${target} x WHERE ${same.join(" AND ")})`,
  ].join(" AND ");
}

async function holds(session: Session, query: string): Promise<boolean> {
  return (await session.query(query)).length > 0;
}
