import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const textSearchDictionary: KindReader = {
  catalog: "pg_ts_dict",
  sources: ["pg_ts_dict", "pg_description"],
  sql: () => `
    select d.oid, 0, 'text search dictionary', ${qualified("n.nspname", "d.dictname")}, null,
      ${object(
        `'definition', concat_ws(', ', 'TEMPLATE ' || ${qualified("tn.nspname", "t.tmplname")}, d.dictinitoption)`,
        common("pg_ts_dict", { oid: "d.oid", owner: "d.dictowner" }),
      )}
    from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
      join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
    where {only d.oid} and ${userSchema("n")} and ${notOfExtension("pg_ts_dict", "d.oid")}`,
};
