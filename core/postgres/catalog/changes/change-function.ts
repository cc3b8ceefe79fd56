import { chooseSome, type KindReader, type ServerFacts } from "../kind.ts";
import { commonKinds } from "../kinds.ts";
import { unpackedSql } from "./column-ids.ts";
import { counterGate, openGate } from "./gate.ts";
import type { AskOptions } from "./moment.ts";
import { catalogs, relationsOfColumns, touched } from "./touched.ts";
import { whatIsLeft } from "./what-is-left.ts";
import { whatWasWritten } from "./what-was-written.ts";

/**
 * Its parameters: boundary, `alone`, counters and newest relation of the last reading, whether anything is printed from
 * trees, from how many pages on pg_attribute is not scanned where young rows may be missing, which is only said then,
 * oids of each of `listed` that may be gone, and words of the scripts that ran.
 */
export const callChangeFunction =
  "select * from pg_temp.switchback_changes($1::xid, $2::bool, $3::int8[], $4::int8[], $5::oid, $6::bool, $7::int, $8::text[], $9::name[])";

export const dropChangeFunction = "drop function if exists pg_temp.switchback_changes";

/** Oids of each of `catalogs`, of columns packed ids: only objects are returned, those. */
export const callForObjects = "select * from pg_temp.switchback_changes(_asked => $1::text[])";

/**
 * What was touched since the last reading, and how that reads now, as a function: one journey to the server does it
 * all, only what moved is looked at, and each statement is planned once. It stands in the temporary schema of the
 * reading session, where migrations do not meet it.
 *
 * Catalogs are MVCC tables: a row that was written since has a younger xmin. Where as many young rows stand at the end
 * of a catalog, and where the scripts point to, as were written to it, none is missing; else all of it is scanned.
 *
 * PostgreSQL sets up each statement anew for each call, which costs more than running it: so there are few of them, and
 * arrays of subqueries, which are set up faster than aggregates.
 *
 * Rows, as texts:
 * - `moment`: boundary, alone, rows written, rows deleted, oid of the newest relation
 * - `unsure`: how often pg_attribute was written, rows found there, packed ids of those with a value for older rows, of
 *   those whose default was written
 * - `dirty`: catalog, oids; of columns `packed` ids; of what only has a comment the catalog alone
 * - `unread`: catalog, oids of rows that were written and are no objects
 * - `object`: number of its kind, then what the SQL of the kind yields
 * - `gone`: catalog, oids of those that may be gone which are, where nothing else is
 * - `alive`: catalog, oids that are left, where something else may be gone
 * - `commented`: catalog, oid, sub
 * - `members`: number of members of extensions, how many are new
 */
export function changeFunction(server: ServerFacts, options: AskOptions): string {
  const gate = options.counters ? counterGate : openGate;
  return `create or replace function pg_temp.switchback_changes(
  _boundary xid default null, _alone bool default null, _was_written int8[] default null, _was_deleted int8[] default null,
  _newest oid default null, _printed bool default null, _large int default null, _suspects text[] default null,
  _names name[] default null, _asked text[] default null)
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
  _named oid[];
  _is_large bool;
  _gone oid[];
  _tables oid[];
  _members bool[];
  _forms "char"[];
begin
  if _asked is null then
${whatWasWritten(options, gate)}
  else
${catalogs.map(askedFor).join("\n")}
  end if;
${catalogs.map((catalog) => objects(catalog, server)).join("\n")}
  if _asked is null then
${whatIsLeft(gate)}
  end if;
end $switchback$`;
}

function askedFor(catalog: string, index: number): string {
  const type = catalog === "pg_attribute" ? "int8" : "oid";
  return `    ${touched(catalog)} := coalesce(_asked[${index + 1}], '{}')::${type}[];`;
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
  if (kind.when) {
    return `    if exists (select from ${kind.catalog} x where x.oid = any(${touched(kind.catalog)}) and ${kind.when}) then ${query} end if;`;
  }
  return kind.forms ? `    if _forms && '{${kind.forms.values}}' then ${query} end if;` : `    ${query}`;
}
