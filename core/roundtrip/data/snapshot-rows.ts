import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Session } from "../../postgres/session.ts";
import { userTables } from "./table-facts.ts";

/** The rows of one table as texts. */
export interface TableRows {
  /** `public.users` */
  readonly name: string;
  /** Name and type of each column: `age integer`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values in the order of `columns`. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** There are more rows than were read: only their number is known. */
  readonly count: number;
}

export type RowSnapshot = ReadonlyMap<string, TableRows>;

/** Rows that are compared value by value; of larger tables only the number is. */
export const mostRows = 1_000;

/** Partitions of one parent are one table. */
const tables = `
select n.nspname || '.' || c.relname, pg_catalog.format('%s%I.%I',
    case c.relkind when 'r' then 'only ' else '' end, n.nspname, c.relname),
  (select pg_catalog.json_agg(pg_catalog.json_build_array(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
      order by a.attnum) from pg_catalog.pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')::text
from ${userTables} order by 1`;

/** Every row of every table of people, as texts that mean the same before and after. */
export async function snapshotRows(session: Session): Promise<RowSnapshot> {
  const found = (await session.query(tables)).map(([name, sql, columns]) => ({
    name: name ?? "",
    sql: sql ?? "",
    columns: (JSON.parse(columns ?? "[]") as [string, string][]).map(([name, type]) => ({ name, type })),
  }));
  const snapshot = new Map<string, TableRows>();
  for (let i = 0; i < found.length; i += atOnce) {
    const part = found.slice(i, i + atOnce);
    const selects = part.map(({ sql, columns }, place) => {
      const texts = columns.map(({ name }) => `${quoteIdentifier(name)}::text`).join(", ");
      return `(select ${place}, pg_catalog.to_json(array[${texts}]::text[])::text from ${sql} limit ${mostRows + 1})`;
    });
    const rows = await session.query(selects.join(" union all "));
    for (const [place, { name, columns, sql }] of part.entries()) {
      const own = rows.filter(([of]) => Number(of) === place);
      const values = own.map(([, json]) => JSON.parse(json ?? "[]") as (string | null)[]);
      const count = own.length <= mostRows ? own.length : await countRows(session, sql);
      snapshot.set(name, { name, columns, rows: values, count });
    }
  }
  return snapshot;
}

const atOnce = 50;

async function countRows(session: Session, sql: string): Promise<number> {
  const [row] = await session.query(`select count(*) from ${sql}`);
  return Number(row?.[0]);
}
