import type { Session } from "../../session.ts";
import { chooseSome, type ServerFacts } from "../kind.ts";
import { commonKinds } from "../kinds.ts";
import { type ReadRow, toReadRow } from "../read-kind.ts";
import type { Id } from "./ids.ts";

const catalogs = [...new Set(commonKinds.map((reader) => reader.catalog))];
/** Catalogs whose objects are read one by one. */
export const renderable: ReadonlySet<string> = new Set(catalogs);

/**
 * The definitions of some objects: one statement for the kinds they are of, because a round trip costs more than a
 * branch. What is no object (any more) has no row.
 */
export async function render(session: Session, server: ServerFacts, ids: Iterable<Id>): Promise<ReadRow[]> {
  const chosen = new Map<string, { oids: string[]; subs: number[] }>();
  for (const id of ids) {
    const of = chosen.get(id.catalog) ?? { oids: [], subs: [] };
    chosen.set(id.catalog, of);
    of.oids.push(id.oid);
    of.subs.push(id.sub);
  }
  const present = catalogs.filter((catalog) => chosen.has(catalog));
  const values = present.map((catalog) => arrayText(chosen.get(catalog)?.oids ?? []));
  if (present.includes("pg_attribute")) values.push(arrayText(chosen.get("pg_attribute")?.subs ?? []));
  const rows: ReadRow[] = [];
  for (const [reader, ...row] of await session.query(renderSql(server, present), values)) {
    const kind = commonKinds[Number(reader)];
    if (kind) rows.push(toReadRow(kind, row));
  }
  return rows;
}

/** `$n` are the oids of the n-th catalog; the last parameter has the column numbers. */
function renderSql(server: ServerFacts, present: readonly string[]): string {
  const key = `${server.major} ${server.superuser} ${present.join()}`;
  const known = statements.get(key);
  if (known) return known;
  const sql = commonKinds
    .flatMap((reader, i) => {
      const parameter = present.indexOf(reader.catalog) + 1;
      if (parameter === 0) return [];
      const columns = `select * from unnest($${parameter}::oid[], $${present.length + 1}::int2[])`;
      const chosen = chooseSome(reader.sql(server), `$${parameter}`, columns);
      return [`select ${i}, q.* from (${chosen}) q(oid, sub, kind, name, parent, attributes)`];
    })
    .join("\nunion all\n");
  statements.set(key, sql);
  return sql;
}

const statements = new Map<string, string>();

function arrayText(values: readonly (string | number)[]): string {
  return `{${values.join(",")}}`;
}
