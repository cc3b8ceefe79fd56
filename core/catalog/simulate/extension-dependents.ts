import type { Catalog } from "../catalog.ts";
import { kindIn, nameIn } from "../key-parts.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";

/** As pg_identify_object says it: a trigger is one on its table. */
export function dependentText(key: ObjectKey): string {
  if (kindIn(key) !== "trigger") return key;
  const [full, own] = [nameIn(key), quoteIdentifier(lastPart(key))];
  return `trigger ${own} on ${full.slice(0, full.length - own.length - 1)}`;
}

/** The extension with other dependents; one without any says nothing of them. */
export function withDependents(
  extension: CatalogObject<"extension">,
  change: (before: readonly string[]) => readonly string[],
): CatalogObject<"extension"> {
  const { dependents: before = [], ...attributes } = extension.attributes;
  const dependents = [...change(before)].sort();
  return { ...extension, attributes: dependents.length > 0 ? { ...attributes, dependents } : attributes };
}

/** What is dropped, or called otherwise, is no dependent under its name any more. */
export function followDependent(catalog: Catalog, object: CatalogObject, to?: ObjectKey): void {
  for (const { on, type } of object.dependsOn) {
    const extension = type === "auto" && on.startsWith("extension ") ? catalog.at(on) : undefined;
    if (extension?.kind !== "extension") continue;
    const was = dependentText(keyOf(object.kind, object.name));
    const now = to === undefined ? [] : [dependentText(to)];
    catalog.put(withDependents(extension, (all) => [...all.filter((it) => it !== was), ...now]));
  }
}
