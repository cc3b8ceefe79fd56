import { object, relationKey } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** Labels of this database and of roles. */
const labels = `(select s.classoid, s.objoid, s.objsubid, s.provider, s.label from pg_seclabel s
      union all
      select s.classoid, s.objoid, 0, s.provider, s.label from pg_shseclabel s
        where s.classoid <> 'pg_database'::regclass or s.objoid = (select oid from pg_database where datname = current_database()))`;

/** SECURITY LABEL, part of what it stands on. The name of the database is not part of it. */
export const securityLabel: KindReader = {
  catalog: "pg_seclabel",
  sources: ["pg_seclabel", "pg_shseclabel"],
  sql: () => `
    select 0::oid, 0, 'security label',
      'FOR ' || quote_ident(l.provider) || ' ON ' || case when l.objsubid > 0 then 'COLUMN ' || i.identity
        when i.type = 'database' then 'DATABASE' else upper(i.type) || ' ' || i.identity end,
      case when c.oid is not null then ${relationKey("c.relkind", "n.nspname", "c.relname")} else i.type || ' ' || i.identity end,
      ${object("'definition', l.label")}
    from ${labels} l
      cross join pg_identify_object(l.classoid, l.objoid, l.objsubid) i
      left join pg_class c on l.classoid = 'pg_class'::regclass and c.oid = l.objoid
      left join pg_namespace n on n.oid = c.relnamespace
    where not exists (select from pg_depend m where m.classid = l.classoid and m.objid = l.objoid and m.deptype = 'e')`,
};
