import { firstUserOid } from "../postgres/catalog/fragments.ts";
import type { Session } from "../postgres/session.ts";

/** Rows of user tables and the state of sequences as one text; undefined where there is no row at all. */
export type RowFingerprint = string | undefined;

/**
 * Questions about tables and materialised views of users that hold at least one page, so that empty ones need not be
 * looked into, and not of those that only another session can read; last, the sequences that were used. Told apart by
 * oid, not by schema, and without the view `pg_sequences`: there are hundreds of relations, and this is asked twice
 * for each migration.
 */
const filled = `
(select format('select %L, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from only %s t',
              c.oid::regclass, c.oid::regclass)
from pg_catalog.pg_class c
where c.oid >= ${firstUserOid} and c.relkind in ('r', 'm') and c.relispopulated and c.relpersistence <> 't'
  and pg_catalog.pg_relation_size(c.oid) > 0
order by c.oid::regclass::text collate "C")
union all
select pg_catalog.string_agg(format('%s %s', q.name, q.value), E'\\n' order by q.name)
from (select c.oid::regclass::text collate "C" as name, case when pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE')
    then pg_catalog.pg_sequence_last_value(c.oid) end as value
  from pg_catalog.pg_sequence s join pg_catalog.pg_class c on c.oid = s.seqrelid where c.relpersistence <> 't') q
where q.value is not null`;

/** Equal before the down and after going up again: then later migrations find the very rows they would have found. */
export async function rowFingerprint(session: Session): Promise<RowFingerprint> {
  const answers = await session.query(filled);
  const called = answers.at(-1)?.[0] ?? "";
  const tables = answers.slice(0, -1);
  const counts: string[] = [];
  for (let i = 0; i < tables.length; i += atOnce) {
    const sql = tables.slice(i, i + atOnce).map(([select]) => select);
    const rows = await session.query(sql.join(" union all "));
    counts.push(...rows.filter(([, count]) => count !== "0").map((row) => row.join(" ")));
  }
  return counts.length === 0 && called === "" ? undefined : [...counts, called].join("\n");
}

const atOnce = 200;
