import { type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../../catalog/model.ts";
import type { Session } from "../session.ts";
import type { ReadRow } from "./read-kind.ts";

const words: Readonly<Record<string, Dependency["type"]>> = {
  n: "normal",
  a: "auto",
  i: "internal",
  P: "auto",
  S: "auto",
  e: "extension",
  x: "auto",
};

/**
 * pg_depend in terms of objects: a view's rule stands for the view, a default for its column, a row type for its table,
 * an attribute for its composite type, an array for its element, a multirange for its range, a member of an extension
 * for the extension, a member of a publication for the publication. What depends on itself or on nothing that is an object is left out.
 */
const sql = `
  with known as (
    select d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype::text
    from pg_depend d where d.objid >= 16384
  )
  select
    case when w.oid is not null then 'pg_class' when pm.refobjid is not null then 'pg_publication' when x.oid is not null then 'pg_attribute' when oc.relkind = 'c' then 'pg_type' when t.typrelid <> 0 and tc.relkind <> 'c' then 'pg_class'
      when k.objsubid > 0 then 'pg_attribute' else k.classid::regclass::text end,
    case when w.oid is not null then w.ev_class when pm.refobjid is not null then pm.refobjid when x.oid is not null then x.adrelid when oc.relkind = 'c' then oc.reltype when t.typrelid <> 0 and tc.relkind <> 'c' then t.typrelid
      when t.typelem <> 0 then t.typelem else k.objid end,
    case when oc.relkind = 'c' then 0 else coalesce(x.adnum, k.objsubid) end::int,
    case when e.refobjid is not null then 'pg_extension' when rt.typrelid <> 0 and rtc.relkind <> 'c' then 'pg_class' when rc.relkind = 'c' then 'pg_type'
      when k.refobjsubid > 0 then 'pg_attribute' else k.refclassid::regclass::text end,
    case when e.refobjid is not null then e.refobjid when rt.typrelid <> 0 and rtc.relkind <> 'c' then rt.typrelid when rc.relkind = 'c' then rc.reltype
      when mr.refobjid is not null then mr.refobjid else coalesce(rt.oid, k.refobjid) end,
    case when rc.relkind = 'c' or e.refobjid is not null then 0 else k.refobjsubid end,
    k.deptype, case when x.oid is not null then 'default' when pm.refobjid is not null then 'member' end
  from known k
    left join pg_rewrite w on k.classid = 'pg_rewrite'::regclass and w.oid = k.objid and w.rulename = '_RETURN'
    left join pg_attrdef x on k.classid = 'pg_attrdef'::regclass and x.oid = k.objid
    left join pg_depend pm on k.classid in ('pg_publication_rel'::regclass, to_regclass('pg_publication_namespace'))
      and pm.classid = k.classid and pm.objid = k.objid and pm.refclassid = 'pg_publication'::regclass
    left join pg_class oc on k.classid = 'pg_class'::regclass and oc.oid = k.objid
    left join pg_type t on k.classid = 'pg_type'::regclass and t.oid = k.objid
    left join pg_class tc on tc.oid = t.typrelid
    left join pg_type ra on k.refclassid = 'pg_type'::regclass and ra.oid = k.refobjid
    left join pg_type rt on rt.oid = case when ra.typelem <> 0 and ra.typlen = -1 then ra.typelem else ra.oid end
    left join pg_class rtc on rtc.oid = rt.typrelid
    left join pg_depend mr on rt.typtype = 'm' and mr.classid = 'pg_type'::regclass and mr.objid = rt.oid
      and mr.refclassid = 'pg_type'::regclass and mr.deptype = 'i'
    left join pg_depend e on e.classid = k.refclassid and e.objid = coalesce(rt.oid, k.refobjid)
      and e.objsubid = 0 and e.deptype = 'e' and k.deptype <> 'e'
    left join pg_class rc on k.refclassid = 'pg_class'::regclass and rc.oid = k.refobjid`;

const id = (catalog: string | null | undefined, oid: string | null | undefined, sub: string | number) =>
  `${catalog} ${oid} ${sub}`;

export async function readDependencies(
  session: Session,
  rows: readonly ReadRow[],
): Promise<Map<ObjectKey, Dependency[]>> {
  const keys = new Map<string, ObjectKey>();
  for (const { reader, oid, sub, object } of rows) {
    if (object) keys.set(id(reader.catalog, oid, sub), keyOf(object.kind, object.name));
  }
  const found = new Map<ObjectKey, Map<ObjectKey, Dependency>>();
  for (const [catalog, oid, sub, onCatalog, onOid, onSub, type, of] of await session.query(sql)) {
    const key = keys.get(id(catalog, oid, sub ?? 0));
    const on = keys.get(id(onCatalog, onOid, onSub ?? 0)) ?? keys.get(id("pg_class", onOid, 0));
    if (!key || !on || key === on) continue;
    const dependencies = found.get(key) ?? new Map<ObjectKey, Dependency>();
    found.set(key, dependencies);
    const word = words[type ?? ""];
    // Where several say it, the object falls with the other as soon as one of them lets it (reportDependentObjects).
    if (!word) continue;
    const known = dependencies.get(on);
    const part = of === "default" || of === "member" ? { part: of as "default" | "member" } : {};
    if (!known || (word !== "normal" && known.type === "normal"))
      dependencies.set(on, { on, type: word, ...part });
    else if (known.part && !part.part) dependencies.set(on, { on, type: known.type });
  }
  return new Map([...found].map(([key, dependencies]) => [key, [...dependencies.values()]]));
}

export function withDependencies(
  objects: readonly CatalogObject[],
  dependencies: ReadonlyMap<ObjectKey, readonly Dependency[]>,
): CatalogObject[] {
  return objects.map((object) => ({
    ...object,
    dependsOn: dependencies.get(keyOf(object.kind, object.name)) ?? [],
  }));
}
