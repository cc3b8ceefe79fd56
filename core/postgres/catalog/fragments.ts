/** Pieces of SQL that several kinds share. All of it runs with `search_path = pg_catalog, pg_temp`. */

/** Oids below are given by initdb (FirstNormalObjectId, src/include/access/transam.h). */
export const firstUserOid = 16384;

/** Not made by initdb. Cast, so that no index on the oid is taken: all that users made stands behind that oid. */
export function ofUser(oid: string): string {
  return `${oid}::int8 >= ${firstUserOid}`;
}

/** The schema with this alias was not made by PostgreSQL; names that begin with pg_ are its own. */
export function userSchema(alias: string): string {
  return `${alias}.nspname !~ '^pg_' and ${alias}.nspname <> 'information_schema'`;
}

/** Members of an extension are its affair, as in pg_dump. */
export function notOfExtension(catalog: string, oid: string): string {
  return `not exists (select from pg_depend membership where membership.classid = '${catalog}'::regclass and membership.objid = ${oid}
    and membership.objsubid = 0 and membership.deptype = 'e')`;
}

export function qualified(schema: string, name: string): string {
  return `quote_ident(${schema}) || '.' || quote_ident(${name})`;
}

/** `schema.name` of a row of pg_class, by oid. */
export function relationName(oid: string): string {
  return `(select ${qualified("rn.nspname", "rc.relname")}
    from pg_class rc join pg_namespace rn on rn.oid = rc.relnamespace where rc.oid = ${oid})`;
}

/** Key of the table, view, sequence or composite type that a relation is. */
export function relationKey(kind: string, schema: string, name: string): string {
  return `case ${kind} when 'v' then 'view ' when 'm' then 'materialized view ' when 'c' then 'type '
    when 'S' then 'sequence ' else 'table ' end || ${qualified(schema, name)}`;
}

/** Null for the role that reads, which made the database too: who runs the migrations is no difference. */
export function owner(role: string): string {
  return `case when ${role} <> (select quote_ident(current_user)::regrole)
    then quote_ident(pg_get_userbyid(${role})) end`;
}

/** Storage options of a relation `c` and, as they are asked for, of its TOAST table `toast`. */
export const storageOptions = `case when toast.oid is null then ${options("c.reloptions")}
    else ${options("c.reloptions || array(select 'toast.' || x from unnest(toast.reloptions) x)")} end`;

/** To be joined for `storageOptions`: most TOAST tables have none. */
export const toastTable =
  "left join pg_class toast on toast.oid = c.reltoastrelid and toast.reloptions is not null";

/**
 * Access privileges as a sorted list of aclitems; null where they are what a new object has.
 * `type` is the letter that `acldefault` takes.
 */
export function privileges(acl: string, type: string, role: string): string {
  return `case when ${acl} is not null then (select case when l.now is distinct from l.initial then to_json(coalesce(l.now, '{}')) end
    from (select (select array_agg(x order by x) from unnest(${acl}::text[]) x) as now,
                 (select array_agg(x order by x) from unnest(acldefault(${type}, ${role})::text[]) x) as initial) l) end`;
}

export function comment(catalog: string, oid: string, sub = "0"): string {
  return `(select remark.description from pg_description remark
    where remark.objoid = ${oid} and remark.classoid = '${catalog}'::regclass and remark.objsubid = ${sub})`;
}

/** owner, privileges and comment, as most kinds have them. */
export function common(
  catalog: string,
  of: { oid: string; owner: string; acl?: string; aclType?: string },
): string[] {
  return [
    `'owner', ${owner(of.owner)}`,
    ...(of.acl && of.aclType ? [`'privileges', ${privileges(of.acl, of.aclType, of.owner)}`] : []),
    `'comment', ${comment(catalog, of.oid)}`,
  ];
}

/** JSON array of a text[]; null for an empty one. */
export function list(array: string): string {
  return `case when cardinality(${array}) > 0 then to_json(${array}) end`;
}

/** Options (`fillfactor=70`) in one order, whatever the order they were set in. */
export function options(array: string): string {
  return `case when ${array} is not null then (select json_agg(x order by x) from unnest(${array}) x) end`;
}

/** `true`, or absent. */
export function flag(condition: string): string {
  return `case when ${condition} then true end`;
}

/**
 * JSON object of pairs (`'name', expression`) as text, without the nulls, of which there are many: put together by
 * hand because `json_build_object` and `json_strip_nulls` cost more than what they are given.
 */
export function object(...pairs: (string | readonly string[])[]): string {
  const members = pairs.flat().map((pair) => {
    const comma = pair.indexOf(",");
    return `'"${pair.slice(1, comma - 1)}":' || to_json(${pair.slice(comma + 1)})::text`;
  });
  return `'{' || concat_ws(',', ${members.join(", ")}) || '}'`;
}

/** OPTIONS of foreign-data objects as CREATE prints them. */
export function foreignOptions(array: string): string {
  return `(select string_agg(quote_ident(opt.option_name) || ' ' || quote_literal(opt.option_value), ', ' order by opt.option_name)
    from pg_options_to_table(${array}) opt)`;
}
