import { firstUserOid } from "../fragments.ts";
import { chooseSome, type KindReader, type ServerFacts } from "../kind.ts";
import { commonKinds } from "../kinds.ts";
import { counted } from "./counters.ts";
import { listed, type Mark, marks } from "./marks.ts";
import { type AskOptions, momentSql } from "./moment.ts";
import { readersSql } from "./related-sql.ts";

/** Its parameters: boundary, `alone` and counters of the last reading, and whether anything is printed from trees. */
export const callChangeFunction =
  "select * from pg_temp.switchback_changes($1::xid, $2::bool, $3::int8[], $4::int8[], $5::bool)";

/**
 * What was touched since the last reading, and how that reads now, as a function: one journey to the server does it
 * all, only what moved is looked at, and each statement is planned once. It stands in the temporary schema of the
 * reading session, where migrations do not meet it.
 *
 * Catalogs are MVCC tables: a row that was written since has a younger xmin. Where as many young rows stand at the end
 * of a catalog as were written to it, none is missing; else all of it is scanned.
 *
 * Rows, as texts:
 * - `moment`: boundary, alone, rows written, rows deleted
 * - `dirty`: catalog, oids, subs
 * - `object`: number of its kind, then what the SQL of the kind yields
 * - `alive`: catalog, oids that are left
 * - `commented`: catalog, oid, sub
 * - `members`: number of members of extensions, how many are new
 */
export function changeFunction(server: ServerFacts, options: AskOptions): string {
  const gate = options.counters ? counterGate : openGate;
  return `create or replace function pg_temp.switchback_changes(
  _boundary xid, _alone bool, _was_written int8[], _was_deleted int8[], _printed bool)
returns table (o1 text, o2 text, o3 text, o4 text, o5 text, o6 text, o7 text, o8 text)
language plpgsql stable as $switchback$
#variable_conflict use_column
declare
  _young int := age(_boundary);
  _moment record;
  _written int8[];
  _deleted int8[];
  _catalogs text[] := '{}';
  _oids oid[] := '{}';
  _subs int[] := '{}';
  _from tid;
  _from_class tid;
  _relations oid[] := '{}';
  _chosen oid[];
  _chosen_subs int2[];
  _forms "char"[];
begin
  select * into _moment from (${momentSql(options)}) m;
  _written := _moment.written;
  _deleted := _moment.deleted;
  return query select 'moment', _moment.boundary, _moment.alone::text, _written::text, _deleted::text, null, null, null;
  _from_class := ${end("pg_class")};
  if ${gate.written("pg_attribute")} then
${columns(gate)}
  end if;
  if ${gate.written("pg_class")} then
${relations(gate)}
  end if;
${marks.map((mark) => otherMark(mark, gate)).join("\n")}
  if _printed then
    _chosen := array(select distinct u.oid from unnest(_catalogs, _oids) u(catalog, oid) where u.catalog in ('pg_class', 'pg_attribute'));
    if cardinality(_chosen) > 0 then
${add(readersSql("_chosen"))}
    end if;
  end if;
  return query select 'dirty', u.catalog, string_agg(u.oid::text, ','), string_agg(u.sub::text, ','), null, null, null, null
    from unnest(_catalogs, _oids, _subs) u(catalog, oid, sub) group by u.catalog;
${byCatalog()
  .map(([catalog, kinds]) => objects(catalog, kinds, server))
  .join("\n")}
${listed.map(({ catalog, sql }) => `  if ${gate.deleted(catalog)} then return query select 'alive', '${catalog}', (${sql}), ${nulls(5)}; end if;`).join("\n")}
  if ${gate.deleted("pg_description")} then return query ${commented}; end if;
  if ${gate.written("pg_depend")} or ${gate.deleted("pg_depend")} then return query ${members}; end if;
end $switchback$`;
}

/** Conditions: was a catalog written to, or deleted from, and do `found` rows fall short of what was written? */
interface Gate {
  written(catalog: string): string;
  deleted(catalog: string): string;
  short(catalog: string, found: string): string;
}

const counterGate: Gate = {
  written: (catalog) => `_written[${place(catalog)}] <> _was_written[${place(catalog)}]`,
  deleted: (catalog) => `_deleted[${place(catalog)}] <> _was_deleted[${place(catalog)}]`,
  short: (catalog, found) =>
    `not _alone or (${found}) < _written[${place(catalog)}] - _was_written[${place(catalog)}]`,
};

/** Where nothing is counted everything may have changed. */
const openGate: Gate = { written: () => "true", deleted: () => "true", short: () => "true" };

function place(catalog: string): number {
  return counted.indexOf(catalog) + 1;
}

const nulls = (count: number) => Array(count).fill("null").join(", ");
const young = (alias: string) => `age(${alias}.xmin) <= _young`;

/** Where the last two pages of a catalog begin: for a variable, because in a query it would be asked for every row. */
const end = (catalog: string) =>
  `('(' || greatest(pg_relation_size('${catalog}') / current_setting('block_size')::int - 2, 0) || ',0)')::tid`;

/** The statement that notes ids: `catalog, oid, sub`. */
function add(sql: string): string {
  return `    select _catalogs || coalesce(array_agg(q.catalog), '{}'), _oids || coalesce(array_agg(q.oid), '{}'), _subs || coalesce(array_agg(q.sub), '{}')
      into _catalogs, _oids, _subs from (${sql}) q(catalog, oid, sub);`;
}

/** The largest catalog: young columns at its end, or else with those of young relations, or else all of them. */
function columns(gate: Gate): string {
  const last = `select a.attrelid, a.attnum from pg_attribute a where a.ctid >= _from and ${young("a")}`;
  const near = `${last}
      union select a.attrelid, a.attnum from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.ctid >= _from_class and ${young("c")} and ${young("a")}`;
  const all = `select a.attrelid, a.attnum from pg_attribute a where ${young("a")}`;
  const find = (sql: string) =>
    `select array_agg(a.attrelid), array_agg(a.attnum) into _relations, _chosen_subs from (${sql}) a;`;
  const short = gate.short("pg_attribute", "coalesce(cardinality(_relations), 0)");
  // A column of a composite type, a view or an index is part of the definition of that.
  const ids = `select o.catalog, o.oid, o.sub
        from unnest(_relations, _chosen_subs) a(relation, number) join pg_class c on c.oid = a.relation,
          unnest(array['pg_attribute', case c.relkind when 'c' then 'pg_type' else 'pg_class' end],
            array[a.relation, case c.relkind when 'c' then c.reltype else a.relation end], array[a.number::int, 0]) o(catalog, oid, sub)
        where a.number > 0 and a.relation >= ${firstUserOid} and c.relkind <> 't'
          and case when o.sub > 0 then c.relkind not in ('i', 'I', 'S') else c.relkind not in ('r', 'p') end`;
  return `    _from := ${end("pg_attribute")};
    ${find(last)}
    if ${short} then ${find(near)} end if;
    if ${short} then ${find(all)} end if;
${add(ids)}`;
}

/** Young relations: at the end of pg_class, and among those with a young column. */
function relations(gate: Gate): string {
  return `    _chosen := array(select c.oid from pg_class c where c.ctid >= _from_class and ${young("c")}
      union select c.oid from pg_class c where c.oid = any(_relations) and ${young("c")});
    if ${gate.short("pg_class", "cardinality(_chosen)")} then
      _chosen := array(select c.oid from pg_class c where ${young("c")});
    end if;
${add(`select case c.relkind when 'c' then 'pg_type' else 'pg_class' end, case c.relkind when 'c' then c.reltype else c.oid end, 0
        from pg_class c where c.oid = any(_chosen) and c.oid >= ${firstUserOid} and c.relkind <> 't'`)}`;
}

function otherMark({ from, sql }: Mark, gate: Gate): string {
  return `  if ${gate.written(from)} then
    _from := ${end(from)};
    if ${gate.short(from, `select count(*) from ${from} x where x.ctid >= _from and ${young("x")}`)} then _from := '(0,0)'; end if;
${add(sql.replaceAll("{recent x}", `x.ctid >= _from and ${young("x")}`))}
  end if;`;
}

function byCatalog(): [string, KindReader[]][] {
  const kinds = new Map<string, KindReader[]>();
  for (const kind of commonKinds) kinds.set(kind.catalog, [...(kinds.get(kind.catalog) ?? []), kind]);
  return [...kinds];
}

/** The definitions of what was noted of one catalog. */
function objects(catalog: string, kinds: readonly KindReader[], server: ServerFacts): string {
  const form = kinds.find((kind) => kind.forms)?.forms?.column;
  const forms = form
    ? `    _forms := array(select distinct x.${form} from ${catalog} x where x.oid = any(_chosen));\n`
    : "";
  return `  if '${catalog}' = any(_catalogs) then
    select array_agg(u.oid), array_agg(u.sub::int2) into _chosen, _chosen_subs
      from (select distinct d.oid, d.sub from unnest(_catalogs, _oids, _subs) d(catalog, oid, sub) where d.catalog = '${catalog}') u;
${forms}${kinds.map((kind) => kindObjects(kind, server)).join("\n")}
  end if;`;
}

function kindObjects(kind: KindReader, server: ServerFacts): string {
  const sql = chooseSome(kind.sql(server), "_chosen", "_chosen_subs");
  const query = `return query select 'object', '${commonKinds.indexOf(kind)}', q.oid::text, q.sub::text, q.kind::text, q.name::text, q.parent::text, q.attributes::text
      from (${sql}) q(oid, sub, kind, name, parent, attributes);`;
  return kind.forms ? `    if _forms && '{${kind.forms.values}}' then ${query} end if;` : `    ${query}`;
}

const commented = `select 'commented', case when x.objsubid > 0 then 'pg_attribute' else x.classoid::regclass::text end,
      x.objoid::text, x.objsubid::text, ${nulls(4)}
    from pg_description x where x.objoid >= ${firstUserOid} or x.classoid = 'pg_namespace'::regclass`;

const members = `select 'members', count(*)::text, (count(*) filter (where ${young("d")}))::text, ${nulls(5)}
    from pg_depend d where d.refclassid = 'pg_extension'::regclass and d.deptype = 'e'`;
