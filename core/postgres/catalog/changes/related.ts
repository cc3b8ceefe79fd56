import type { Session } from "../../session.ts";
import { type Id, IdSet } from "./ids.ts";
import type { Known, KnownObjects } from "./known-objects.ts";
import { dependentsSql } from "./related-sql.ts";
import { renderable } from "./render.ts";

/**
 * Objects whose definition may read otherwise though no row of theirs was written: what depends on something that was
 * renamed or on a type that changed.
 */
export async function findRelated(
  session: Session,
  known: KnownObjects,
  otherwise: readonly Id[],
): Promise<IdSet> {
  const related = new IdSet(await find(session, dependentsSql, otherwise));
  // The names of columns begin with that of their table; a composite type's columns hang on a relation of its own.
  const owners = new IdSet([...otherwise, ...related]);
  for (const { catalog, oid, sub } of owners) {
    const renamed = otherwise.some((id) => id.catalog === catalog && id.oid === oid && id.sub === sub);
    if (catalog !== "pg_class" || sub > 0 || !(renamed || !known.at({ catalog, oid, sub }))) continue;
    for (const column of known.columnsOf(oid)) related.add(column);
  }
  // A partition key names columns that hang on their table, not the other way round.
  for (const { catalog, oid } of otherwise) {
    const table = { catalog: "pg_class", oid, sub: 0 };
    if (catalog === "pg_attribute" && isPartitioned(known.at(table))) related.add(table);
  }
  for (const id of known.identifiedByIndex) related.add(id);
  return related;
}

function isPartitioned(known: Known | undefined): boolean {
  const object = known?.row.object;
  return object?.kind === "table" && object.attributes.partitionKey !== undefined;
}

async function find(session: Session, sql: string, ids: readonly Id[]): Promise<Id[]> {
  return toIds(
    await session.query(sql, [
      arrayText(ids.map((id) => id.catalog)),
      arrayText(ids.map((id) => id.oid)),
      arrayText(ids.map((id) => id.sub)),
    ]),
  );
}

function toIds(rows: readonly (readonly (string | null)[])[]): Id[] {
  return rows
    .map(([catalog, oid, sub]) => ({ catalog: catalog ?? "", oid: oid ?? "", sub: Number(sub) }))
    .filter((id) => renderable.has(id.catalog));
}

function arrayText(values: readonly (string | number)[]): string {
  return `{${values.join(",")}}`;
}
