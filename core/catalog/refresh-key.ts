import { type CatalogObject, keyOf } from "./model.ts";
import type { CatalogView } from "./past-catalog.ts";

/** Has it a unique index over plain columns and all rows, by which REFRESH … CONCURRENTLY tells its rows apart? */
export function hasRefreshKey(
  catalog: Pick<CatalogView, "childrenOf">,
  view: CatalogObject<"materialized view">,
): boolean {
  return [...catalog.childrenOf(keyOf(view.kind, view.name))].some(
    ({ kind, attributes }) =>
      kind === "index" &&
      attributes.unique &&
      attributes.predicate === undefined &&
      attributes.columns.every((column) => plain.test(column)),
  );
}

/** A column as SQL spells it, and no expression. */
const plain = /^(?:[\w$]+|"(?:[^"]|"")*")$/;
