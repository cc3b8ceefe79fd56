import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { cannot, type ProposedStatement } from "./proposed.ts";

/** What takes ALTER INDEX … ATTACH PARTITION back. */
export interface Detached {
  readonly drop: readonly CatalogObject[];
  readonly create: readonly CatalogObject[];
  readonly cannot: readonly ProposedStatement[];
}

/**
 * Nothing detaches an index, and it falls with the one that it was attached to. So that one is dropped and made again, unless
 * indexes hang on it that were attached before. Undefined where nothing was attached.
 */
export function detachIndex(
  catalog: Catalog,
  now: CatalogObject | undefined,
  was: CatalogObject | undefined,
  before: ReadonlyMap<ObjectKey, CatalogObject | undefined>,
  doomed: ReadonlySet<ObjectKey>,
): Detached | undefined {
  if (now?.kind !== "index" || was?.kind !== "index" || now.attributes.constraint !== undefined)
    return undefined;
  const { partitionOf } = now.attributes;
  if (partitionOf === undefined || was.attributes.partitionOf !== undefined) return undefined;
  const key = keyOf("index", partitionOf);
  const whole = catalog.at(key);
  if (!whole) return undefined;
  const isMade = (object: CatalogObject) => doomed.has(keyOf(object.kind, object.name));
  if (isMade(whole)) return { drop: [whole], create: isMade(was) ? [] : [was], cannot: [] };
  const others = [...catalog.objects()].filter(
    (it) => it.kind === "index" && it.attributes.partitionOf === partitionOf && it.name !== now.name,
  );
  if (others.every(isMade))
    return { drop: [whole], create: [before.get(key) ?? whole, ...(isMade(was) ? [] : [was])], cannot: [] };
  const note = `index ${now.name} stays attached: only dropping ${partitionOf} with all that is attached to it undoes that`;
  return { drop: [], create: [], cannot: [cannot(note)] };
}
