import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { literal } from "../../sql/literal.ts";
import type { Row } from "../session.ts";

/**
 * What scripts may change of the whole server without making anything: kind, whose, which, how it is. A role's
 * attributes stand as one, as ALTER ROLE says them.
 */
export const clusterStateQuery = `
  select 'setting', coalesce(r.rolname::text, ''), split_part(c.line, '=', 1), substr(c.line, strpos(c.line, '=') + 1)
    from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) c(line)
    where s.setdatabase = 0
  union all
  select 'attributes', r.rolname, '', concat_ws(' ', case when r.rolsuper then 'SUPERUSER' else 'NOSUPERUSER' end,
      case when r.rolinherit then 'INHERIT' else 'NOINHERIT' end, case when r.rolcreaterole then 'CREATEROLE' else 'NOCREATEROLE' end,
      case when r.rolcreatedb then 'CREATEDB' else 'NOCREATEDB' end, case when r.rolcanlogin then 'LOGIN' else 'NOLOGIN' end,
      case when r.rolreplication then 'REPLICATION' else 'NOREPLICATION' end,
      case when r.rolbypassrls then 'BYPASSRLS' else 'NOBYPASSRLS' end, 'CONNECTION LIMIT ' || r.rolconnlimit)
    from pg_roles r where r.rolname !~ '^pg_'
  union all
  select 'end', r.rolname, '', r.rolvaliduntil::text from pg_roles r where r.rolvaliduntil is not null
  union all
  select 'member', m.rolname, r.rolname, bool_or(a.admin_option)::text
    from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member group by 2, 3`;

/** What ALTER SYSTEM wrote: not every role may look. */
export const systemStateQuery = `
  select 'system', '', name, setting from pg_file_settings where sourcefile ~ 'postgresql\\.auto\\.conf$'`;

/** SQL that takes back what is not as it was, as far as a script speaks of it: others use the server too. */
export function putBack(
  before: readonly Row[],
  now: readonly Row[],
  named: (name: string) => boolean,
): string[] {
  const [was, is] = [byPlace(before), byPlace(now)];
  const sql: string[] = [];
  for (const place of new Set([...was.keys(), ...is.keys()])) {
    const [old, current] = [was.get(place), is.get(place)];
    if (old === current) continue;
    const [kind = "", whose = "", which = ""] = JSON.parse(place) as string[];
    if ((whose === "" || named(whose)) && (which === "" || named(which)))
      sql.push(...(statements[kind]?.(whose, which, old, current) ?? []));
  }
  return sql;
}

/** How each kind is made as it was; `old` is undefined where it was not there. */
const statements: Readonly<
  Record<
    string,
    (whose: string, which: string, old: string | undefined, now: string | undefined) => readonly string[]
  >
> = {
  setting: (role, name, old) => [
    `ALTER ROLE ${role === "" ? "ALL" : quoteIdentifier(role)} ${assignment(name, old)}`,
  ],
  system: (_, name, old) => [`ALTER SYSTEM ${assignment(name, old)}`, "SELECT pg_reload_conf()"],
  // A role that is new is dropped, and one that is gone cannot be made again.
  attributes: (role, _, old = "", now = "") => {
    // Who is no superuser may not say SUPERUSER, nor that somebody is none.
    const others = attributesIn(old).filter((word) => !attributesIn(now).includes(word));
    return now === "" || others.length === 0
      ? []
      : [`ALTER ROLE ${quoteIdentifier(role)} ${others.join(" ")}`];
  },
  end: (role, _, old = "infinity") => [`ALTER ROLE ${quoteIdentifier(role)} VALID UNTIL ${literal(old)}`],
  member: (member, role, old) => {
    const [names, of] = [quoteIdentifier(role), quoteIdentifier(member)];
    const revoke = `REVOKE ${names} FROM ${of}`;
    return old === undefined
      ? [revoke]
      : [revoke, `GRANT ${names} TO ${of}${old === "true" ? " WITH ADMIN OPTION" : ""}`];
  },
};

function attributesIn(text: string): string[] {
  return text.match(/CONNECTION LIMIT -?\d+|\w+/g) ?? [];
}

/** Lists of names are kept as they are written, all other values as what they mean. */
const lists =
  /^(search_path|temp_tablespaces|(local|session|shared)_preload_libraries|unix_socket_directories)$/;

function assignment(name: string, value: string | undefined): string {
  const words = name.split(".").map(quoteIdentifier).join(".");
  if (value === undefined) return `RESET ${words}`;
  return `SET ${words} TO ${lists.test(name) && value !== "" ? value : literal(value)}`;
}

function byPlace(rows: readonly Row[]): Map<string, string> {
  return new Map(
    rows.map(([kind, whose, which, state]) => [JSON.stringify([kind, whose, which]), state ?? ""]),
  );
}
