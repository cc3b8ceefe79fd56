import { comment, notOfExtension, object, qualified, relationKey, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const policy: KindReader = {
  catalog: "pg_policy",
  sources: ["pg_policy", "pg_description"],
  sql: () => `
    select p.oid, 0, 'policy', ${qualified("n.nspname", "c.relname")} || '.' || quote_ident(p.polname),
      ${relationKey("c.relkind", "n.nspname", "c.relname")},
      ${object(
        `'command', case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end`,
        `'permissive', case when not p.polpermissive then false end`,
        `'roles', (select json_agg(r.name order by r.name) from (select case when x = 0 then 'PUBLIC'
          else quote_ident(pg_get_userbyid(x)) end as name from unnest(p.polroles) x) r)`,
        `'using', pg_get_expr(p.polqual, p.polrelid)`,
        `'check', pg_get_expr(p.polwithcheck, p.polrelid)`,
        `'comment', ${comment("pg_policy", "p.oid")}`,
      )}
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where {only p.oid} and ${userSchema("n")} and ${notOfExtension("pg_class", "c.oid")}`,
};
