import { accessName } from "../../access-list.ts";
import type { Catalog } from "../../catalog.ts";
import { type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";

interface Held {
  readonly key: ObjectKey;
  readonly type: Dependency["type"];
}

/** What keeps a role from being dropped, as pg_shdepend records it: what it owns, was granted, or is named by. */
export function heldByRole(catalog: Catalog, role: string): Held[] {
  const held: Held[] = [];
  for (const object of catalog.objects())
    if (names(object, role)) held.push({ key: keyOf(object.kind, object.name), type: "normal" });
  return held;
}

function names(object: CatalogObject, role: string): boolean {
  if (object.kind === "policy") return object.attributes.roles.includes(role);
  if (object.kind === "user mapping") return object.name.startsWith(`${role} SERVER `);
  if (object.kind === "default privileges" && / (?:IN|ON) /.exec(object.name)?.index === role.length) {
    if (object.name.startsWith(role)) return true;
  }
  const { owner, privileges = [] } = object.attributes as {
    readonly owner?: string;
    readonly privileges?: readonly string[];
  };
  const name = accessName(lastPart(role));
  return (
    owner === role || privileges.some((item) => item.startsWith(`${name}=`) || item.endsWith(`/${name}`))
  );
}
