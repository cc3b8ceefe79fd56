import { firstUserOid } from "../fragments.ts";
import { type Gate, young } from "./gate.ts";
import { listed } from "./marks.ts";

/**
 * The part of the change function that finds what was deleted. Deleted rows cannot be seen: either some that may be gone
 * are as many as the server says, or what is left is listed, which takes the longer the more there is.
 */
export function whatIsLeft(gate: Gate): string {
  return `    if ${gate.anyDeleted} then
${listed.map((_, index) => deletedFrom(index, gate)).join("\n")}
      if ${gate.deleted("pg_description")} then return query ${commented}; end if;
    end if;
    if ${gate.written("pg_depend")} or ${gate.deleted("pg_depend")} then
      _members := array(select ${young("d")} from pg_depend d where d.refclassid = 'pg_extension'::regclass and d.deptype in ('e', 'x'));
      o1 := 'members'; o2 := cardinality(_members); o3 := cardinality(array_positions(_members, true));
      return next;
    end if;`;
}

function deletedFrom(index: number, gate: Gate): string {
  const { catalog = "", sql = "" } = listed[index] ?? {};
  const suspects = `_suspects[${index + 1}]::oid[]`;
  const rows = gate.deletedRows(catalog);
  return `      if ${gate.deleted(catalog)} then
        _gone := '{}';
        if ${gate.countable} and cardinality(${suspects}) >= ${rows} then
          _gone := array(select s.oid from unnest(${suspects}) s(oid) where not exists (select from ${catalog} x where x.oid = s.oid));
        end if;
        o2 := '${catalog}';
        if cardinality(_gone) = ${rows} then o1 := 'gone'; o3 := array_to_string(_gone, ',');
        else o1 := 'alive'; o3 := array_to_string(array(${sql}), ','); end if;
        return next;
      end if;`;
}

const commented = `select 'commented', case when x.objsubid > 0 then 'pg_attribute' else x.classoid::regclass::text end,
      x.objoid::text, x.objsubid::text, null, null, null, null
    from pg_description x where x.objoid >= ${firstUserOid} or x.classoid = 'pg_namespace'::regclass`;
