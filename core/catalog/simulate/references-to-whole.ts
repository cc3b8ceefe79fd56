import type { Catalog } from "../catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";

/** Foreign keys to a partitioned table refer to each of its partitions as well (CloneFkReferenced), and keep it. */
export function referencesToWhole(catalog: Catalog, partition: ObjectKey): ObjectKey[] {
  const found = new Set<ObjectKey>();
  for (let whole = wholeOf(catalog.at(partition)); whole !== undefined; ) {
    for (const part of catalog.childrenOf(keyOf("table", whole)))
      for (const dependent of catalog.dependentsOf(keyOf(part.kind, part.name)))
        if (isReference(dependent, whole)) found.add(keyOf("constraint", dependent.name));
    whole = wholeOf(catalog.get("table", whole));
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
