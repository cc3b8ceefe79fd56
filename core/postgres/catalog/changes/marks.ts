import { firstUserOid } from "../fragments.ts";

/**
 * Where a changed row of a system catalog says which objects changed. `sql` yields `catalog, oid, sub` of the objects;
 * `{recent x}` holds for rows written since the last reading.
 */
export interface Mark {
  readonly from: string;
  readonly sql: string;
}

const user = (column: string) => `${column} >= ${firstUserOid}`;

/** Row types of tables and arrays follow from others. */
const ownType = `not exists (select from pg_type e where e.oid = x.typelem and e.typarray = x.oid)
        and (x.typtype <> 'c' or exists (select from pg_class c where c.oid = x.typrelid and c.relkind = 'c'))`;

export const marks: readonly Mark[] = [
  { from: "pg_namespace", sql: "select 'pg_namespace', x.oid, 0 from pg_namespace x where {recent x}" },
  {
    from: "pg_index",
    sql: `select 'pg_class', o.oid, 0 from pg_index x,
        unnest(case when x.indisreplident then array[x.indexrelid, x.indrelid] else array[x.indexrelid] end) o(oid)
      where ${user("x.indexrelid")} and {recent x}`,
  },
  { from: "pg_sequence", sql: "select 'pg_class', x.seqrelid, 0 from pg_sequence x where {recent x}" },
  { from: "pg_inherits", sql: "select 'pg_class', x.inhrelid, 0 from pg_inherits x where {recent x}" },
  {
    from: "pg_partitioned_table",
    sql: "select 'pg_class', x.partrelid, 0 from pg_partitioned_table x where {recent x}",
  },
  {
    from: "pg_foreign_table",
    sql: "select 'pg_class', x.ftrelid, 0 from pg_foreign_table x where {recent x}",
  },
  {
    from: "pg_rewrite",
    sql: `select case x.rulename when '_RETURN' then 'pg_class' else 'pg_rewrite' end,
        case x.rulename when '_RETURN' then x.ev_class else x.oid end, 0
      from pg_rewrite x where ${user("x.oid")} and {recent x}`,
  },
  {
    from: "pg_attrdef",
    sql: "select 'pg_attribute', x.adrelid, x.adnum::int from pg_attrdef x where {recent x}",
  },
  {
    from: "pg_constraint",
    sql: `select o.catalog, o.oid, 0 from pg_constraint x,
        unnest(array['pg_constraint', 'pg_class'], array[x.oid, case when x.contype in ('p', 'u', 'x') then x.conindid end]) o(catalog, oid)
      where ${user("x.oid")} and o.oid is not null and {recent x}`,
  },
  {
    from: "pg_trigger",
    sql: `select case when x.tgisinternal then 'pg_constraint' else 'pg_trigger' end,
        case when x.tgisinternal then x.tgconstraint else x.oid end, 0
      from pg_trigger x where ${user("x.oid")} and {recent x}`,
  },
  { from: "pg_policy", sql: "select 'pg_policy', x.oid, 0 from pg_policy x where {recent x}" },
  {
    from: "pg_proc",
    sql: `select 'pg_proc', x.oid, 0 from pg_proc x where ${user("x.oid")} and {recent x}`,
  },
  {
    from: "pg_aggregate",
    sql: `select 'pg_proc', x.aggfnoid::oid, 0 from pg_aggregate x where ${user("x.aggfnoid::oid")} and {recent x}`,
  },
  {
    from: "pg_type",
    sql: `select 'pg_type', x.oid, 0 from pg_type x
      where ${user("x.oid")} and ${ownType} and {recent x}`,
  },
  { from: "pg_enum", sql: `select distinct 'pg_type', x.enumtypid, 0 from pg_enum x where {recent x}` },
  {
    from: "pg_range",
    sql: `select 'pg_type', x.rngtypid, 0 from pg_range x where ${user("x.rngtypid")} and {recent x}`,
  },
  {
    from: "pg_description",
    sql: `select case when x.objsubid > 0 then 'pg_attribute' else x.classoid::regclass::text end, x.objoid, x.objsubid
      from pg_description x where {recent x}`,
  },
];

/** Catalogs whose rows are objects that are read one by one: their deleted rows are found by listing what is left. */
export const listed: readonly { readonly catalog: string; readonly sql: string }[] = [
  left("pg_namespace", "true"),
  left("pg_class", `${user("x.oid")} and x.relkind not in ('t', 'c')`),
  left("pg_constraint", `${user("x.oid")} and x.contype <> 't'`),
  left("pg_trigger", `${user("x.oid")} and not x.tgisinternal`),
  left("pg_rewrite", `${user("x.oid")} and x.rulename <> '_RETURN'`),
  left("pg_policy", "true"),
  left("pg_proc", user("x.oid")),
  left("pg_type", `${user("x.oid")} and ${ownType}`),
];

function left(catalog: string, which: string): { catalog: string; sql: string } {
  return { catalog, sql: `select string_agg(x.oid::text, ',') from ${catalog} x where ${which}` };
}
