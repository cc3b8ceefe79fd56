import { addToList } from "../../../catalog/add-to-list.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { asCreatedBy } from "../../../catalog/simulate/access/as-created-by.ts";
import { countOn } from "./count-on.ts";
import { clusterOn, createObject } from "./create-object.ts";
import { identityIndex, setReplicaIdentity } from "./create-table.ts";
import { dependencyOrder } from "./dependency-order.ts";
import { describe } from "./describe-object.ts";
import { isSerial } from "./is-serial.ts";
import type { OriginText } from "./origin-text.ts";
import { changePrivileges } from "./privileges.ts";
import { exact, type ProposedStatement } from "./proposed.ts";

/** Makes again what was dropped, what others need first; `catalog` is where it is made. */
export function createAll(
  catalog: Catalog,
  gone: readonly CatalogObject[],
  originText: OriginText,
): ProposedStatement[] {
  const byKey = new Map(gone.map((object) => [keyIn(object), object]));
  const parts = new Map<ObjectKey, CatalogObject[]>();
  for (const object of gone) {
    if (object.parent !== undefined && byKey.has(object.parent)) addToList(parts, object.parent, object);
  }
  const owned = gone.flatMap((object) => ownedSequence(object, byKey));
  const [serial, apart] = [owned.filter(isSerial), owned.filter((it) => !isSerial(it))];
  const serials = new Map(serial.map(({ column, sequence }) => [column.name, sequence]));
  const [serialOf, apartOf] = [byColumn(serial), byColumn(apart)];
  const sequences = new Set<CatalogObject>(owned.map(({ sequence }) => sequence));
  const whole = new Set(gone);
  const objects = gone
    .filter((object) => !madeWith(object, byKey) && !sequences.has(object))
    // Its column's default needs it; that it belongs to the column is said afterwards.
    .concat(apart.map(({ sequence }) => ({ ...sequence, dependsOn: [] })));
  const made = dependencyOrder(objects).flatMap((object) => {
    const own = parts.get(keyIn(object)) ?? [];
    const columns = own.filter((part) => part.kind === "column").sort(byPosition);
    const constraints = own.filter((part) => part.kind === "constraint");
    const counted = columns.concat(ofItself(object));
    return [
      ...withDefaultPrivileges(catalog, object, (it) =>
        createObject(it, { columns, constraints, serials }, originText),
      ),
      ...counted.flatMap((column) => apartOf(column).map((it) => ownedBy(it, column.name))),
      ...counted.flatMap(serialOf).flatMap((it) => describe(it, {}, it.attributes).map(exact)),
      ...(whole.has(object) ? ownerThatStayed(object) : []),
    ];
  });
  return [...made, ...gone.flatMap(byIndex)];
}

interface OwnedSequence {
  readonly sequence: CatalogObject<"sequence">;
  readonly column: CatalogObject<"column">;
}

function byColumn(
  owned: readonly OwnedSequence[],
): (column: CatalogObject) => readonly OwnedSequence["sequence"][] {
  const sequences = new Map<CatalogObject, OwnedSequence["sequence"][]>();
  for (const { sequence, column } of owned) addToList(sequences, column, sequence);
  return (column) => sequences.get(column) ?? [];
}

/** Where ALTER DEFAULT PRIVILEGES gives new objects more than the former one had, that is taken back. */
function withDefaultPrivileges(
  catalog: Catalog,
  object: CatalogObject,
  create: (object: CatalogObject) => ProposedStatement[],
): ProposedStatement[] {
  const { privileges, ...attributes } = object.attributes as { readonly privileges?: readonly string[] };
  const bare = { ...object, attributes } as CatalogObject;
  const made = asCreatedBy(catalog, bare, { role: "CURRENT_USER", user: "CURRENT_USER", postgres: 18 });
  if (made === bare) return create(object);
  const from = (made.attributes as { readonly privileges?: readonly string[] }).privileges;
  return [...create(bare), ...changePrivileges(object, from, privileges).map(exact)];
}

function ofItself(object: CatalogObject): CatalogObject<"column">[] {
  return object.kind === "column" ? [object] : [];
}

/** What names an index: its table, and what a constraint does not say of the one that it brings. */
function byIndex(object: CatalogObject): ProposedStatement[] {
  if (object.kind === "table" && identityIndex(object) !== undefined)
    return [exact(setReplicaIdentity(object))];
  if (object.kind !== "index") return [];
  const { clustered, constraint, options, partitionOf } = object.attributes;
  const isSilent = constraint !== undefined && options !== undefined && partitionOf === undefined;
  return [
    ...(isSilent ? [exact(`ALTER INDEX ${object.name} SET (${options.join(", ")})`)] : []),
    ...(clustered ? [exact(clusterOn(object))] : []),
  ];
}

/** A sequence that was dropped by itself belongs to its column again. */
function ownerThatStayed(object: CatalogObject): ProposedStatement[] {
  if (object.kind !== "sequence" || object.attributes.ownedBy === undefined) return [];
  return [ownedBy(object, object.attributes.ownedBy), ...countOn(object)];
}

function ownedBy(sequence: CatalogObject<"sequence">, column: string): ProposedStatement {
  return exact(`ALTER SEQUENCE ${sequence.name} OWNED BY ${column}`);
}

/** A sequence that fell with its column. */
function ownedSequence(object: CatalogObject, byKey: ReadonlyMap<ObjectKey, CatalogObject>): OwnedSequence[] {
  if (object.kind !== "sequence" || object.attributes.ownedBy === undefined) return [];
  const column = byKey.get(keyOf("column", object.attributes.ownedBy));
  return column?.kind === "column" ? [{ sequence: object, column }] : [];
}

/** Made by another CREATE: columns and constraints of a table, a constraint's index, the index of a partition. */
function madeWith(object: CatalogObject, byKey: ReadonlyMap<ObjectKey, CatalogObject>): boolean {
  if (object.kind === "index") {
    const { constraint, partitionOf } = object.attributes;
    return (
      constraint !== undefined ||
      byKey.has(`index ${partitionOf}`) ||
      (partitionOf !== undefined && isPartition(object, byKey))
    );
  }
  // Constructors and the cast of a range type.
  if (object.dependsOn.some(({ on, type }) => type === "internal" && byKey.has(on) && on.startsWith("type ")))
    return true;
  // The sequence of an identity comes with it.
  if (object.kind === "sequence" && object.dependsOn.some(({ type }) => type === "internal")) return true;
  // Inherited: ADD COLUMN of the parent brings it.
  if (object.kind === "column" && object.attributes.inherited) return true;
  const part = object.kind === "column" || object.kind === "constraint";
  return part && object.parent !== undefined && byKey.has(object.parent);
}

/** CREATE TABLE … PARTITION OF makes the indexes of the whole. */
function isPartition({ parent }: CatalogObject, byKey: ReadonlyMap<ObjectKey, CatalogObject>): boolean {
  const table = parent === undefined ? undefined : byKey.get(parent);
  return table?.kind === "table" && table.attributes.partitionOf !== undefined;
}

function byPosition(a: CatalogObject, b: CatalogObject): number {
  return (a.position ?? 0) - (b.position ?? 0);
}

function keyIn({ kind, name }: CatalogObject): ObjectKey {
  return keyOf(kind, name);
}
