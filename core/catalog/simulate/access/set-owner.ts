import { accessName } from "../../access-list.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import { columnsOf } from "../relations.ts";
import type { World } from "../world.ts";
import { accessOf, ownerOf, withAccess } from "./access-of.ts";
import { changeOwner } from "./grant-privileges.ts";

/** ALTER … OWNER TO: a table takes its columns' privileges and its sequences with it (ATExecChangeOwner). */
export function setOwner(world: World, key: ObjectKey, owner: string): void {
  const object = world.catalog.at(key);
  if (!object) return;
  const list = accessOf(world, object);
  const [from, to] = [ownerOf(world, object), accessName(lastPart(owner))];
  const { owner: _, ...attributes } = object.attributes as { readonly owner?: string };
  const owned = {
    ...object,
    attributes: { ...attributes, ...(owner !== world.user && { owner }) },
  } as CatalogObject;
  world.alter(withAccess(world, owned, changeOwner(list, from, to)));
  for (const column of columnsOf(world, key)) {
    if (column.attributes.privileges)
      world.alter(withAccess(world, column, changeOwner(accessOf(world, column), from, to)));
    for (const dependent of [...world.catalog.dependentsOf(keyOf("column", column.name))]) {
      const isOwn = dependent.kind === "sequence" && dependent.attributes.ownedBy === column.name;
      if (isOwn) setOwner(world, keyOf("sequence", dependent.name), owner);
    }
  }
}
