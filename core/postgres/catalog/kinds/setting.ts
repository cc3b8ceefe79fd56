import { ledgerMark } from "../../ledger-mark.ts";
import { object, privileges } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

const here = "(select oid from pg_database where datname = current_database())";

const comment = `(select c.text from (select shobj_description(d.oid, 'pg_database')) c(text)
        where c.text not like '${ledgerMark}%')`;

/** ALTER DATABASE/ROLE … SET, and what ALTER DATABASE says of the database itself. Its name is not part of it. */
export const setting: KindReader = {
  catalog: "pg_db_role_setting",
  sources: ["pg_db_role_setting", "pg_database", "pg_shdescription"],
  sql: () => `
    select 0::oid, 0, 'setting',
      concat_ws(' ', 'role ' || quote_ident(pg_get_userbyid(nullif(s.setrole, 0))),
        case when s.setdatabase <> 0 then case when s.setrole <> 0 then 'in database' else 'database' end end,
        split_part(c.line, '=', 1)),
      null, ${object(`'definition', c.line`)}
    from pg_db_role_setting s, unnest(s.setconfig) c(line)
    where s.setdatabase in (0, ${here})
    union all
    select 0::oid, 0, 'setting', 'database properties', null,
      ${object(
        `'definition', concat_ws(' ', 'CONNECTION LIMIT ' || nullif(d.datconnlimit, -1), case when d.datistemplate then 'TEMPLATE' end,
          case when not d.datallowconn then 'NO CONNECTIONS' end)`,
        `'privileges', ${privileges("d.datacl", "'d'", "d.datdba")}`,
        `'comment', ${comment}`,
      )}
    from pg_database d where d.datname = current_database() and (d.datconnlimit <> -1 or d.datistemplate or not d.datallowconn
      or d.datacl is not null or ${comment} is not null)`,
};
