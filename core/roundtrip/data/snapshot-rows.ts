import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Session } from "../../postgres/session.ts";
import { userTables } from "./table-facts.ts";

interface ComparedColumn {
  readonly name: string;
  /** `character varying(20)` */
  readonly type: string;
  /** A column that was dropped and made anew has another one. */
  readonly id: string;
}

/** The rows of one table as texts. */
export interface TableRows {
  /** `public.users` */
  readonly name: string;
  readonly columns: readonly ComparedColumn[];
  /** Names of the columns of the primary key; none where there is no such key. */
  readonly key: readonly string[];
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
  (select pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
        'type', pg_catalog.format_type(a.atttypid, a.atttypmod), 'id', pg_catalog.format('%s.%s', c.oid, a.attnum))
      order by a.attnum) from pg_catalog.pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')::text,
  (select pg_catalog.json_agg(a.attname)::text from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
    where i.indrelid = c.oid and i.indisprimary)
from ${userTables} order by 1`;

/** Every row of every table of people, as texts that mean the same before and after. */
export async function snapshotRows(session: Session): Promise<RowSnapshot> {
  const found = (await session.query(tables)).map(([name, sql, columns, key]) => ({
    name: name ?? "",
    sql: sql ?? "",
    columns: JSON.parse(columns ?? "[]") as ComparedColumn[],
    key: JSON.parse(key ?? "[]") as string[],
  }));
  const snapshot = new Map<string, TableRows>();
  for (let i = 0; i < found.length; i += atOnce) {
    const part = found.slice(i, i + atOnce);
    const selects = part.map(({ sql, columns }, place) => {
      const texts = columns.map(({ name }) => `${quoteIdentifier(name)}::text`).join(", ");
      return `(select ${place}, pg_catalog.to_json(array[${texts}]::text[])::text from ${sql} limit ${mostRows + 1})`;
    });
    const rows = await session.query(selects.join(" union all "));
    for (const [place, { name, columns, key, sql }] of part.entries()) {
      const own = rows.filter(([of]) => Number(of) === place);
      const values = own.map(([, json]) => JSON.parse(json ?? "[]") as (string | null)[]);
      const count = own.length <= mostRows ? own.length : await countRows(session, sql);
      snapshot.set(name, { name, columns, key, rows: values, count });
    }
  }
  return snapshot;
}

const atOnce = 50;

async function countRows(session: Session, sql: string): Promise<number> {
  const [row] = await session.query(`select count(*) from ${sql}`);
  return Number(row?.[0]);
}
