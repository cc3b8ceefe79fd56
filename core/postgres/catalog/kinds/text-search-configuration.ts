import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const textSearchConfiguration: KindReader = {
  catalog: "pg_ts_config",
  sources: ["pg_ts_config", "pg_ts_config_map", "pg_description"],
  sql: () => `
    select c.oid, 0, 'text search configuration', ${qualified("n.nspname", "c.cfgname")}, null,
      ${object(
        `'definition', concat_ws(', ', 'PARSER ' || ${qualified("pn.nspname", "p.prsname")},
          (select string_agg('MAPPING FOR ' || coalesce((select t.alias from ts_token_type(c.cfgparser) t where t.tokid = m.token), m.token::text)
            || ' WITH ' || m.dictionaries, ', ' order by m.token)
           from (select m.maptokentype as token, string_agg(m.mapdict::regdictionary::text, ' ' order by m.mapseqno) as dictionaries
             from pg_ts_config_map m where m.mapcfg = c.oid group by m.maptokentype) m))`,
        common("pg_ts_config", { oid: "c.oid", owner: "c.cfgowner" }),
      )}
    from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
      join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
    where {only c.oid} and ${userSchema("n")} and ${notOfExtension("pg_ts_config", "c.oid")}`,
};
