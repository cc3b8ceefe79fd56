import { nameIn } from "../../../catalog/key-parts.ts";
import type { CatalogObject } from "../../../catalog/model.ts";

/** Kinds whose name carries their table: `public.users.email`. */
function isPart(object: CatalogObject): boolean {
  return object.parent !== undefined && object.name.startsWith(`${parentName(object)}.`);
}

/** Name of the table, view or domain that an object is a part of. */
export function parentName({ parent }: CatalogObject): string {
  return parent === undefined ? "" : nameIn(parent);
}

/** The part's own name: `email` of `public.users.email`. */
export function ownName(object: CatalogObject): string {
  return isPart(object) ? object.name.slice(parentName(object).length + 1) : object.name;
}

/** How ALTER, COMMENT ON and GRANT call what an object is. */
export function sqlKind(object: CatalogObject): string {
  if (object.kind === "table" && object.attributes.server !== undefined) return "FOREIGN TABLE";
  return object.kind.replaceAll("-", " ").toUpperCase();
}
