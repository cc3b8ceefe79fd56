import type { CatalogObject } from "../../../catalog/model.ts";
import { countingOptions } from "./counting-options.ts";
import { serialName } from "./serial-name.ts";

/**
 * Does the sequence come back as it was when its column is declared `serial`, or an identity, which can say the rest?
 * Not when the table of a serial was renamed since, or when it counts otherwise.
 */
export function isSerial({
  sequence,
  column,
}: {
  readonly sequence: CatalogObject<"sequence">;
  readonly column: CatalogObject<"column">;
}): boolean {
  if (column.attributes.identity) return true;
  return (
    sequence.name === serialName(column.name) &&
    sequence.attributes.type === column.attributes.type &&
    countingOptions(sequence.attributes).length === 0
  );
}
