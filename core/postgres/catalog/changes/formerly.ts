import { firstUserOid } from "../fragments.ts";
import type { Id } from "./ids.ts";
import type { Known, KnownObjects } from "./known-objects.ts";
import { renderable } from "./render.ts";
import type { WhatMoved } from "./what-moved.ts";

/** Forgets what was deleted. Columns go with their relation; a dropped column is a written row. */
export function forgetDeleted(known: KnownObjects, what: WhatMoved): void {
  for (const catalog of [...what.gone.keys(), ...what.alive.keys()])
    for (const object of deletedFrom(catalog, known, what)) known.delete(object);
}

/** What was known of a catalog and is no more. */
export function deletedFrom(catalog: string, known: KnownObjects, what: WhatMoved): readonly Known[] {
  const gone = what.gone.get(catalog);
  if (gone) return gone.flatMap((oid) => known.at({ catalog, oid, sub: 0 }) ?? []);
  const alive = what.alive.get(catalog);
  return alive ? [...known.in(catalog)].filter((object) => !alive.has(object.oid) && isListed(object)) : [];
}

/** Of PostgreSQL's own objects only privileges are known; they stay. */
function isListed({ oid, row }: Known): boolean {
  return row.object?.kind !== "privileges on" || Number(oid) >= firstUserOid;
}

/** Objects that had something which may have been deleted: a parent, a label, a comment. */
export function* formerly(known: KnownObjects, what: WhatMoved): Generator<Id> {
  if (what.moved.deleted("pg_inherits")) {
    for (const object of known.in("pg_class")) {
      const attributes = object.row.object?.attributes ?? {};
      if ("inherits" in attributes || "partitionOf" in attributes) yield object;
    }
  }
  if (what.moved.deleted("pg_enum")) {
    for (const object of known.in("pg_type")) {
      if (object.row.object && "labels" in object.row.object.attributes) yield object;
    }
  }
  if (what.moved.deleted("pg_class")) yield* known.identifiedByIndex;
  if (what.commented) {
    for (const id of known.commented) {
      if (renderable.has(id.catalog) && !what.commented.has(id)) yield id;
    }
  }
}
