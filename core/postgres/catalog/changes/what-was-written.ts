import { ofUser } from "../fragments.ts";
import { packedSql, unpackedSql } from "./column-ids.ts";
import { type Gate, young } from "./gate.ts";
import { type Mark, marks, seldom, unread } from "./marks.ts";
import { type AskOptions, momentSql } from "./moment.ts";
import { namedRows, nameRelations } from "./named.ts";
import { readersSql } from "./related-sql.ts";
import { catalogs, relationsOfColumns, touched } from "./touched.ts";

/** The part of the change function that finds what was written. */
export function whatWasWritten(options: AskOptions, gate: Gate): string {
  const [seldomMarks, usualMarks] = [marks.filter(isSeldom), marks.filter((mark) => !isSeldom(mark))];
  const others = (some: readonly Mark[]) => byCatalog(some).map(([from, its]) => other(from, its, gate));
  return `    select m.boundary, m.alone::text, m.written, m.deleted, m.newest into o2, o3, _written, _deleted, o6 from (${momentSql(options)}) m;
    o1 := 'moment'; o4 := _written::text; o5 := _deleted::text;
    return next;
    o4 := null; o5 := null; o6 := null;
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

function byCatalog(some: readonly Mark[]): [string, Mark[]][] {
  const groups = new Map<string, Mark[]>();
  for (const mark of some) groups.set(mark.from, [...(groups.get(mark.from) ?? []), mark]);
  return [...groups];
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
 * The largest catalog: young columns at its end, or else with those of young relations and of young defaults, or else
 * with those of what the scripts name, or else all of them. Where a column was written twice there seem to be too few,
 * so that is left to be asked for where the catalog is large, and where it is small names are not looked up in vain.
 */
function columns(gate: Gate): string {
  const id = packedSql("a.attrelid", "a.attnum");
  const last = `select ${id} from pg_attribute a where a.ctid >= _from and ${young("a")}`;
  const withDefault = `select ${packedSql("d.adrelid", "d.adnum")} from pg_attrdef d where d.ctid >= _from_default and ${young("d")}`;
  const near = `${last}
      union select ${id} from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.ctid >= _from_class and ${young("c")} and ${young("a")}
      union select ${id} from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where d.ctid >= _from_default and ${young("d")} and ${young("a")}`;
  const named = `select ${id} from pg_attribute a where a.attrelid = any(_named) and ${young("a")}
      union select u.id from unnest(_columns) u(id)`;
  const all = `select ${id} from pg_attribute a where ${young("a")}`;
  const short = gate.short("pg_attribute", "cardinality(_columns)");
  const { relation, number } = unpackedSql("u.id");
  // A column that was found, or one whose default is gone, was written up to twice more.
  const mayBeSecondWrites = `(${gate.rows("pg_attribute")} <= 3 * cardinality(_columns) + ${gate.deletedRows("pg_attrdef")})`;
  const missing = `select u.id from unnest(_columns) u(id) join pg_attribute a
        on a.attrelid = ${relation} and a.attnum = ${number} where a.atthasmissing`;
  const joined = (query: string) => `array_to_string(array(${query}), ',')`;
  const of = (what: string, which: string) =>
    `array(select ${what} from pg_class c where c.oid = any(_with_columns) and ${ofUser("c.oid")} and ${which})`;
  // A column of a composite type, a view or an index is part of the definition of that; a view's has a name of its own.
  return `    _from := ${end("pg_attribute", gate)};
    _columns := array(${last});
    if ${short} then
      _from_default := ${end("pg_attrdef", gate)};
      _columns := array(${near});
      _is_large := ${pages("pg_attribute")} >= _large;
      if ${short} and (_is_large or not ${mayBeSecondWrites}) then
        ${nameRelations}
        _columns := array(${named});
      end if;
      if ${short} and ${gate.countable} and _is_large and ${mayBeSecondWrites} then
        o1 := 'unsure'; o2 := ${gate.rows("pg_attribute")}; o3 := cardinality(_columns); o4 := ${joined(missing)}; o5 := ${joined(withDefault)};
        return next;
        o4 := null; o5 := null;
      elsif ${short} then _columns := array(${all}); end if;
    end if;
    _with_columns := array(select distinct ${relation} from unnest(_columns) u(id));
    _forms := array(select distinct c.relkind from pg_class c where c.oid = any(_with_columns));
    _tables := ${of("c.oid", "c.relkind not in ('i', 'I', 'S', 't')")};
    _pg_attribute := array(select u.id from unnest(_columns) u(id) where ${number} > 0 and ${relation} = any(_tables));
    if not _forms <@ '{r,p,t}' then _pg_class := ${of("c.oid", "c.relkind not in ('r', 'p', 't', 'c')")}; end if;
    if 'c' = any(_forms) then _pg_type := ${of("c.reltype", "c.relkind = 'c'")}; end if;`;
}

/**
 * How often the row of a relation was written at least. Its row is inserted bare, and each of these is noted by an
 * update of its own (heap_create, src/backend/catalog/heap.c, and who calls it; counted on 15 to 18). An index is a
 * partition from the first.
 */
const writesOfRelation = `1 + case when c.oid <= _newest then 0 else
        (c.reltoastrelid <> 0)::int + (c.relchecks > 0)::int + c.relhastriggers::int + c.relhasrules::int
          + (c.relispartition and c.relkind in ('r', 'p', 'f'))::int end`;

/**
 * Young relations: at the end of pg_class, or else with those that have a young column, or else with those that the
 * scripts name, or else all of them.
 */
function relations(gate: Gate): string {
  const last = `select c.oid from pg_class c where c.ctid >= _from_class and ${young("c")}`;
  const near = `${last}
      union select c.oid from pg_class c where c.oid = any(_with_columns) and ${young("c")}`;
  const named = `select c.oid from pg_class c where c.oid = any(_relations || _named) and ${young("c")}`;
  const all = `select c.oid from pg_class c where ${young("c")}`;
  const writes = `(select coalesce(sum(${writesOfRelation}), 0) from pg_class c where c.oid = any(_relations))`;
  const short = gate.short("pg_class", "cardinality(_relations)");
  const shorter = gate.short("pg_class", writes);
  // To compare two numbers takes PostgreSQL less than to ask a query.
  return `    _relations := array(${last});
    if ${short} then
      _relations := array(${near});
      if ${short} then
        if ${shorter} then
          ${nameRelations}
          _relations := array(${named});
          if ${shorter} then _relations := array(${all}); end if;
        end if;
      end if;
    end if;
    _pg_class := _pg_class || _relations;
    _forms := array(select distinct c.relkind from pg_class c where c.oid = any(_relations));
    if 'c' = any(_forms) then
      _pg_type := _pg_type || array(select c.reltype from pg_class c where c.oid = any(_relations) and c.relkind = 'c');
    end if;`;
}

/**
 * The objects that young rows of another catalog belong to: of rows at its end, or else with those of what the scripts
 * name, or else of all.
 */
function other(from: string, its: readonly Mark[], gate: Gate): string {
  const recent = `x.ctid >= _from and ${young("x")}`;
  const count = (which: string) => `(select count(*) from ${from} x where ${which})`;
  const add = (which: string) => its.map((mark) => addTo(mark, which)).join("\n");
  const named = namedRows[from];
  const beside = `x.ctid < _from and ${named} and ${young("x")}`;
  const all = "_from := '(0,0)';";
  const more = named
    ? `      ${nameRelations}
      if ${gate.short(from, `${count(recent)} + ${count(beside)}`)} then ${all}
      else
${add(beside)}
      end if;`
    : `      ${all}`;
  return `  if ${gate.written(from)} then
    _from := ${end(from, gate)};
    if ${gate.short(from, count(recent))} then
${more}
    end if;
${add(recent)}${unread[from] ? noteUnread(from, unread[from], recent) : ""}
  end if;`;
}

/** Rows that are no objects: if they are gone next time, nothing else is. */
function noteUnread(from: string, which: string, recent: string): string {
  return `
    o1 := 'unread'; o2 := '${from}'; o3 := array_to_string(array(select x.oid from ${from} x where ${which} and ${recent}), ',');
    if o3 <> '' then return next; end if;`;
}

function addTo({ into, sql }: Mark, which: string): string {
  return `    ${touched(into)} := ${touched(into)} || array(${sql.replaceAll("{recent x}", which)});`;
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
    if ${gate.short("pg_description", `(select count(*) from pg_description x where ${recent})`)} then _from := '(0,0)'; end if;
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
