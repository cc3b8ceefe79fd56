import type { Catalog } from "../../../catalog/catalog.ts";
import type { CatalogObject, ObjectKey } from "../../../catalog/model.ts";
import type { Altered } from "./beside-parent.ts";

/** Columns of a view come and go with its query; in a catalog stands what was said of one: a default, a comment. */
export function isViewColumn({ kind, parent }: CatalogObject): boolean {
  return kind === "column" && /^(?:materialized )?view /.test(parent ?? "");
}

/** What was said of the column, as a change of it: of a view that is made anew, and of one that stays. */
export function besideView(
  catalog: Catalog,
  before: ReadonlyMap<ObjectKey, CatalogObject | undefined>,
  now: CatalogObject | undefined,
  was: CatalogObject | undefined,
): Altered[] {
  const parent = (now ?? was)?.parent ?? "";
  const comesBack = before.has(parent) && (!catalog.has(parent) || !before.get(parent));
  if (comesBack) return was ? [{ now: unsaid(was), before: was }] : [];
  const [from, to] = [now ?? (was && unsaid(was)), was ?? (now && unsaid(now))];
  return from && to ? [{ now: from, before: to }] : [];
}

function unsaid(column: CatalogObject): CatalogObject {
  if (column.kind !== "column") return column;
  return { ...column, attributes: { type: column.attributes.type }, dependsOn: [] };
}
