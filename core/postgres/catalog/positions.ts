import type { CatalogObject } from "../../catalog/model.ts";

/**
 * Column numbers have holes where columns were dropped, and a column added again has a later number.
 * What people see is the order: 1, 2, 3 among the columns that are there.
 */
export function placeColumns(columns: readonly CatalogObject[]): CatalogObject[] {
  return [...columns]
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map((column, i) => (column.position === i + 1 ? column : { ...column, position: i + 1 }));
}
