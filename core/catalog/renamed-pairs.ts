import { differingAttributes, type Texts } from "./differing-attributes.ts";
import type { CatalogObject, ObjectKey } from "./model.ts";
import type { Pair } from "./pair.ts";

/** Constraints and indexes that are there under another name: missing key → what was found, and the other way round. */
export function renames(differing: readonly Pair[], texts: Texts): Map<ObjectKey, Pair> {
  const found = new Map<ObjectKey, Pair>();
  for (const missing of differing) {
    if (missing.after || !missing.before) continue;
    const twin = differing.find(
      (pair) =>
        !pair.before &&
        pair.after &&
        !found.has(pair.key) &&
        missing.before &&
        isTwin(missing.before, pair.after, texts),
    );
    if (!twin) continue;
    found.set(missing.key, twin);
    found.set(twin.key, missing);
  }
  return found;
}

function isTwin(a: CatalogObject, b: CatalogObject, texts: Texts): boolean {
  if (a.kind !== b.kind || a.parent !== b.parent || (a.kind !== "constraint" && a.kind !== "index"))
    return false;
  const renamed = nameless(b, a);
  return differingAttributes(a, renamed, texts).length === 0;
}

/** The object as if it had the other's name. */
function nameless(object: CatalogObject, like: CatalogObject): CatalogObject {
  if (object.kind !== "index" || like.kind !== "index") return object;
  const definition = object.attributes.definition.replace(
    / INDEX \S+ ON /,
    / INDEX \S+ ON /.exec(like.attributes.definition)?.[0] ?? " ",
  );
  const { constraint: _, ...attributes } = object.attributes;
  const constraint =
    like.attributes.constraint === undefined ? {} : { constraint: like.attributes.constraint };
  return { ...object, attributes: { ...attributes, definition, ...constraint } };
}
