import type { Catalog } from "../../catalog/catalog.ts";
import { dropStatement } from "../../catalog/drop-statement.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";

/**
 * What takes away everything that stands in the way of a DROP, in an order that works: what needs a dependent goes before
 * it. Undefined where one of them has no statement of its own. Rows of what is not `ours` are not given up.
 */
export function dropsBefore(
  catalog: Pick<Catalog, "at" | "childrenOf" | "dependentsOf">,
  dropped: ObjectKey,
  dependents: readonly ObjectKey[],
  ours: (key: ObjectKey) => boolean = () => false,
): readonly string[] | undefined {
  const drops: string[] = [];
  const seen = new Set<ObjectKey>([dropped]);
  let isComplete = true;
  const take = (key: ObjectKey) => {
    if (seen.has(key)) return;
    seen.add(key);
    const object = catalog.at(key);
    const own = object && freeing(object, dropped, ours(key));
    if (!object || !own) {
      isComplete = false;
      return;
    }
    // What only loses its default or its type needs nobody to go.
    if (!own.keeps) for (const user of usersOf(catalog, object)) take(user);
    drops.push(own.sql);
  };
  for (const key of dependents) take(key);
  return isComplete ? drops : undefined;
}

/** How an object comes to need `dropped` no more. */
function freeing(
  object: CatalogObject,
  dropped: ObjectKey,
  isOurs: boolean,
): { readonly sql: string; readonly keeps: boolean } | undefined {
  if (isOurs || object.kind !== "column") {
    const sql = isOurs || object.kind !== "table" ? dropStatement(object) : undefined;
    return sql === undefined ? undefined : { sql, keeps: false };
  }
  const table = plainName((object.parent ?? "").replace(/^table /, ""));
  const alter = `ALTER TABLE ${table} ALTER COLUMN ${quoteIdentifier(lastPart(object.name))}`;
  const links = object.dependsOn.filter(({ on }) => on === dropped);
  const isDefault = links.length > 0 && links.every(({ part }) => part === "default");
  return { sql: `${alter} ${isDefault ? "DROP DEFAULT" : "TYPE …"};`, keeps: true };
}

/** Keys of what has to go before the object, because it, or a part of it, is needed there. */
function usersOf(
  catalog: Pick<Catalog, "childrenOf" | "dependentsOf">,
  { kind, name }: CatalogObject,
): ObjectKey[] {
  const key = keyOf(kind, name);
  const parts = [key, ...[...catalog.childrenOf(key)].map((child) => keyOf(child.kind, child.name))];
  return parts.flatMap((part) =>
    [...catalog.dependentsOf(part)].flatMap((user) => {
      const needs =
        user.parent !== key && user.dependsOn.some(({ on, type }) => on === part && type === "normal");
      return needs ? [keyOf(user.kind, user.name)] : [];
    }),
  );
}
