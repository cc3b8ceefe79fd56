import { firstUserOid } from "../fragments.ts";
import { chooseSome, type KindReader, type ServerFacts } from "../kind.ts";
import { commonKinds } from "../kinds.ts";
import { packedSql, unpackedSql } from "./column-ids.ts";
import { counterGate, type Gate, openGate, young } from "./gate.ts";
import { type Mark, marks, seldom } from "./marks.ts";
import { type AskOptions, momentSql } from "./moment.ts";
import { readersSql } from "./related-sql.ts";
import { whatIsLeft } from "./what-is-left.ts";

/**
 * Its parameters: boundary, `alone` and counters of the last reading, whether anything is printed from trees, from how
 * many pages on pg_attribute is not scanned where young rows may be missing, which is only said then, and oids of each
 * of `listed` that may be gone.
 */
export const callChangeFunction =
  "select * from pg_temp.switchback_changes($1::xid, $2::bool, $3::int8[], $4::int8[], $5::bool, $6::int, $7::text[])";

/** Its last parameter alone: oids of each of `catalogs`, of columns packed ids. Only objects are returned, those. */
export const callForObjects =
  "select * from pg_temp.switchback_changes(null, null, null, null, null, null, null, $1::text[])";

/** Catalogs whose objects are read one by one. Each has a variable, the oids of what was touched: `_pg_class`. */
export const catalogs: readonly string[] = [...new Set(commonKinds.map((kind) => kind.catalog))];

/**
 * What was touched since the last reading, and how that reads now, as a function: one journey to the server does it
 * all, only what moved is looked at, and each statement is planned once. It stands in the temporary schema of the
 * reading session, where migrations do not meet it.
 *
 * Catalogs are MVCC tables: a row that was written since has a younger xmin. Where as many young rows stand at the end
 * of a catalog as were written to it, none is missing; else all of it is scanned.
 *
 * PostgreSQL sets up each statement anew for each call, which costs more than running it: so there are few of them, and
 * arrays of subqueries, which are set up faster than aggregates.
 *
 * Rows, as texts:
 * - `moment`: boundary, alone, rows written, rows deleted
 * - `unsure`: how often pg_attribute was written, rows found there, packed ids of those with a value for older rows
 * - `dirty`: catalog, oids; of columns `packed` ids; of what only has a comment the catalog alone
 * - `object`: number of its kind, then what the SQL of the kind yields
 * - `gone`: catalog, oids of those that may be gone which are, where nothing else is
 * - `alive`: catalog, oids that are left, where something else may be gone
 * - `commented`: catalog, oid, sub
 * - `members`: number of members of extensions, how many are new
 */
export function changeFunction(server: ServerFacts, options: AskOptions): string {
  const gate = options.counters ? counterGate : openGate;
  return `create or replace function pg_temp.switchback_changes(
  _boundary xid, _alone bool, _was_written int8[], _was_deleted int8[], _printed bool, _large int,
  _suspects text[], _asked text[] default null)
returns table (o1 text, o2 text, o3 text, o4 text, o5 text, o6 text, o7 text, o8 text)
language plpgsql stable as $switchback$
#variable_conflict use_column
declare
  _young int := age(_boundary);
  _written int8[];
  _deleted int8[];
  ${catalogs.map((catalog) => `${touched(catalog)} ${catalog === "pg_attribute" ? "int8" : "oid"}[] := '{}';`).join("\n  ")}
  _from tid;
  _from_class tid;
  _from_default tid;
  _columns int8[] := '{}';
  _with_columns oid[] := '{}';
  _relations oid[];
  _gone oid[];
  _tables oid[];
  _members bool[];
  _forms "char"[];
begin
  if _asked is null then
${whatMoved(options, gate)}
  else
${catalogs.map(askedFor).join("\n")}
  end if;
${catalogs.map((catalog) => objects(catalog, server)).join("\n")}
  if _asked is null then
${whatIsLeft(gate)}
  end if;
end $switchback$`;
}

function whatMoved(options: AskOptions, gate: Gate): string {
  const [seldomMarks, usualMarks] = [marks.filter(isSeldom), marks.filter((mark) => !isSeldom(mark))];
  const others = (some: readonly Mark[]) => byCatalog(some).map(([from, its]) => other(from, its, gate));
  return `    select m.boundary, m.alone::text, m.written, m.deleted into o2, o3, _written, _deleted from (${momentSql(options)}) m;
    o1 := 'moment'; o4 := _written::text; o5 := _deleted::text;
    return next;
    o4 := null; o5 := null;
    if ${gate.written("pg_attribute")} or ${gate.written("pg_class")} then
      _from_class := ${end("pg_class", gate)};
    end if;
    if ${gate.written("pg_attribute")} then
${columns(gate)}
    end if;
    if ${gate.written("pg_class")} then
${relations(gate)}
    end if;
${others(usualMarks).join("\n")}
    if ${gate.anyWritten(seldom)} then
${others(seldomMarks).join("\n")}
    end if;
    if ${gate.written("pg_description")} then
${remarks(gate)}
    end if;
    if _printed and (_pg_class <> '{}' or _pg_attribute <> '{}') then
${readers}
    end if;`;
}

function isSeldom({ from }: Mark): boolean {
  return seldom.includes(from);
}

/** The variable with the oids of a catalog that were touched; of pg_attribute packed ids. */
function touched(catalog: string): string {
  return `_${catalog}`;
}

function askedFor(catalog: string, index: number): string {
  const type = catalog === "pg_attribute" ? "int8" : "oid";
  return `    ${touched(catalog)} := coalesce(_asked[${index + 1}], '{}')::${type}[];`;
}

const pages = (catalog: string) => `pg_relation_size('${catalog}') / current_setting('block_size')::int`;

/** Rows of pg_class to a page; of other catalogs there are more. */
const rowsPerPage = 32;

/**
 * Where the last pages of a catalog begin, two and what was written since would fill: for a variable, because in a
 * query it would be asked for every row.
 */
const end = (catalog: string, gate: Gate) =>
  `('(' || greatest(${pages(catalog)} - 2 - ${gate.rows(catalog)} / ${rowsPerPage}, 0) || ',0)')::tid`;

/**
 * The largest catalog: young columns at its end, or else with those of young relations and defaults, or else all of
 * them. Where a column was written twice there seem to be too few, so that is left to be asked for.
 */
function columns(gate: Gate): string {
  const id = packedSql("a.attrelid", "a.attnum");
  const last = `select ${id} from pg_attribute a where a.ctid >= _from and ${young("a")}`;
  const near = `${last}
      union select ${id} from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.ctid >= _from_class and ${young("c")} and ${young("a")}
      union select ${id} from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where d.ctid >= _from_default and ${young("d")} and ${young("a")}`;
  const all = `select ${id} from pg_attribute a where ${young("a")}`;
  const short = gate.short("pg_attribute", "_columns");
  const { relation, number } = unpackedSql("u.id");
  const missing = `select u.id from unnest(_columns) u(id) join pg_attribute a
        on a.attrelid = ${relation} and a.attnum = ${number} where a.atthasmissing`;
  const of = (what: string, which: string) =>
    `array(select ${what} from pg_class c where c.oid = any(_with_columns) and c.oid >= ${firstUserOid} and ${which})`;
  // A column of a composite type, a view or an index is part of the definition of that; a view's has a name of its own.
  return `    _from := ${end("pg_attribute", gate)};
    _columns := array(${last});
    if ${short} then
      _from_default := ${end("pg_attrdef", gate)};
      _columns := array(${near});
      if ${short} and ${gate.countable} and ${pages("pg_attribute")} >= _large then
        o1 := 'unsure'; o2 := ${gate.rows("pg_attribute")}; o3 := cardinality(_columns); o4 := array_to_string(array(${missing}), ',');
        return next;
        o4 := null;
      elsif ${short} then _columns := array(${all}); end if;
    end if;
    _with_columns := array(select distinct ${relation} from unnest(_columns) u(id));
    _forms := array(select distinct c.relkind from pg_class c where c.oid = any(_with_columns));
    _tables := ${of("c.oid", "c.relkind not in ('i', 'I', 'S', 't')")};
    _pg_attribute := array(select u.id from unnest(_columns) u(id) where ${number} > 0 and ${relation} = any(_tables));
    if not _forms <@ '{r,p,t}' then _pg_class := ${of("c.oid", "c.relkind not in ('r', 'p', 't', 'c')")}; end if;
    if 'c' = any(_forms) then _pg_type := ${of("c.reltype", "c.relkind = 'c'")}; end if;`;
}

/** Young relations: at the end of pg_class, or else with those that have a young column, or else all of them. */
function relations(gate: Gate): string {
  const last = `select c.oid from pg_class c where c.ctid >= _from_class and ${young("c")}`;
  const near = `${last} union select c.oid from pg_class c where c.oid = any(_with_columns) and ${young("c")}`;
  const all = `select c.oid from pg_class c where ${young("c")}`;
  const short = gate.short("pg_class", "_relations");
  return `    _relations := array(${last});
    if ${short} then _relations := array(${near}); end if;
    if ${short} then _relations := array(${all}); end if;
    _pg_class := _pg_class || _relations;
    _forms := array(select distinct c.relkind from pg_class c where c.oid = any(_relations));
    if 'c' = any(_forms) then
      _pg_type := _pg_type || array(select c.reltype from pg_class c where c.oid = any(_relations) and c.relkind = 'c');
    end if;`;
}

/** The objects that young rows of another catalog belong to. */
function other(from: string, its: readonly Mark[], gate: Gate): string {
  const recent = `x.ctid >= _from and ${young("x")}`;
  const add = ({ into, sql }: Mark) =>
    `    ${touched(into)} := ${touched(into)} || array(${sql.replaceAll("{recent x}", recent)});`;
  return `  if ${gate.written(from)} then
    _from := ${end(from, gate)};
    if ${gate.short(from, `array(select 1 from ${from} x where ${recent})`)} then _from := '(0,0)'; end if;
${its.map(add).join("\n")}
  end if;`;
}

/** Comments may stand on anything. */
function remarks(gate: Gate): string {
  const recent = `x.ctid >= _from and ${young("x")}`;
  const known = catalogs
    .filter((catalog) => catalog !== "pg_attribute")
    .map(
      (catalog) => `        when '${catalog}' then ${touched(catalog)} := ${touched(catalog)} || o3::oid;`,
    );
  return `    _from := ${end("pg_description", gate)};
    if ${gate.short("pg_description", `array(select 1 from pg_description x where ${recent})`)} then _from := '(0,0)'; end if;
    for o2, o3 in select case when x.objsubid > 0 then 'pg_attribute' else x.classoid::regclass::text end,
          case when x.objsubid > 0 then ${packedSql("x.objoid", "x.objsubid")}::text else x.objoid::text end
        from pg_description x where ${recent} loop
      case o2
        when 'pg_attribute' then _pg_attribute := _pg_attribute || o3::int8;
${known.join("\n")}
        else o1 := 'dirty'; return next;
      end case;
    end loop;`;
}

const relationsOfColumns = `array(select distinct ${unpackedSql("u.id").relation} from unnest(_pg_attribute) u(id))`;

/** Few relations are read by anything that is printed: whether one is costs less than the search for it. */
const readers = `    _relations := _pg_class || ${relationsOfColumns};
    if exists (select from pg_depend d where d.refclassid = 'pg_class'::regclass and d.refobjid = any(_relations)
        and d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass)) then
      for o2, o3 in select r.catalog, r.oid::text from (${readersSql("_relations")}) r(catalog, oid, sub) loop
        case o2
          when 'pg_class' then _pg_class := _pg_class || o3::oid;
          when 'pg_rewrite' then _pg_rewrite := _pg_rewrite || o3::oid;
          when 'pg_proc' then _pg_proc := _pg_proc || o3::oid;
          else null;
        end case;
      end loop;
    end if;`;

function byCatalog(some: readonly Mark[]): [string, Mark[]][] {
  const groups = new Map<string, Mark[]>();
  for (const mark of some) groups.set(mark.from, [...(groups.get(mark.from) ?? []), mark]);
  return [...groups];
}

/** What was touched of one catalog, and the definitions of that. */
function objects(catalog: string, server: ServerFacts): string {
  const kinds = commonKinds.filter((kind) => kind.catalog === catalog);
  const form = kinds.find((kind) => kind.forms)?.forms?.column;
  const relations = catalog === "pg_attribute" ? `    _relations := ${relationsOfColumns};\n` : "";
  const forms = form
    ? `    _forms := array(select distinct x.${form} from ${catalog} x where x.oid = any(${touched(catalog)}));\n`
    : "";
  return `  if ${touched(catalog)} <> '{}' then
    o1 := 'dirty'; o2 := '${catalog}'; o3 := array_to_string(${touched(catalog)}, ','); return next;
${relations}${forms}${kinds.map((kind) => kindObjects(kind, server)).join("\n")}
  end if;`;
}

function kindObjects(kind: KindReader, server: ServerFacts): string {
  const { relation, number } = unpackedSql("u.id");
  const sql = chooseSome(
    kind.sql(server),
    kind.catalog === "pg_attribute" ? "_relations" : touched(kind.catalog),
    `select ${relation}, ${number} from unnest(_pg_attribute) u(id)`,
  );
  const query = `return query select 'object', '${commonKinds.indexOf(kind)}', q.oid::text, q.sub::text, q.kind::text, q.name::text, q.parent::text, q.attributes::text
      from (${sql}) q(oid, sub, kind, name, parent, attributes);`;
  return kind.forms ? `    if _forms && '{${kind.forms.values}}' then ${query} end if;` : `    ${query}`;
}
