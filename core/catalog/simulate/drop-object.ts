import { type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { wholeTrigger } from "../whole-trigger.ts";
import { statementLocks } from "./lock-table.ts";
import { withoutMember } from "./publication-items.ts";
import { referencesToWhole } from "./references-to-whole.ts";
import { columnsOf } from "./relations.ts";
import { identifiedBy } from "./replica-identity.ts";
import type { World } from "./world.ts";

interface Blocker {
  readonly key: ObjectKey;
  readonly type: Dependency["type"];
}

/**
 * Drops objects together with everything that falls with them, as `performMultipleDeletions` does
 * (src/backend/catalog/dependency.c): parts and `auto`, `internal` and `extension` dependents always, `normal`
 * dependents only with CASCADE. Without it, a normal dependent that does not fall for another reason is a failure.
 */
export function dropObjects(world: World, targets: readonly ObjectKey[], cascade: boolean): void {
  const falling = new Set<ObjectKey>();
  const stripped = new Map<ObjectKey, CatalogObject>();
  /** Publications that the objects leave. */
  const left: { readonly publication: ObjectKey; readonly member: ObjectKey }[] = [];
  const blockers: { readonly key: ObjectKey; readonly on: ObjectKey }[] = [];
  const queue: ObjectKey[] = [];
  const fall = (key: ObjectKey) => {
    if (falling.has(key)) return;
    falling.add(key);
    queue.push(key);
  };

  for (const target of targets) {
    const owner = ownerThatFallsToo(world, target, targets);
    if (owner) {
      world.fail({ reason: "dependents", key: target, dependents: [owner] });
      return;
    }
    fall(target);
  }
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    for (const child of world.catalog.childrenOf(key)) fall(keyOf(child.kind, child.name));
    if (!cascade) for (const by of referencesToWhole(world.catalog, key)) blockers.push({ key: by, on: key });
    for (const dependent of world.catalog.dependentsOf(key)) {
      const dependentKey = keyOf(dependent.kind, dependent.name);
      if (dependent.parent === key) continue;
      const links = dependent.dependsOn.filter((dependency) => dependency.on === key);
      if (links.every((link) => link.part === "member")) {
        left.push({ publication: dependentKey, member: memberOf(world, key) });
        continue;
      }
      if (links.some((link) => link.type !== "normal")) fall(dependentKey);
      else if (!cascade) blockers.push({ key: dependentKey, on: key });
      else if (links.every((link) => link.part === "default")) stripped.set(dependentKey, dependent);
      else for (const top of withInternalOwner(world, dependent)) fall(top);
    }
  }
  // A table leaves a publication with all its columns; one column is not taken out of a list or a condition.
  for (const { publication, member } of left)
    if (!cascade && !falling.has(member)) blockers.push({ key: publication, on: member });
  const blocking = blockers.filter((blocker) => !falling.has(blocker.key));
  const first = targets[0];
  if (blocking.length > 0 && first !== undefined) {
    world.fail({ reason: "dependents", key: first, dependents: distinct(blocking) });
    return;
  }
  for (const [key, object] of stripped) {
    if (falling.has(key)) continue;
    stripDefault(world, object, falling);
    lockFalling(world, object, falling);
  }
  for (const { publication, member } of left) leave(world, publication, member);
  const gaps = new Map<ObjectKey, number>();
  for (const key of [...falling].reverse()) {
    const object = world.catalog.at(key);
    if (object?.kind === "column" && object.parent)
      gaps.set(object.parent, Math.min(object.position ?? 0, gaps.get(object.parent) ?? Infinity));
    // What falls by CASCADE is locked like what is named (AcquireDeletionLock).
    if (cascade && object) lockFalling(world, object, falling);
    world.drop(key, !targets.includes(key));
    if (object?.kind === "index") forgetIdentity(world, object);
  }
  // Most often the last columns went, or all of them.
  for (const [table, first] of gaps) if (first <= world.catalog.columnsIn(table)) closeGaps(world, table);
}

/** A relation, or the table that a part of it is taken from. */
function lockFalling(
  world: World,
  { kind, name, parent }: CatalogObject,
  falling: ReadonlySet<ObjectKey>,
): void {
  const key = relations.has(kind) ? keyOf(kind, name) : parent;
  if (key === undefined || (key === parent && falling.has(key))) return;
  if (relations.has(world.catalog.at(key)?.kind ?? "")) world.lock(key, statementLocks.drop);
}

const relations: ReadonlySet<string> = new Set(["table", "view", "materialized view"]);

/** A table keeps the index of its replica identity in mind, and has none without it: published, it takes no UPDATE. */
function forgetIdentity(world: World, index: CatalogObject<"index">): void {
  const table = index.parent === undefined ? undefined : world.catalog.at(index.parent);
  if (table?.kind === "table" && table.attributes.replicaIdentity === identifiedBy(index.name))
    world.alter({ ...table, attributes: { ...table.attributes, replicaIdentity: "nothing" } });
}

/** The table of a column; a table and a schema are members themselves. */
function memberOf(world: World, key: ObjectKey): ObjectKey {
  const object = world.catalog.at(key);
  return object?.kind === "column" ? (object.parent ?? key) : key;
}

function leave(world: World, publication: ObjectKey, member: ObjectKey): void {
  const object = world.catalog.at(publication);
  if (object?.kind === "publication") world.alter(withoutMember(object, member));
}

/** Positions count the columns that there are. */
function closeGaps(world: World, table: ObjectKey): void {
  for (const [index, column] of columnsOf(world, table).entries()) {
    if (column.position !== index + 1) world.catalog.put({ ...column, position: index + 1 });
  }
}

/** An index of a constraint or of a partition, a sequence of an identity column, a member of an extension: PostgreSQL says to drop the owner instead. */
function ownerThatFallsToo(
  world: World,
  target: ObjectKey,
  targets: readonly ObjectKey[],
): Blocker | undefined {
  const object = world.catalog.at(target);
  const internal = object?.dependsOn.find(({ type }) => type === "internal" || type === "extension");
  const owner = internal?.on ?? (object && wholeOf(object));
  if (owner === undefined || targets.includes(owner)) return undefined;
  return { key: owner, type: "internal" };
}

/** The index or trigger of the partitioned table that one of a partition belongs to. */
function wholeOf(object: CatalogObject): ObjectKey | undefined {
  if (object.kind === "trigger") return wholeTrigger(object);
  if (object.kind !== "index" || object.attributes.partitionOf === undefined) return undefined;
  return keyOf("index", object.attributes.partitionOf);
}

/** With CASCADE, reaching a part means dropping the whole that it is an internal part of. */
function withInternalOwner(world: World, object: CatalogObject): ObjectKey[] {
  const internal = object.dependsOn.find((dependency) => dependency.type === "internal");
  const owner = internal && world.catalog.at(internal.on);
  return owner ? withInternalOwner(world, owner) : [keyOf(object.kind, object.name)];
}

/** CASCADE from a sequence or function takes the default that uses it, not the column. */
function stripDefault(world: World, object: CatalogObject, falling: ReadonlySet<ObjectKey>): void {
  if (object.kind !== "column" && object.kind !== "domain") return;
  const dependsOn = object.dependsOn.filter((dependency) => !falling.has(dependency.on));
  if (object.kind === "column") {
    const { default: _, ...attributes } = object.attributes;
    world.alter({ ...object, attributes, dependsOn });
  } else {
    const { default: _, ...attributes } = object.attributes;
    world.alter({ ...object, attributes, dependsOn });
  }
}

function distinct(blockers: readonly { readonly key: ObjectKey }[]): Blocker[] {
  return [...new Set(blockers.map((blocker) => blocker.key))].map((key) => ({ key, type: "normal" }));
}
