import { type AccessList, accessName, initialAccess, parseAccess, printAccess } from "../../access-list.ts";
import type { CatalogObject } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import type { World } from "../world.ts";

interface Owned {
  readonly owner?: string;
  readonly privileges?: readonly string[];
}

/** The object's owner, as aclitems print it; a column's is its table's. */
export function ownerOf(world: World, object: CatalogObject): string {
  const whole = object.kind === "column" ? world.catalog.at(object.parent ?? "") : object;
  const { owner = world.user } = (whole?.attributes ?? {}) as Owned;
  return accessName(lastPart(owner));
}

export function accessOf(world: World, object: CatalogObject): AccessList {
  const { privileges } = object.attributes as Owned;
  return privileges
    ? parseAccess(privileges)
    : initialAccess(object.kind, ownerOf(world, object), world.postgres);
}

/** The object with another list; one that every new object of its owner has is not kept. */
export function withAccess<T extends CatalogObject>(world: World, object: T, list: AccessList): T {
  const { privileges: _, ...attributes } = object.attributes as Owned;
  const privileges = printAccess(list);
  const usual = printAccess(initialAccess(object.kind, ownerOf(world, object), world.postgres));
  const kept = privileges.join() === usual.join() ? {} : { privileges };
  return { ...object, attributes: { ...attributes, ...kept } };
}
