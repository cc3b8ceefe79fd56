import { ledgerMark } from "../../ledger-mark.ts";
import { object, owner, privileges } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

const here = "(select oid from pg_database where datname = current_database())";

const comment = `(select c.text from (select shobj_description(d.oid, 'pg_database')) c(text)
        where c.text not like '${ledgerMark}%')`;

/** GRANT … ON PARAMETER: there is a row only where somebody was granted one. */
const parameters = `
    union all
    select 0::oid, 0, 'setting', 'parameter ' || p.parname, null,
      ${object("'definition', p.parname", `'privileges', ${privileges("p.paracl", "'p'", "10::oid")}`)}
    from pg_parameter_acl p`;

/**
 * ALTER DATABASE/ROLE … SET, what ALTER DATABASE says of the database itself, and who may set which parameter. The name
 * of the database is not part of it.
 */
export const setting: KindReader = {
  catalog: "pg_db_role_setting",
  sources: ["pg_db_role_setting", "pg_database", "pg_parameter_acl", "pg_shdescription"],
  sql: ({ major }) => `
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
        `'definition', nullif(concat_ws(' ', 'CONNECTION LIMIT ' || nullif(d.datconnlimit, -1), case when d.datistemplate then 'TEMPLATE' end,
          case when not d.datallowconn then 'NO CONNECTIONS' end), '')`,
        `'owner', ${owner("d.datdba")}`,
        `'privileges', ${privileges("d.datacl", "'d'", "d.datdba")}`,
        `'comment', ${comment}`,
      )}
    from pg_database d where d.datname = current_database()
    ${major >= 15 ? parameters : ""}`,
};
