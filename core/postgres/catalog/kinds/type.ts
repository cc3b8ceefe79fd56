import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

const procedureOf = (column: string) => `nullif(t.${column}, 0)::oid::regprocedure::text`;

const rangeDefinition = (multirange: boolean) => `(select concat_ws(', ',
    'SUBTYPE = ' || format_type(r.rngsubtype, null),
    (select 'SUBTYPE_OPCLASS = ' || quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname)
      from pg_opclass oc join pg_namespace ocn on ocn.oid = oc.opcnamespace where oc.oid = r.rngsubopc),
    'COLLATION = ' || nullif(r.rngcollation, 0)::regcollation::text,
    'CANONICAL = ' || nullif(r.rngcanonical, 0)::oid::regprocedure::text,
    'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff, 0)::oid::regprocedure::text
    ${multirange ? ", 'MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, null)" : ""})
  from pg_range r where r.rngtypid = t.oid)`;

const baseDefinition = (major: number) => `concat_ws(', ',
    'INPUT = ' || ${procedureOf("typinput")}, 'OUTPUT = ' || ${procedureOf("typoutput")},
    'RECEIVE = ' || ${procedureOf("typreceive")}, 'SEND = ' || ${procedureOf("typsend")},
    'TYPMOD_IN = ' || ${procedureOf("typmodin")}, 'TYPMOD_OUT = ' || ${procedureOf("typmodout")},
    'ANALYZE = ' || ${procedureOf("typanalyze")},
    'INTERNALLENGTH = ' || t.typlen, case when t.typbyval then 'PASSEDBYVALUE' end,
    'ALIGNMENT = ' || t.typalign::text, 'STORAGE = ' || t.typstorage::text, 'CATEGORY = ' || quote_literal(t.typcategory::text),
    case when t.typispreferred then 'PREFERRED' end, 'DEFAULT = ' || quote_literal(t.typdefault),
    'ELEMENT = ' || format_type(nullif(t.typelem, 0), null),${major >= 14 ? ` 'SUBSCRIPT = ' || ${procedureOf("typsubscript")},` : ""} 'DELIMITER = ' || quote_literal(t.typdelim::text),
    'COLLATABLE = ' || nullif(t.typcollation, 0))`;

/** Enums, composites, ranges, base and shell types. Row types of tables, arrays and multiranges follow from others. */
export const type: KindReader = {
  catalog: "pg_type",
  forms: { column: "typtype", values: "e,c,r,b,p" },
  sources: ["pg_type", "pg_enum", "pg_range", "pg_attribute", "pg_class", "pg_description"],
  sql: ({ major }) => `
    select t.oid, 0, 'type', ${qualified("n.nspname", "t.typname")}, null,
      ${object(
        `'form', case when not t.typisdefined then 'shell' else case t.typtype when 'e' then 'enum' when 'c' then 'composite' when 'r' then 'range' else 'base' end end`,
        `'labels', case when t.typtype = 'e' then coalesce((select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '[]') end`,
        `'fields', case when t.typtype = 'c' then coalesce((select json_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attcollation <> at.typcollation then ' COLLATE ' || a.attcollation::regcollation::text else '' end order by a.attnum)
          from pg_attribute a join pg_type at on at.oid = a.atttypid where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped), '[]') end`,
        `'definition', case when not t.typisdefined then null when t.typtype = 'r' then ${rangeDefinition(major >= 14)} when t.typtype = 'b' then ${baseDefinition(major)} end`,
        common("pg_type", { oid: "t.oid", owner: "t.typowner", acl: "t.typacl", aclType: "'T'" }),
      )}
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where {only t.oid} and ${userSchema("n")}
      and (t.typtype in ('e', 'r', 'b', 'p')
        or t.typtype = 'c' and (select c.relkind from pg_class c where c.oid = t.typrelid) = 'c')
      and not exists (select from pg_type e where e.oid = t.typelem and e.typarray = t.oid)
      and ${notOfExtension("pg_type", "t.oid")}`,
};
