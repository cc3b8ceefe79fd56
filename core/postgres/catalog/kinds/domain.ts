import { common, flag, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const domain: KindReader = {
  catalog: "pg_type",
  forms: { column: "typtype", values: "d" },
  sources: ["pg_type", "pg_description"],
  sql: () => `
    select t.oid, 0, 'domain', ${qualified("n.nspname", "t.typname")}, null,
      ${object(
        `'type', format_type(t.typbasetype, t.typtypmod)`,
        `'notNull', ${flag("t.typnotnull")}`,
        // typdefault is the text as first written: after a renaming only the tree is right.
        `'default', coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault)`,
        `'collation', case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end`,
        common("pg_type", { oid: "t.oid", owner: "t.typowner", acl: "t.typacl", aclType: "'T'" }),
      )}
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
    where {only t.oid} and t.typtype = 'd' and ${userSchema("n")} and ${notOfExtension("pg_type", "t.oid")}`,
};
