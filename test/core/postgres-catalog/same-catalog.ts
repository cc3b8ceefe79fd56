import { type CatalogObject, keyOf } from "#core/catalog/model.ts";

/** Definitions by key, as texts. */
export function definitions(objects: Iterable<CatalogObject>): Map<string, string> {
  return new Map(
    [...objects].map((object) => [
      keyOf(object.kind, object.name),
      JSON.stringify([object.attributes, object.parent, object.position]),
    ]),
  );
}

/** One line for each key whose definition is not the same in both. */
export function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].filter((key) => a.get(key) !== b.get(key)).sort();
}
