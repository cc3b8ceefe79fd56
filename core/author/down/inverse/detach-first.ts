import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf } from "../../../catalog/model.ts";
import { referencesToWhole } from "../../../catalog/simulate/references-to-whole.ts";
import { exact, type ProposedStatement } from "./proposed.ts";

/** A partition is not dropped while a foreign key refers to its whole, unless it is detached before. */
export function detachFirst(catalog: Catalog, made: readonly CatalogObject[]): ProposedStatement[] {
  return made.flatMap((object) => {
    const whole = object.kind === "table" ? object.attributes.partitionOf : undefined;
    if (whole === undefined || referencesToWhole(catalog, keyOf("table", object.name)).length === 0)
      return [];
    return [exact(`ALTER TABLE ${whole} DETACH PARTITION ${object.name}`)];
  });
}
