import {
  common,
  flag,
  notOfExtension,
  object,
  qualified,
  storageOptions,
  toastTable,
  userSchema,
} from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** Views and materialised views. */
export const view: KindReader = {
  catalog: "pg_class",
  forms: { column: "relkind", values: "v,m" },
  sources: ["pg_class", "pg_rewrite", "pg_attribute", "pg_description"],
  sql: () => `
    select c.oid, 0, case c.relkind when 'v' then 'view' else 'materialized view' end,
      ${qualified("n.nspname", "c.relname")}, null,
      ${object(
        `'definition', pg_get_viewdef(c.oid)`,
        `'options', ${storageOptions}`,
        `'tablespace', case when c.reltablespace <> 0 then (select quote_ident(s.spcname) from pg_tablespace s where s.oid = c.reltablespace) end`,
        `'accessMethod', case when c.relam <> 0 then (select nullif(am.amname, 'heap') from pg_am am where am.oid = c.relam) end`,
        `'unpopulated', ${flag("not c.relispopulated")}`,
        common("pg_class", { oid: "c.oid", owner: "c.relowner", acl: "c.relacl", aclType: "'r'" }),
      )}
    from pg_class c join pg_namespace n on n.oid = c.relnamespace ${toastTable}
    where {only c.oid} and c.relkind in ('v', 'm') and ${userSchema("n")} and ${notOfExtension("pg_class", "c.oid")}`,
};
