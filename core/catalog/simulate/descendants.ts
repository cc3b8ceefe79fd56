import { type AttributesOf, type CatalogObject, keyOf } from "../model.ts";
import { lastPart } from "../quote-identifier.ts";
import { validated } from "./constraints/constraint-flags.ts";
import { notNullConstraint } from "./proved-not-null.ts";
import { columnsOf, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/** Partitions and inheriting tables, and theirs: children before grandchildren. */
export function descendants(world: World, table: Table): Table[] {
  const found = childrenOf(world, table);
  // A list hands out what is added to it while it is walked.
  for (const child of found) {
    for (const below of childrenOf(world, child)) {
      if (!found.some(({ name }) => name === below.name)) found.push(below);
    }
  }
  return found;
}

export function childrenOf(world: World, table: Table): Table[] {
  return [...world.catalog.dependentsOf(keyOf("table", table.name))].filter(
    (child): child is Table =>
      child.kind === "table" &&
      (child.attributes.partitionOf === table.name ||
        child.attributes.inherits?.includes(table.name) === true),
  );
}

/** Without those that only inherit. */
export function partitionsOf(world: World, table: Table): Table[] {
  return childrenOf(world, table).filter((child) => child.attributes.partitionOf === table.name);
}

/** Gives a child the columns of its parent that it does not have. */
export function inheritColumns(world: World, table: Table, parent: Table): void {
  const key = keyOf("table", table.name);
  const known = new Set(columnsOf(world, key).map((column) => column.name.slice(table.name.length + 1)));
  for (const column of columnsOf(world, keyOf("table", parent.name))) {
    const name = column.name.slice(parent.name.length + 1);
    if (known.has(name)) continue;
    const { notNull, ...attributes } = inheritable(column.attributes);
    const passesOn = notNull && !notNullConstraint(world, parent, lastPart(name))?.attributes.noInherit;
    world.create({
      ...column,
      name: `${table.name}.${name}`,
      parent: key,
      attributes: { ...attributes, ...(passesOn && { notNull }), inherited: true },
      dependsOn: column.dependsOn.filter(({ type }) => type !== "internal"),
    });
  }
}

/** What a column of a new child says otherwise, or not at all (MergeAttributes). */
function inheritable({
  identity: _,
  comment: __,
  privileges: ___,
  statistics: ____,
  options: _____,
  ...attributes
}: AttributesOf["column"]): AttributesOf["column"] {
  return attributes;
}

/** Gives a child the checks of its parent that it does not have. `isNew`: it has no rows that one may not hold for. */
export function inheritChecks(world: World, table: Table, parent: Table, isNew = false): void {
  for (const check of [...world.catalog.childrenOf(keyOf("table", parent.name))]) {
    if (check.kind !== "constraint" || check.attributes.type !== "check" || check.attributes.noInherit)
      continue;
    const name = table.name + check.name.slice(parent.name.length);
    if (world.catalog.has(keyOf("constraint", name))) continue;
    const { comment: _, ...attributes } = check.attributes;
    world.create({
      ...check,
      name,
      parent: keyOf("table", table.name),
      attributes: { ...(isNew ? validated(attributes) : attributes), inherited: true },
      dependsOn: check.dependsOn.map((link) => ({ ...link, on: ownColumn(link.on, parent, table) })),
    });
  }
}

/** The column of the same name in the child. */
export function ownColumn(key: string, parent: Table, table: Table): string {
  const start = keyOf("column", `${parent.name}.`);
  return key.startsWith(start) ? keyOf("column", `${table.name}.${key.slice(start.length)}`) : key;
}

/** What a table had from a parent is its own, once no parent has it any more (RemoveInheritance). */
export function ownInherited(world: World, table: Table): void {
  const parents = [table.attributes.partitionOf, ...(table.attributes.inherits ?? [])];
  for (const part of [...world.catalog.childrenOf(keyOf("table", table.name))]) {
    if (!isColumnOrCheck(part) || !part.attributes.inherited) continue;
    const own = part.name.slice(table.name.length);
    if (parents.some((parent) => parent !== undefined && world.catalog.has(keyOf(part.kind, parent + own))))
      continue;
    const { inherited: _, ...attributes } = part.attributes;
    world.catalog.put({ ...part, attributes } as CatalogObject);
  }
}

/** A partition declares nothing itself: what the whole has too counts as that of the whole (MergeConstraintsIntoExisting). */
export function takeChecks(world: World, partition: Table, whole: Table): void {
  for (const check of [...world.catalog.childrenOf(keyOf("table", partition.name))]) {
    if (check.kind !== "constraint" || check.attributes.type !== "check") continue;
    const same = whole.name + check.name.slice(partition.name.length);
    if (world.catalog.get("constraint", same)?.attributes.type !== "check") continue;
    world.catalog.put({ ...check, attributes: { ...check.attributes, inherited: true } });
  }
}

function isColumnOrCheck(object: CatalogObject): object is CatalogObject<"column" | "constraint"> {
  return object.kind === "column" || (object.kind === "constraint" && object.attributes.type === "check");
}
