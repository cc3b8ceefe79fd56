import type { CatalogObject } from "../../../catalog/model.ts";
import { deletedFrom } from "./formerly.ts";
import { idText } from "./ids.ts";
import { idOf, type KnownObjects } from "./known-objects.ts";
import type { WhatMoved } from "./what-moved.ts";

/**
 * The server counts what was written, not rows, and a column is written again when its default is noted, and once more
 * when that is to stand in the rows that are there. Do such second writes make up for all that seems to be missing? Then
 * every written row was found. What is not certain to have been written is not counted, so that a row that was not found
 * is never taken for a second write.
 *
 * StoreAttrDefault and RemoveAttrDefaultById, src/backend/catalog/pg_attrdef.c; counted on 15 to 18.
 */
export function allWereFound(known: KnownObjects, what: WhatMoved): boolean {
  const { unsure, dirty, rows } = what;
  if (!unsure) return true;
  let writes = unsure.found;
  const now = new Map(rows.map((row) => [idText(idOf(row)), row.object]));
  for (const id of dirty) {
    if (id.catalog !== "pg_attribute") continue;
    const [before, after] = [known.at(id), now.get(idText(id))];
    // One default is taken away before the next is noted.
    if (hasDefault(before?.row.object) && unsure.defaults.has(id)) writes += 1;
    if (!before && hasDefault(after)) {
      writes += 1;
      if (unsure.missing.has(id)) writes += 1;
    }
    if (hasDefault(before?.row.object) && !now.has(idText(id))) writes += 1;
  }
  // With a table go its columns; their defaults are taken away before.
  for (const relation of deletedFrom("pg_class", known, what)) {
    for (const { row } of known.columnsOf(relation.oid)) if (hasDefault(row.object)) writes += 1;
  }
  return writes === unsure.written;
}

function hasDefault(object: CatalogObject | undefined): boolean {
  return (
    object?.kind === "column" &&
    (object.attributes.default !== undefined || object.attributes.generated !== undefined)
  );
}
