import { object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

interface Source {
  readonly catalog: string;
  /** Its columns. */
  readonly acl: string;
  readonly owner: string;
  readonly schema?: string;
  /** The letter that `acldefault` takes. */
  readonly type: string;
  /** As GRANT says it. */
  readonly name: string;
  readonly which?: string;
}

const name = (column: string) => qualified("n.nspname", column);

/**
 * Privileges on what is PostgreSQL's own or an extension's, where they are others than it came with: all that pg_dump
 * shows of such objects. They belong to their extension.
 */
function privilegesOn({ catalog, acl, owner, schema, type, name, which = "true" }: Source): KindReader {
  const sorted = (list: string) =>
    `(select coalesce(json_agg(a order by a), '[]') from unnest((${list})::text[]) a)`;
  const extension = `(select 'extension ' || quote_ident(e.extname) from pg_depend d join pg_extension e on e.oid = d.refobjid
        where d.classid = '${catalog}'::regclass and d.objid = x.oid and d.objsubid = 0 and d.deptype = 'e')`;
  const initial = `coalesce((select p.initprivs from pg_init_privs p
        where p.objoid = x.oid and p.classoid = '${catalog}'::regclass and p.objsubid = 0), acldefault(${type}, x.${owner}))`;
  return {
    catalog,
    sources: [catalog],
    when: `x.${acl} is not null`,
    sql: () => `
    select x.oid, 0, 'privileges on', ${name}, s.extension,
      ${object("'privileges', s.now", "'initial', s.initial")}
    from ${catalog} x
      ${schema ? `join pg_namespace n on n.oid = x.${schema}` : ""}
      cross join lateral (select ${extension} as extension, ${sorted(`x.${acl}`)} as now, ${sorted(initial)} as initial offset 0) s
    where {only x.oid} and x.${acl} is not null and ${which}
      and (s.extension is not null or ${schema ? `not (${userSchema("n")})` : "x.oid < 16384"})
      and s.now::text <> s.initial::text`,
  };
}

/** Of catalogs whose objects are read one by one. */
export const givenPrivileges: readonly KindReader[] = [
  privilegesOn({
    catalog: "pg_class",
    acl: "relacl",
    owner: "relowner",
    schema: "relnamespace",
    type: `(case x.relkind when 'S' then 's' else 'r' end)::"char"`,
    name: `case x.relkind when 'v' then 'view ' when 'm' then 'materialized view ' when 'S' then 'sequence ' else 'table ' end || ${name("x.relname")}`,
    which: "n.nspname !~ '^pg_(toast|temp)'",
  }),
  privilegesOn({
    catalog: "pg_proc",
    acl: "proacl",
    owner: "proowner",
    schema: "pronamespace",
    type: "'f'",
    name: `case x.prokind when 'p' then 'procedure ' else 'function ' end || x.oid::regprocedure::text`,
  }),
  privilegesOn({
    catalog: "pg_type",
    acl: "typacl",
    owner: "typowner",
    schema: "typnamespace",
    type: "'T'",
    name: `'type ' || ${name("x.typname")}`,
  }),
  privilegesOn({
    catalog: "pg_namespace",
    acl: "nspacl",
    owner: "nspowner",
    type: "'n'",
    name: "'schema ' || quote_ident(x.nspname)",
    which: "x.nspname in ('pg_catalog', 'information_schema')",
  }),
];

/** Of those that are read whole. */
export const rareGivenPrivileges: readonly KindReader[] = [
  privilegesOn({
    catalog: "pg_language",
    acl: "lanacl",
    owner: "lanowner",
    type: "'l'",
    name: "'language ' || quote_ident(x.lanname)",
  }),
  privilegesOn({
    catalog: "pg_foreign_data_wrapper",
    acl: "fdwacl",
    owner: "fdwowner",
    type: "'F'",
    name: "'foreign-data wrapper ' || quote_ident(x.fdwname)",
  }),
];
