/**
 * Key words that cannot stand as a name without quotes: every one that PostgreSQL 18's `quote_identifier` quotes
 * (all categories but "unreserved", src/include/parser/kwlist.h).
 */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast
  char character check coalesce collate collation column concurrently constraint create cross current_catalog
  current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable
  desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group
  grouping having ilike in initially inner inout int integer intersect interval into is isnull join json json_array
  json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
  lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none normalize
  not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision
  primary real references returning right row select session_user setof similar smallint some substring symmetric
  system_user table tablesample then time timestamp to trailing treat trim true union unique user using values varchar
  variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces
  xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

/** The same few names are asked for again and again, by each statement and each rule. */
const spelt = new Map<string, string>();
const mostSpelt = 20_000;

/** A name as SQL must spell it: unchanged where it folds to itself, else in double quotes. */
export function quoteIdentifier(name: string): string {
  const known = spelt.get(name);
  if (known !== undefined) return known;
  const sql = spell(name);
  if (spelt.size >= mostSpelt) spelt.clear();
  spelt.set(name, sql);
  return sql;
}

function spell(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** `schema.name`, each part quoted where it must be. */
export function qualify(...parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join(".");
}

/** The parts of a qualified name, without their quotes. The reverse of `qualify`. */
export function splitQualified(name: string): string[] {
  if (!name.includes('"')) return name.split(".").filter((part) => part !== "");
  const parts: string[] = [];
  for (const match of name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)) {
    parts.push(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"'));
  }
  return parts;
}

/** The last part, without quotes. */
export function lastPart(name: string): string {
  if (!name.includes('"')) return name.slice(name.lastIndexOf(".") + 1);
  return splitQualified(name).at(-1) ?? name;
}
