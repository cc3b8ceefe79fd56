import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";
import { columnsOf } from "./relations.ts";
import type { World } from "./world.ts";

/** Foreign keys to a partitioned table refer to each of its partitions as well (CloneFkReferenced), and keep it. */
export function referencesToWhole(world: World, partition: ObjectKey): ObjectKey[] {
  const found = new Set<ObjectKey>();
  for (let whole = wholeOf(world.catalog.at(partition)); whole !== undefined; ) {
    for (const column of columnsOf(world, keyOf("table", whole)))
      for (const dependent of world.catalog.dependentsOf(keyOf("column", column.name)))
        if (isReference(dependent, whole)) found.add(keyOf("constraint", dependent.name));
    whole = wholeOf(world.catalog.get("table", whole));
  }
  return [...found];
}

function wholeOf(table: CatalogObject | undefined): string | undefined {
  return table?.kind === "table" ? table.attributes.partitionOf : undefined;
}

/** One of a partition came with that of its whole. */
function isReference(object: CatalogObject, whole: string): boolean {
  return (
    object.kind === "constraint" && object.attributes.references === whole && !object.attributes.inherited
  );
}
