import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { changeDefaultPrivileges } from "./default-privileges.ts";
import { dependencyOrder } from "./dependency-order.ts";
import { dropObject } from "./drop-object.ts";
import type { ProposedStatement } from "./proposed.ts";

/** Drops what does not fall with something else; what others need goes last. */
export function dropAll(made: readonly CatalogObject[]): ProposedStatement[] {
  const keys = new Set(made.map(({ kind, name }) => keyOf(kind, name)));
  return dependencyOrder(made.filter((object) => !fallsWith(object, keys)))
    .reverse()
    .flatMap((object) =>
      object.kind === "default privileges"
        ? changeDefaultPrivileges(object.name, object.attributes.privileges, undefined)
        : [dropObject(object)],
    );
}

/** Parts of a table, and what PostgreSQL ties to it by an automatic or internal dependency, fall with it. */
function fallsWith(object: CatalogObject, keys: ReadonlySet<ObjectKey>): boolean {
  if (object.parent !== undefined && keys.has(object.parent)) return true;
  // The parent's takes it along.
  if (object.kind === "column" && object.attributes.inherited) return true;
  if (object.kind === "index" && object.attributes.constraint !== undefined) return true;
  return object.dependsOn.some(({ on, type }) => {
    // The sequence of an identity column goes with DROP IDENTITY, and with nothing else.
    if (type === "internal" && object.kind === "sequence") return true;
    return type !== "normal" && keys.has(on);
  });
}
