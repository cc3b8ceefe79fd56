import {
  common,
  flag,
  foreignOptions,
  notOfExtension,
  object,
  qualified,
  relationName,
  storageOptions,
  toastTable,
  userSchema,
} from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** Plain, partitioned and foreign tables, and partitions. */
export const table: KindReader = {
  catalog: "pg_class",
  forms: { column: "relkind", values: "r,p,f" },
  sources: [
    "pg_class",
    "pg_inherits",
    "pg_partitioned_table",
    "pg_foreign_table",
    "pg_index",
    "pg_description",
  ],
  sql: () => `
    select c.oid, 0, 'table', ${qualified("n.nspname", "c.relname")}, null,
      ${object(
        `'persistence', case c.relpersistence when 'u' then 'unlogged' when 't' then 'temporary' end`,
        `'partitionKey', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end`,
        `'partitionOf', case when c.relispartition then (select ${relationName("h.inhparent")} from pg_inherits h where h.inhrelid = c.oid) end`,
        `'partitionBound', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end`,
        `'inherits', case when not c.relispartition then (select json_agg(${relationName("h.inhparent")} order by h.inhseqno) from pg_inherits h where h.inhrelid = c.oid) end`,
        `'ofType', case when c.reloftype <> 0 then format_type(c.reloftype, null) end`,
        `'rowSecurity', ${flag("c.relrowsecurity")}`,
        `'forceRowSecurity', ${flag("c.relforcerowsecurity")}`,
        `'replicaIdentity', case c.relreplident when 'f' then 'full' when 'n' then 'nothing' when 'i' then coalesce(
          (select 'index ' || quote_ident(ic.relname) from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = c.oid and i.indisreplident), 'nothing') end`,
        `'accessMethod', case when c.relam <> 0 then (select nullif(am.amname, 'heap') from pg_am am where am.oid = c.relam) end`,
        `'server', case when c.relkind = 'f' then (select quote_ident(s.srvname) from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid) end`,
        `'foreignOptions', case when c.relkind = 'f' then (select case when f.ftoptions is not null then json_build_array(${foreignOptions("f.ftoptions")}) end from pg_foreign_table f where f.ftrelid = c.oid) end`,
        `'options', ${storageOptions}`,
        `'tablespace', case when c.reltablespace <> 0 then (select quote_ident(s.spcname) from pg_tablespace s where s.oid = c.reltablespace) end`,
        common("pg_class", { oid: "c.oid", owner: "c.relowner", acl: "c.relacl", aclType: "'r'" }),
      )}
    from pg_class c join pg_namespace n on n.oid = c.relnamespace ${toastTable}
    where {only c.oid} and c.relkind in ('r', 'p', 'f') and ${userSchema("n")} and ${notOfExtension("pg_class", "c.oid")}`,
};
