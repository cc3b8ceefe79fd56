import { ofUser } from "../fragments.ts";

/**
 * `catalog, oid, sub` of what may print otherwise: a default stands for its column, a rule that makes a view for the
 * view, an attribute for its composite type too.
 */
const printed = `
  select case when x.oid is not null then 'pg_attribute' when w.rulename = '_RETURN' then 'pg_class'
      when h.classid = 'pg_class'::regclass and h.sub > 0 then 'pg_attribute' else h.classid::regclass::text end,
    coalesce(x.adrelid, case when w.rulename = '_RETURN' then w.ev_class end, h.oid),
    coalesce(x.adnum::int, h.sub)
  from hit h
    left join pg_attrdef x on h.classid = 'pg_attrdef'::regclass and x.oid = h.oid
    left join pg_rewrite w on h.classid = 'pg_rewrite'::regclass and w.oid = h.oid
  union all
  select 'pg_type', c.reltype, 0
  from hit h join pg_class c on h.classid = 'pg_class'::regclass and c.oid = h.oid and c.relkind = 'c'`;

/**
 * Everything that depends on some objects, directly or not: their definitions name what was renamed, without a row of
 * their own being written. Parameters: catalogs, oids and column numbers.
 */
export const dependentsSql = `
with recursive hit(classid, oid, sub) as (
  select case when s.catalog = 'pg_attribute' then 'pg_class' else s.catalog end::regclass::oid, s.oid, s.sub
  from unnest($1::text[], $2::oid[], $3::int[]) s(catalog, oid, sub)
  union
  select d.classid, d.objid, d.objsubid
  from hit h join pg_depend d on d.refclassid = h.classid and d.refobjid = h.oid and (h.sub = 0 or d.refobjsubid = h.sub)
  where ${ofUser("d.objid")} and d.deptype <> 'e'
)
${printed}`;

/**
 * Views, rules and SQL-standard functions over some relations, directly or through views: PostgreSQL writes their text
 * anew each time, and a column more below may make it write aliases. `relations`: an expression, their oids.
 */
export const readersSql = (relations: string) => `
with recursive over(relation, classid, oid) as (
  select s.oid, 0::oid, 0::oid from unnest(${relations}::oid[]) s(oid)
  union
  select coalesce(w.ev_class, 0), d.classid, d.objid
  from over o
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = o.relation
    left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
  where d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass)
),
hit(classid, oid, sub) as (select distinct classid, oid, 0 from over where oid <> 0)
${printed}`;
