import { common, flag, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** Sequences, those of serial and identity columns too. Their current value is data. */
export const sequence: KindReader = {
  catalog: "pg_class",
  forms: { column: "relkind", values: "S" },
  sources: ["pg_class", "pg_sequence", "pg_description"],
  sql: () => `
    select c.oid, 0, 'sequence', ${qualified("n.nspname", "c.relname")}, null,
      ${object(
        `'type', format_type(s.seqtypid, null)`,
        `'start', s.seqstart::text`,
        `'increment', s.seqincrement::text`,
        `'min', s.seqmin::text`,
        `'max', s.seqmax::text`,
        `'cache', s.seqcache::text`,
        `'cycle', ${flag("s.seqcycle")}`,
        `'ownedBy', (select ${qualified("on_.nspname", "oc.relname")} || '.' || quote_ident(oa.attname)
          from pg_depend d
            join pg_class oc on oc.oid = d.refobjid
            join pg_namespace on_ on on_.oid = oc.relnamespace
            join pg_attribute oa on oa.attrelid = d.refobjid and oa.attnum = d.refobjsubid
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
            -- The cast keeps the planner, which has no statistics of pg_depend, off the index by refclassid.
            and d.refclassid::int8 = 'pg_class'::regclass::oid::int8 and d.deptype in ('a', 'i'))`,
        `'persistence', case c.relpersistence when 'u' then 'unlogged' when 't' then 'temporary' end`,
        common("pg_class", { oid: "c.oid", owner: "c.relowner", acl: "c.relacl", aclType: "'s'" }),
      )}
    from pg_class c join pg_sequence s on s.seqrelid = c.oid join pg_namespace n on n.oid = c.relnamespace
    where {only c.oid} and ${userSchema("n")} and ${notOfExtension("pg_class", "c.oid")}`,
};
