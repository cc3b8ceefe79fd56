import type { CatalogObject } from "../../../catalog/model.ts";
import { serialName } from "./serial-name.ts";

/**
 * Does the sequence come back as it was when its column is declared `serial`, or an identity? Not when its table was
 * renamed since, or when it counts otherwise.
 */
export function isSerial({
  sequence,
  column,
}: {
  readonly sequence: CatalogObject<"sequence">;
  readonly column: CatalogObject<"column">;
}): boolean {
  if (column.attributes.identity) return true;
  const { start, increment, cache, cycle, type } = sequence.attributes;
  return (
    sequence.name === serialName(column.name) &&
    type === column.attributes.type &&
    start === "1" &&
    increment === "1" &&
    cache === "1" &&
    !cycle
  );
}
