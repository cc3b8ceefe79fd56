import { dequal } from "dequal";
import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf } from "../../../catalog/model.ts";
import { ownName } from "./sql-name.ts";

/** An object that still exists, as it is and as it was. */
export interface Altered {
  readonly now: CatalogObject;
  readonly before: CatalogObject;
}

/**
 * What is left to be done on an inherited column when its parent's is as before: ALTER of the one changes the other as
 * well, and by itself PostgreSQL refuses to change the type of the heir.
 */
export function besideParent(catalog: Catalog, pair: Altered, altered: readonly Altered[]): Altered {
  const { now, before } = pair;
  if (now.kind !== "column" || now.parent === undefined) return pair;
  const table = catalog.at(now.parent);
  if (table?.kind !== "table") return pair;
  const { partitionOf, inherits = [] } = table.attributes;
  const columns = [...inherits, ...(partitionOf === undefined ? [] : [partitionOf])].map(
    (parent) => `${parent}.${ownName(now)}`,
  );
  const parent = altered.find((other) => other.now.kind === "column" && columns.includes(other.now.name));
  const [is, was, parentIs, parentWas] = [now, before, parent?.now, parent?.before].map(
    (it) => it?.attributes as Readonly<Record<string, unknown>> | undefined,
  );
  const isPartition = partitionOf !== undefined || becomesPartition(table, altered);
  const isDone = (name: string) =>
    // A partition has the identity of its whole, and none to be changed (since 17).
    (name === "identity" && isPartition && !countsItself(catalog, now)) ||
    (parent !== undefined && dequal(is?.[name], parentIs?.[name]) && dequal(was?.[name], parentWas?.[name]));
  const done = Object.keys({ ...is, ...was }).filter(isDone);
  const attributes = { ...is, ...Object.fromEntries(done.map((name) => [name, was?.[name]])) };
  return { now: { ...now, attributes } as CatalogObject, before };
}

function countsItself(catalog: Catalog, column: CatalogObject): boolean {
  return [...catalog.dependentsOf(keyOf("column", column.name))].some(({ kind }) => kind === "sequence");
}

function becomesPartition(table: CatalogObject, altered: readonly Altered[]): boolean {
  const before = altered.find(({ now }) => now.kind === "table" && now.name === table.name)?.before;
  return before?.kind === "table" && before.attributes.partitionOf !== undefined;
}
