import type { ObjectKey } from "../model.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";

/** How a table says by which of its indexes it is replicated: without the schema, which is its own. */
export function identifiedBy(index: string): ObjectKey {
  return `index ${quoteIdentifier(lastPart(index))}`;
}
