import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";
import { lastPart } from "../quote-identifier.ts";
import type { Column } from "./columns.ts";
import type { Table } from "./relations.ts";
import { sameOperators } from "./type-change.ts";
import type { World } from "./world.ts";

/**
 * What goes through the rows when a column gets another type, even where none is written anew: its CHECKs are tried
 * again, and an index is built again unless it is over plain columns that sort as before (`CheckIndexCompatible`,
 * src/backend/commands/indexcmds.c). What belongs to the index of a partitioned table is always built again.
 */
export function madeAnew(
  world: World,
  table: Table,
  column: Column,
  to: { readonly type: string; readonly collation: string | undefined },
): ObjectKey[] {
  const { type, collation } = column.attributes;
  const sortsAsBefore =
    collationOf(collation) === collationOf(to.collation) && sameOperators(world, type, to.type);
  const found: ObjectKey[] = [];
  for (const dependent of usersOf(world, column)) {
    if (dependent.parent !== keyOf("table", table.name)) continue;
    const again =
      dependent.kind === "constraint"
        ? isChecked(dependent)
        : dependent.kind === "index" &&
          (dependent.attributes.predicate !== undefined ||
            hasExpression(world, table, dependent) ||
            (!(sortsAsBefore && isAlone(table, dependent)) &&
              dependent.attributes.columns.includes(lastPart(column.name))));
    if (again) found.push(keyOf(dependent.kind, dependent.name));
  }
  return found;
}

/** Neither the index of a partitioned table nor a part of one. */
function isAlone(table: Table, { attributes }: CatalogObject<"index">): boolean {
  return table.attributes.partitionKey === undefined && attributes.partitionOf === undefined;
}

/** The index of a constraint hangs on the constraint alone. */
function* usersOf(world: World, column: Column): Generator<CatalogObject> {
  for (const dependent of world.catalog.dependentsOf(keyOf("column", column.name))) {
    yield dependent;
    if (dependent.kind !== "constraint") continue;
    for (const index of world.catalog.dependentsOf(keyOf("constraint", dependent.name)))
      if (index.kind === "index") yield index;
  }
}

export function hasExpression(world: World, table: Table, { attributes }: CatalogObject<"index">): boolean {
  return attributes.columns.some((key) => !world.catalog.has(keyOf("column", `${table.name}.${key}`)));
}

function isChecked({ attributes }: CatalogObject<"constraint">): boolean {
  return attributes.type === "check" && !attributes.notValidated && !attributes.notEnforced;
}

/** `COLLATE "default"` is what a column has that says nothing. */
function collationOf(name: string | undefined): string | undefined {
  return name === '"default"' || name === "default" ? undefined : name;
}
