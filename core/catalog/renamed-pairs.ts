import { addToList } from "./add-to-list.ts";
import { differingAttributes, type Texts } from "./differing-attributes.ts";
import type { CatalogObject, ObjectKey } from "./model.ts";
import type { Pair } from "./pair.ts";

/** Constraints and indexes that are there under another name: missing key → what was found, and the other way round. */
export function renames(differing: readonly Pair[], texts: Texts): Map<ObjectKey, Pair> {
  const found = new Map<ObjectKey, Pair>();
  const missing = differing.filter(({ before, after }) => before && !after && goesByName(before));
  if (missing.length === 0) return found;
  const added = new Map<string, Pair[]>();
  for (const pair of differing) {
    if (pair.before || !pair.after || !goesByName(pair.after)) continue;
    addToList(added, placeOf(pair.after), pair);
  }
  for (const lost of missing) {
    const { before } = lost;
    const twin =
      before &&
      added
        .get(placeOf(before))
        ?.find(({ key, after }) => after && !found.has(key) && isTwin(before, after, texts));
    if (!twin) continue;
    found.set(lost.key, twin);
    found.set(twin.key, lost);
  }
  return found;
}

function goesByName({ kind }: CatalogObject): boolean {
  return kind === "constraint" || kind === "index";
}

function placeOf({ kind, parent }: CatalogObject): string {
  return `${kind} of ${parent}`;
}

function isTwin(a: CatalogObject, b: CatalogObject, texts: Texts): boolean {
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
