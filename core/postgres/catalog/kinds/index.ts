import {
  comment,
  flag,
  list,
  notOfExtension,
  object,
  options,
  qualified,
  relationKey,
  relationName,
  userSchema,
} from "../fragments.ts";
import type { KindReader } from "../kind.ts";

function columns(from: string, to: string): string {
  return `(select json_agg(case when a.attnum is null then pg_get_indexdef(c.oid, k.n::int, false) else quote_ident(a.attname) end order by k.n)
    from unnest(i.indkey::int2[]) with ordinality k(num, n)
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num and k.num <> 0
    where k.n > ${from} and k.n <= ${to})`;
}

/** An index is in the schema of its table. */
export const index: KindReader = {
  catalog: "pg_class",
  forms: { column: "relkind", values: "i,I" },
  sources: ["pg_class", "pg_index", "pg_inherits", "pg_constraint", "pg_description"],
  sql: () => `
    select c.oid, 0, 'index', ${qualified("n.nspname", "c.relname")},
      ${relationKey("r.relkind", "n.nspname", "r.relname")},
      ${object(
        `'definition', pg_get_indexdef(c.oid)`,
        `'unique', ${flag("i.indisunique")}`,
        `'method', am.amname`,
        `'columns', ${columns("0", "i.indnkeyatts")}`,
        `'include', case when i.indnatts > i.indnkeyatts then ${columns("i.indnkeyatts", "i.indnatts")} end`,
        `'predicate', pg_get_expr(i.indpred, i.indrelid)`,
        `'invalid', ${flag("not i.indisvalid")}`,
        `'constraint', (select 'constraint ' || ${qualified("n.nspname", "r.relname")} || '.' || quote_ident(o.conname)
          from pg_constraint o where o.conrelid = i.indrelid and o.conindid = c.oid and o.contype in ('p', 'u', 'x'))`,
        `'clustered', ${flag("i.indisclustered")}`,
        `'partitionOf', case when c.relispartition then (select ${relationName("h.inhparent")} from pg_inherits h where h.inhrelid = c.oid) end`,
        `'tablespace', case when c.reltablespace <> 0 then (select quote_ident(s.spcname) from pg_tablespace s where s.oid = c.reltablespace) end`,
        `'options', ${options("c.reloptions")}`,
        // ALTER INDEX … ALTER COLUMN n SET STATISTICS, which pg_get_indexdef does not print.
        `'statistics', case when i.indexprs is not null then (select ${list("array_agg(a.attnum || ' ' || a.attstattarget order by a.attnum)")}
          from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0) end`,
        `'comment', ${comment("pg_class", "c.oid")}`,
      )}
    from pg_class c
      join pg_index i on i.indexrelid = c.oid
      join pg_am am on am.oid = c.relam
      join pg_class r on r.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
    where {only c.oid} and c.relkind in ('i', 'I') and ${userSchema("n")} and ${notOfExtension("pg_class", "r.oid")}`,
};
