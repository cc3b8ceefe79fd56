import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { portable } from "./portable.ts";

/**
 * What falls with a view, a routine or a column, or keeps it from being dropped: triggers and rules, the views over it, and what is
 * theirs.
 */
export function usersOf(catalog: Catalog, used: CatalogObject): CatalogObject[] {
  if (!["view", "materialized view", "function", "procedure", "column"].includes(used.kind)) return [];
  const users = new Map<ObjectKey, CatalogObject>();
  const queue: CatalogObject[] = [used];
  for (let on = queue.shift(); on; on = queue.shift()) {
    const key = keyOf(on.kind, on.name);
    for (const user of [...catalog.childrenOf(key), ...catalog.dependentsOf(key)]) {
      const own = keyOf(user.kind, user.name);
      if (own === keyOf(used.kind, used.name) || users.has(own) || !portable.has(user.kind)) continue;
      users.set(own, user);
      queue.push(user);
    }
  }
  return [...users.values()];
}
