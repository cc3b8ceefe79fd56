import type { Id } from "./ids.ts";
import type { KnownObjects } from "./known-objects.ts";
import { renderable } from "./render.ts";
import type { WhatMoved } from "./what-moved.ts";

/** Forgets what was deleted. Columns go with their relation; a dropped column is a written row. */
export function forgetDeleted(known: KnownObjects, what: WhatMoved): void {
  for (const [catalog, alive] of what.alive) {
    const gone = [...known.in(catalog)].filter((object) => !alive.has(object.oid));
    for (const object of gone) known.delete(object);
  }
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
