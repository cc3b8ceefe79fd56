import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";
import { heldByRole } from "./access/held-by-role.ts";
import { followDependent } from "./extension-dependents.ts";
import { renameInAttributes, replaceName } from "./rename-in-attributes.ts";
import type { World } from "./world.ts";

/**
 * Gives an object another name (or schema): its parts move with it, and whatever depends on it follows, because
 * PostgreSQL refers to objects by number.
 */
export function renameObject(world: World, key: ObjectKey, name: string): void {
  const object = world.catalog.at(key);
  if (!object) return;
  const to = keyOf(object.kind, name);
  if (to === key) return;
  const moves = new Map<ObjectKey, ObjectKey>([[key, to]]);
  collectParts(world, key, object.name, name, moves);
  if (rowTypes.has(object.kind)) collectRoutines(world, key, object.name, name, moves);
  const moved: CatalogObject[] = [];
  const followers = new Map<ObjectKey, CatalogObject>();
  for (const from of moves.keys()) {
    const part = world.catalog.at(from);
    if (part) moved.push(part);
    for (const dependent of world.catalog.dependentsOf(from)) {
      const dependentKey = keyOf(dependent.kind, dependent.name);
      if (!moves.has(dependentKey)) followers.set(dependentKey, dependent);
    }
    if (!part) continue;
    for (const { key } of part.kind === "role" ? heldByRole(world.catalog, part.name) : []) {
      const holder = world.catalog.at(key);
      if (holder && !moves.has(key)) followers.set(key, holder);
    }
    // A table says by which of its indexes it is replicated, and by which columns it is partitioned.
    const isNamed = part.kind === "index" || part.kind === "column";
    const table = isNamed && part.parent ? world.catalog.at(part.parent) : undefined;
    if (table?.kind === "table" && !moves.has(keyOf("table", table.name)))
      followers.set(keyOf("table", table.name), table);
    // The index of a constraint hangs on the constraint alone, yet it names the columns.
    const siblings = part.kind === "column" && part.parent ? world.catalog.childrenOf(part.parent) : [];
    for (const sibling of siblings) {
      if (sibling.kind === "index") followers.set(keyOf("index", sibling.name), sibling);
    }
    for (const child of world.catalog.childrenOf(from)) {
      const childKey = keyOf(child.kind, child.name);
      if (!moves.has(childKey)) followers.set(childKey, child);
    }
  }
  for (const from of moves.keys()) world.catalog.delete(from);
  for (const part of moved) {
    const target = moves.get(keyOf(part.kind, part.name)) ?? "";
    const name = target.slice(part.kind.length + 1);
    world.place(withOwnName({ ...follow(part, moves), name }, part.name));
    followDependent(world.catalog, part, target);
  }
  for (const follower of followers.values()) world.catalog.put(follow(follower, moves));
  world.record({ action: "rename", key, to });
}

/** Columns, constraints, triggers, … whose names begin with the table's. */
function collectParts(
  world: World,
  key: ObjectKey,
  oldName: string,
  newName: string,
  moves: Map<ObjectKey, ObjectKey>,
): void {
  for (const child of world.catalog.childrenOf(key)) {
    const childKey = keyOf(child.kind, child.name);
    if (moves.has(childKey) || !child.name.startsWith(`${oldName}.`)) continue;
    const childName = newName + child.name.slice(oldName.length);
    moves.set(childKey, keyOf(child.kind, childName));
    collectParts(world, childKey, child.name, childName, moves);
  }
}

/** The definition of a routine, a trigger and a rule begins with its name. */
function withOwnName(object: CatalogObject, former: string): CatalogObject {
  switch (object.kind) {
    case "function":
    case "procedure": {
      const base = (name: string) => ` ${name.slice(0, name.indexOf("("))}(`;
      return named(object, base(former), base(object.name));
    }
    case "trigger":
    case "rule": {
      const base = (name: string) => ` ${object.kind.toUpperCase()} ${quoteIdentifier(lastPart(name))} `;
      return named(object, base(former), base(object.name));
    }
    default:
      return object;
  }
}

function named<Kind extends "function" | "procedure" | "trigger" | "rule">(
  object: CatalogObject<Kind>,
  former: string,
  now: string,
): CatalogObject {
  const definition = object.attributes.definition.replace(former, () => now);
  return { ...object, attributes: { ...object.attributes, definition } } as CatalogObject;
}

/** Kinds that are types of arguments. */
const rowTypes: ReadonlySet<CatalogObject["kind"]> = new Set([
  "type",
  "domain",
  "table",
  "view",
  "materialized view",
]);

/** A routine is called by the types of its arguments too. */
function collectRoutines(
  world: World,
  key: ObjectKey,
  oldName: string,
  newName: string,
  moves: Map<ObjectKey, ObjectKey>,
): void {
  for (const { kind, name } of world.catalog.dependentsOf(key)) {
    if (kind !== "function" && kind !== "procedure" && kind !== "aggregate") continue;
    const list = name.indexOf("(");
    const renamed = name.slice(0, list) + replaceName(name.slice(list), oldName, newName);
    if (renamed !== name) moves.set(keyOf(kind, name), keyOf(kind, renamed));
  }
}

function follow(object: CatalogObject, moves: ReadonlyMap<ObjectKey, ObjectKey>): CatalogObject {
  const dependsOn = object.dependsOn.map((dependency) => ({
    ...dependency,
    on: moves.get(dependency.on) ?? dependency.on,
  }));
  const parent = object.parent === undefined ? undefined : (moves.get(object.parent) ?? object.parent);
  const renamed = renameInAttributes(object, moves);
  return parent === undefined ? { ...renamed, dependsOn } : { ...renamed, dependsOn, parent };
}
