import { object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const defaultPrivileges: KindReader = {
  catalog: "pg_default_acl",
  sources: ["pg_default_acl"],
  sql: () => `
    select d.oid, 0, 'default privileges',
      quote_ident(pg_get_userbyid(d.defaclrole)) || coalesce(' IN SCHEMA ' || nullif(d.defaclnamespace, 0)::regnamespace::text, '')
        || ' ON ' || case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS'
          when 'T' then 'TYPES' when 'n' then 'SCHEMAS' else 'LARGE OBJECTS' end,
      null,
      ${object(`'privileges', coalesce((select json_agg(x order by x) from unnest(d.defaclacl::text[]) x), '[]')`)}
    from pg_default_acl d where {only d.oid}`,
};
