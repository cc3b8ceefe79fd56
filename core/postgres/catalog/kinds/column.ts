import {
  comment,
  flag,
  foreignOptions,
  notOfExtension,
  object,
  options,
  qualified,
  relationKey,
  userSchema,
} from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/**
 * Columns of tables. Columns of views and composite types stand in the definition of those; they are objects only
 * where they carry something of their own: a default, a comment, privileges, how a materialized view stores them.
 *
 * Their relations come first, each looked up once (OFFSET 0 keeps them together); of its columns those are chosen that
 * a hash table knows, which IN makes inside of a CASE only.
 */
export const column: KindReader = {
  catalog: "pg_attribute",
  sources: ["pg_attribute", "pg_attrdef", "pg_description"],
  sql: ({ major }) => `
    select a.attrelid, a.attnum::int,
      case when c.relkind in ('r', 'p', 'f') or a.atthasdef or a.attacl is not null
        or c.relkind = 'm' and (a.attstattarget >= 0 or a.attstorage <> t.typstorage or a.attoptions is not null
          ${major >= 14 ? "or a.attcompression <> ''" : ""})
        or ${comment("pg_class", "a.attrelid", "a.attnum")} is not null then 'column' end,
      c.name || '.' || quote_ident(a.attname),
      c.key,
      ${object(
        `'type', format_type(a.atttypid, a.atttypmod)`,
        `'notNull', ${flag("a.attnotnull")}`,
        `'default', case when a.atthasdef and a.attgenerated = '' then x.expression end`,
        `'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end`,
        `'generated', case when a.attgenerated <> '' then x.expression end`,
        `'generation', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end`,
        `'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end`,
        `'storage', case when a.attstorage <> t.typstorage then
          case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' when 'x' then 'extended' end end`,
        ...(major >= 14
          ? [`'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end`]
          : []),
        `'statistics', nullif(a.attstattarget, -1)`,
        `'options', case when a.attfdwoptions is null then (${options("a.attoptions")})::jsonb else json_build_array(${foreignOptions("a.attfdwoptions")})::jsonb
          || coalesce(to_jsonb(a.attoptions), '[]') end`,
        `'inherited', ${flag("not a.attislocal")}`,
        `'comment', ${comment("pg_class", "a.attrelid", "a.attnum")}`,
        `'privileges', case when a.attacl is not null then (select json_agg(p order by p) from unnest(a.attacl::text[]) p) end`,
      )}
    from (select c.oid, c.relkind, ${qualified("n.nspname", "c.relname")} as name, ${relationKey("c.relkind", "n.nspname", "c.relname")} as key
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {only c.oid} and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c') and ${userSchema("n")} and ${notOfExtension("pg_class", "c.oid")}
        offset 0) c
      join pg_attribute a on a.attrelid = c.oid
      join pg_type t on t.oid = a.atttypid
      left join lateral (select pg_get_expr(d.adbin, d.adrelid) as expression from pg_attrdef d
        where a.atthasdef and d.adrelid = a.attrelid and d.adnum = a.attnum) x on true
    where a.attnum > 0 and not a.attisdropped and case when {only a.attrelid a.attnum} then true end`,
};
