import type { CatalogObject, ObjectKey } from "./model.ts";

/** An object as it was expected and as it is. */
export interface Pair {
  readonly key: ObjectKey;
  readonly before: CatalogObject | undefined;
  readonly after: CatalogObject | undefined;
}
