import type { Session } from "../../postgres/session.ts";
import { type Generated, overGenerated, overSources } from "./generated-columns.ts";

export interface Column {
  readonly name: string;
  /** Oid of its type, and how PostgreSQL writes that with its modifier: `character varying(20)`. */
  readonly type: string;
  readonly typeName: string;
  /** -1 where the type has no modifier. */
  readonly modifier: number;
  readonly nullable: boolean;
  /** Part of a primary key, a unique or an exclusion constraint, or a unique index. */
  readonly unique: boolean;
  /** Empty where there is none, or one that counts. */
  readonly defaultSql: string;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  /** Oid of the table it refers to. */
  readonly table: string;
  readonly refers: readonly string[];
}

/** A condition that rows have to meet, as SQL over the columns' names. */
export interface Condition {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly string[];
  /** Bodies of the functions that it calls: they may tell what passes. */
  readonly bodies?: string;
}

/** What a row of a table has to satisfy. */
export interface Table {
  readonly oid: string;
  /** `public.users`, for people. */
  readonly name: string;
  /** `public."Users"`, for SQL. */
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly conditions: readonly Condition[];
  /** What each of its partitions that hold rows asks of one; absent where it has none of its own accord. */
  readonly partitions?: readonly Condition[];
}

/** Ordinary and partitioned tables of people, less the partitions and what belongs to an extension. */
export const userTables = `
pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and c.relpersistence <> 't' and not c.relispartition
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass
    and d.objid = c.oid and d.deptype = 'e')`;

const columns = `
select a.attrelid::text, a.attname, a.atttypid::text, pg_catalog.format_type(a.atttypid, a.atttypmod),
  a.atttypmod::text, (not a.attnotnull)::text,
  exists (select from pg_catalog.pg_index i where i.indrelid = a.attrelid and (i.indisunique or i.indisexclusion)
    and (a.attnum = any (i.indkey) or exists (select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = i.indexrelid
        and d.refobjid = a.attrelid and d.refobjsubid = a.attnum)))::text,
  (select pg_catalog.pg_get_expr(e.adbin, e.adrelid) from pg_catalog.pg_attrdef e
    where e.adrelid = a.attrelid and e.adnum = a.attnum
      and pg_catalog.pg_get_expr(e.adbin, e.adrelid) !~ 'nextval')
from pg_catalog.pg_attribute a
where a.attrelid = any ($1::oid[]) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
order by a.attrelid, a.attnum`;

/** Generated ones: no row gives them a value, and yet conditions speak of them. */
const generated = `
select a.attrelid::text, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
  pg_catalog.pg_get_expr(e.adbin, e.adrelid), a.attnotnull::text,
  (select pg_catalog.json_agg(b.attname)::text from pg_catalog.pg_depend d
    join pg_catalog.pg_attribute b on b.attrelid = d.refobjid and b.attnum = d.refobjsubid and b.attnum <> a.attnum
    where d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid = e.oid and d.refobjid = a.attrelid)
from pg_catalog.pg_attribute a
join pg_catalog.pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
where a.attrelid = any ($1::oid[]) and a.attgenerated <> '' and not a.attisdropped
order by a.attrelid, a.attnum`;

const names = (keys: string, table: string) => `(select pg_catalog.json_agg(a.attname order by place.n)::text
  from pg_catalog.unnest(${keys}) with ordinality place(attnum, n)
  join pg_catalog.pg_attribute a on a.attrelid = ${table} and a.attnum = place.attnum)`;

const foreignKeys = `
select k.conrelid::text, k.confrelid::text, ${names("k.conkey", "k.conrelid")}, ${names("k.confkey", "k.confrelid")}
from pg_catalog.pg_constraint k
where k.contype = 'f' and k.conparentid = 0 and k.conrelid = any ($1::oid[])
order by k.conrelid, pg_catalog.cardinality(k.conkey) desc, k.oid`;

const checks = `
select k.conrelid::text, k.conname, pg_catalog.pg_get_expr(k.conbin, k.conrelid), ${names("k.conkey", "k.conrelid")},
  (select pg_catalog.string_agg(f.prosrc, ' ') from pg_catalog.pg_depend d join pg_catalog.pg_proc f on f.oid = d.refobjid
    where d.classid = 'pg_catalog.pg_constraint'::regclass and d.objid = k.oid
      and d.refclassid = 'pg_catalog.pg_proc'::regclass)
from pg_catalog.pg_constraint k
where k.contype = 'c' and k.conrelid = any ($1::oid[])
order by k.conrelid, k.oid`;

/** Checks that only one partition has. */
const ownChecks = `k.conrelid = p.relid and k.contype = 'c' and k.coninhcount = 0`;

/** A row of a partitioned table has to suit one of the partitions that hold rows, and what that one asks for itself. */
const partitions = `
select t.oid::text, pg_catalog.json_agg(coalesce(pg_catalog.pg_get_partition_constraintdef(p.relid), 'true')
      || coalesce((select pg_catalog.string_agg(' AND (' || pg_catalog.pg_get_expr(k.conbin, k.conrelid) || ')', '')
          from pg_catalog.pg_constraint k where ${ownChecks}), '') order by p.relid)
    filter (where p.isleaf and p.level > 0)::text,
  coalesce((select pg_catalog.json_agg(distinct used.attname)::text from (
      select a.attname from pg_catalog.pg_depend d
      join pg_catalog.pg_attribute a on a.attrelid = d.objid and a.attnum = d.objsubid
      where d.classid = 'pg_catalog.pg_class'::regclass and d.refclassid = d.classid and d.refobjsubid = 0
        and d.objid = d.refobjid and d.objid in (select relid from pg_catalog.pg_partition_tree(t.oid))
      union all
      select a.attname from pg_catalog.pg_partitioned_table pt
      join pg_catalog.pg_attribute a on a.attrelid = pt.partrelid and a.attnum = any (pt.partattrs)
      where pt.partrelid in (select relid from pg_catalog.pg_partition_tree(t.oid))
      union all
      select a.attname from pg_catalog.pg_partition_tree(t.oid) p
      join pg_catalog.pg_constraint k on p.isleaf and ${ownChecks}
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)) used), '[]')
from pg_catalog.unnest($1::oid[]) t(oid)
join pg_catalog.pg_class c on c.oid = t.oid and c.relkind = 'p'
cross join lateral pg_catalog.pg_partition_tree(t.oid) p
group by t.oid`;

/** Everything that decides which rows these tables take. `tables`: oid, name for people, name for SQL. */
export async function readTables(
  session: Session,
  tables: readonly (readonly [string, string, string])[],
): Promise<Table[]> {
  const oids = `{${tables.map(([oid]) => oid).join(",")}}`;
  const read = async (sql: string) => groupByTable(await session.query(sql, [oids]));
  const columnsOf = await read(columns);
  const keysOf = await read(foreignKeys);
  const checksOf = await read(checks);
  const partitionsOf = await read(partitions);
  const generatedOf = await read(generated);
  return tables.map(([oid, name, sql]) => {
    const [routing] = partitionsOf.get(oid) ?? [];
    const conditions: Condition[] = (checksOf.get(oid) ?? []).map(
      ([label = "", check = "", used, bodies = ""]) => ({
        name: label,
        sql: check,
        columns: list(used),
        bodies,
      }),
    );
    const ofPartition = (sql: string) => ({ name: "its partitions", sql, columns: list(routing?.[1]) });
    const partitions = list(routing?.[0]).map(ofPartition);
    if (partitions.length > 0) {
      conditions.push(ofPartition(`(${partitions.map((it) => it.sql).join(") OR (")})`));
    }
    const computed = (generatedOf.get(oid) ?? []).map(generatedOfRow);
    return {
      oid,
      name,
      sql,
      columns: (columnsOf.get(oid) ?? []).map(columnOf),
      foreignKeys: (keysOf.get(oid) ?? []).map(([table = "", own, other]) => ({
        table,
        columns: list(own),
        refers: list(other),
      })),
      conditions: overGenerated(conditions, computed),
      ...(routing && { partitions: overSources(partitions, computed) }),
    };
  });
}

function columnOf([
  name = "",
  type = "",
  typeName = "",
  modifier,
  nullable,
  unique,
  defaultSql = "",
]: readonly string[]): Column {
  return {
    name,
    type,
    typeName,
    modifier: Number(modifier),
    nullable: nullable === "true",
    unique: unique === "true",
    defaultSql,
  };
}

function generatedOfRow([name = "", typeName = "", sql = "", notNull, used]: readonly string[]): Generated {
  return { name, typeName, sql, notNull: notNull === "true", columns: list(used) };
}

/** By the first column, which is taken off. */
function groupByTable(rows: Awaited<ReturnType<Session["query"]>>): Map<string, string[][]> {
  const groups = new Map<string, string[][]>();
  for (const [table, ...rest] of rows) {
    const texts = rest.map((value) => value ?? "");
    const known = groups.get(table ?? "");
    if (known) known.push(texts);
    else groups.set(table ?? "", [texts]);
  }
  return groups;
}

function list(json: string | undefined): string[] {
  return json ? (JSON.parse(json) as string[]) : [];
}
