import { type CatalogObject, keyOf } from "../model.ts";
import type { World } from "./world.ts";

/** Foreign keys that refer to the table: they hang on its columns and keys. Of one that nobody saw made no column may be known. */
export function foreignKeysTo({ catalog, assumed }: World, table: string): CatalogObject<"constraint">[] {
  const key = keyOf("table", table);
  const near = assumed.has(key)
    ? catalog.objects()
    : [...catalog.childrenOf(key)].flatMap(({ kind, name }) => [...catalog.dependentsOf(keyOf(kind, name))]);
  const found = new Set<CatalogObject<"constraint">>();
  for (const object of near)
    if (object.kind === "constraint" && object.attributes.references === table) found.add(object);
  return [...found];
}
