import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { createObject } from "./create-object.ts";
import { dependencyOrder } from "./dependency-order.ts";
import { isSerial } from "./is-serial.ts";
import type { OriginText } from "./origin-text.ts";
import { exact, type ProposedStatement } from "./proposed.ts";

/** Makes again what was dropped, what others need first. */
export function createAll(gone: readonly CatalogObject[], originText: OriginText): ProposedStatement[] {
  const byKey = new Map(gone.map((object) => [keyIn(object), object]));
  const parts = new Map<ObjectKey, CatalogObject[]>();
  for (const object of gone) {
    if (object.parent !== undefined && byKey.has(object.parent))
      parts.set(object.parent, [...(parts.get(object.parent) ?? []), object]);
  }
  const owned = gone.flatMap((object) => ownedSequence(object, byKey));
  const serials = new Map(owned.filter(isSerial).map(({ column, sequence }) => [column.name, sequence]));
  const apart = owned.filter((it) => !isSerial(it));
  const objects = gone
    .filter((object) => !madeWith(object, byKey) && !owned.some(({ sequence }) => sequence === object))
    // Its column's default needs it; that it belongs to the column is said afterwards.
    .concat(apart.map(({ sequence }) => ({ ...sequence, dependsOn: [] })));
  return dependencyOrder(objects).flatMap((object) => {
    const own = parts.get(keyIn(object)) ?? [];
    const columns = own.filter((part) => part.kind === "column").sort(byPosition);
    const constraints = own.filter((part) => part.kind === "constraint");
    const belonging = apart.filter(({ column }) => column === object || columns.includes(column));
    return [
      ...createObject(object, { columns, constraints, serials }, originText),
      ...belonging.map(({ sequence, column }) => ownedBy(sequence, column.name)),
      ...(gone.includes(object) ? ownerThatStayed(object) : []),
    ];
  });
}

/** A sequence that was dropped by itself belongs to its column again. */
function ownerThatStayed(object: CatalogObject): ProposedStatement[] {
  if (object.kind !== "sequence" || object.attributes.ownedBy === undefined) return [];
  return [ownedBy(object, object.attributes.ownedBy)];
}

function ownedBy(sequence: CatalogObject<"sequence">, column: string): ProposedStatement {
  return exact(`ALTER SEQUENCE ${sequence.name} OWNED BY ${column}`);
}

/** A sequence that fell with its column. */
function ownedSequence(object: CatalogObject, byKey: ReadonlyMap<ObjectKey, CatalogObject>) {
  if (object.kind !== "sequence" || object.attributes.ownedBy === undefined) return [];
  const column = byKey.get(keyOf("column", object.attributes.ownedBy));
  return column?.kind === "column" ? [{ sequence: object, column }] : [];
}

/** Made by another CREATE: columns and constraints of a table, a constraint's index, the index of a partition. */
function madeWith(object: CatalogObject, byKey: ReadonlyMap<ObjectKey, CatalogObject>): boolean {
  if (object.kind === "index") {
    const { constraint, partitionOf } = object.attributes;
    return constraint !== undefined || byKey.has(`index ${partitionOf}`);
  }
  // Inherited: ADD COLUMN of the parent brings it.
  if (object.kind === "column" && object.attributes.inherited) return true;
  const part = object.kind === "column" || object.kind === "constraint";
  return part && object.parent !== undefined && byKey.has(object.parent);
}

function byPosition(a: CatalogObject, b: CatalogObject): number {
  return (a.position ?? 0) - (b.position ?? 0);
}

function keyIn({ kind, name }: CatalogObject): ObjectKey {
  return keyOf(kind, name);
}
