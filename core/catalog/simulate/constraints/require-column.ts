import { type CatalogObject, keyOf } from "../../model.ts";
import { columnKey, columnOf, type Table } from "../relations.ts";
import type { World } from "../world.ts";

/** The column, or a failure; a table from outside of the scripts may have any column. */
export function requireColumn(
  world: World,
  table: Table,
  column: string,
): CatalogObject<"column"> | true | undefined {
  const found = columnOf(world, table, column);
  if (found) return found;
  if (world.assumed.has(keyOf("table", table.name)) || isSystemColumn(column)) return true;
  if (table.attributes.inherits?.some((parent) => world.assumed.has(keyOf("table", parent)))) return true;
  world.fail({ reason: "missing", key: columnKey(table, column) });
  return undefined;
}

function isSystemColumn(column: string): boolean {
  return ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"].includes(column);
}
