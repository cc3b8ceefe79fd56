import { object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/**
 * A membership can stand once for each grantor, and only its own may take it back. What a superuser gives is given by
 * the one that initdb made; and who runs the migrations is no difference.
 */
const since16 = `case when not m.inherit_option then ' WITH INHERIT FALSE' else '' end
              || case when not m.set_option then ' WITH SET FALSE' else '' end
              || case when m.grantor not in (10, quote_ident(current_user)::regrole)
                then ' GRANTED BY ' || quote_ident(pg_get_userbyid(m.grantor)) else '' end`;

/**
 * Roles belong to the cluster: those of other databases are seen too. Passwords are not readable and not compared. The
 * superuser that initdb made is one of them: migrations grant it roles.
 */
export const role: KindReader = {
  catalog: "pg_authid",
  sources: ["pg_authid", "pg_auth_members", "pg_shdescription"],
  sql: ({ major }) => `
    select r.oid, 0, 'role', quote_ident(r.rolname), null,
      ${object(
        `'options', array_to_json(array_remove(array[
          case when r.rolsuper then 'SUPERUSER' end, case when not r.rolinherit then 'NOINHERIT' end,
          case when r.rolcreaterole then 'CREATEROLE' end, case when r.rolcreatedb then 'CREATEDB' end,
          case when r.rolcanlogin then 'LOGIN' end, case when r.rolreplication then 'REPLICATION' end,
          case when r.rolbypassrls then 'BYPASSRLS' end,
          'CONNECTION LIMIT ' || nullif(r.rolconnlimit, -1), 'VALID UNTIL ' || quote_literal(nullif(r.rolvaliduntil, 'infinity'))], null))`,
        `'memberOf', (select json_agg(m.text order by m.text) from (select quote_ident(pg_get_userbyid(m.roleid))
            || case when m.admin_option then ' WITH ADMIN OPTION' else '' end
            ${major >= 16 ? `|| ${since16}` : ""} as text
          from pg_auth_members m where m.member = r.oid) m)`,
        `'comment', shobj_description(r.oid, 'pg_authid')`,
      )}
    from pg_roles r where {only r.oid} and r.rolname !~ '^pg_'`,
};
