import { ofUser } from "../fragments.ts";
import { packedSql } from "./column-ids.ts";

/**
 * Where a changed row of a system catalog says which objects changed. `sql` yields the oids of those of the catalog
 * `into`, packed ids of columns; `{recent x}` holds for rows written since the last reading.
 */
export interface Mark {
  readonly from: string;
  readonly into: string;
  readonly sql: string;
}

/** Row types of tables and arrays follow from others. Not by EXISTS after `or`: all of pg_class would be hashed for that. */
const ownType = `not exists (select from pg_type e where e.oid = x.typelem and e.typarray = x.oid)
        and (x.typtype <> 'c' or (select c.relkind = 'c' from pg_class c where c.oid = x.typrelid))`;

/** A multirange stands in the definition of its range. */
const ofRange = `case when x.typtype = 'm' then (select d.refobjid from pg_depend d where d.classid = 'pg_type'::regclass
        and d.objid = x.oid and d.refclassid = 'pg_type'::regclass and d.deptype = 'i') else x.oid end`;

export const marks: readonly Mark[] = [
  mark(
    "pg_index",
    "pg_class",
    "o.oid",
    ofUser("x.indexrelid"),
    "unnest(case when x.indisreplident then array[x.indexrelid, x.indrelid] else array[x.indexrelid] end) o(oid)",
  ),
  mark("pg_attrdef", "pg_attribute", packedSql("x.adrelid", "x.adnum")),
  mark("pg_constraint", "pg_constraint", "x.oid", ofUser("x.oid")),
  mark("pg_constraint", "pg_class", "x.conindid", `${ofUser("x.oid")} and x.contype in ('p', 'u', 'x')`),
  mark("pg_type", "pg_type", ofRange, ownType),
  mark("pg_namespace", "pg_namespace", "x.oid"),
  mark("pg_sequence", "pg_class", "x.seqrelid"),
  mark("pg_inherits", "pg_class", "x.inhrelid"),
  mark("pg_partitioned_table", "pg_class", "x.partrelid"),
  mark("pg_foreign_table", "pg_class", "x.ftrelid"),
  mark("pg_rewrite", "pg_class", "x.ev_class", `${ofUser("x.oid")} and x.rulename = '_RETURN'`),
  mark("pg_rewrite", "pg_rewrite", "x.oid", `${ofUser("x.oid")} and x.rulename <> '_RETURN'`),
  mark("pg_trigger", "pg_trigger", "x.oid", `${ofUser("x.oid")} and not x.tgisinternal`),
  mark("pg_trigger", "pg_constraint", "x.tgconstraint", `${ofUser("x.oid")} and x.tgisinternal`),
  mark("pg_policy", "pg_policy", "x.oid"),
  mark("pg_proc", "pg_proc", "x.oid"),
  mark("pg_aggregate", "pg_proc", "x.aggfnoid::oid", ofUser("x.aggfnoid::oid")),
  mark("pg_enum", "pg_type", "distinct x.enumtypid"),
  mark("pg_range", "pg_type", "x.rngtypid", ofUser("x.rngtypid")),
];

/**
 * Rows of `listed` catalogs that come and go with objects and are none: triggers of constraints, rules of views, row
 * types and arrays (these with the others: to tell them apart takes longer).
 */
export const unread: Readonly<Record<string, string>> = {
  pg_type: ofUser("x.oid"),
  pg_trigger: `${ofUser("x.oid")} and x.tgisinternal`,
  pg_rewrite: `${ofUser("x.oid")} and x.rulename = '_RETURN'`,
};

/** What few migrations write to, looked at together first. Neighbours in `marks`. */
export const seldom: readonly string[] = [
  ...new Set(marks.slice(marks.findIndex((it) => it.from === "pg_namespace")).map((it) => it.from)),
];

function mark(from: string, into: string, what: string, which = "true", beside?: string): Mark {
  const sources = beside === undefined ? `${from} x` : `${from} x, ${beside}`;
  return { from, into, sql: `select ${what} from ${sources} where ${which} and {recent x}` };
}

/**
 * Catalogs whose rows are objects that are read one by one: their deleted rows are found by listing what is left. One
 * too many is no harm, so row types of tables are not looked up.
 */
export const listed: readonly { readonly catalog: string; readonly sql: string }[] = [
  left("pg_namespace", "true"),
  left("pg_class", `${ofUser("x.oid")} and x.relkind not in ('t', 'c')`),
  left("pg_constraint", `${ofUser("x.oid")} and x.contype <> 't'`),
  left("pg_trigger", `${ofUser("x.oid")} and not x.tgisinternal`),
  left("pg_rewrite", `${ofUser("x.oid")} and x.rulename <> '_RETURN'`),
  left("pg_policy", "true"),
  left("pg_proc", ofUser("x.oid")),
  left("pg_type", `${ofUser("x.oid")} and (x.typarray <> 0 or x.typtype <> 'b')`),
];

function left(catalog: string, which: string): { catalog: string; sql: string } {
  return { catalog, sql: `select x.oid from ${catalog} x where ${which}` };
}
