import type { Session } from "../../session.ts";
import type { KindReader, ServerFacts } from "../kind.ts";
import { rareKinds } from "../kinds.ts";
import { readKind } from "../read-kind.ts";
import type { KnownObjects } from "./known-objects.ts";
import type { WhatMoved } from "./what-moved.ts";

export async function readRareKinds(
  session: Session,
  server: ServerFacts,
  known: KnownObjects,
  readers: readonly KindReader[],
): Promise<void> {
  for (const reader of readers) known.replaceKind(reader, await readKind(session, server, reader));
}

/** Rare kinds with objects in this database. */
export function presentKinds(known: KnownObjects): KindReader[] {
  return rareKinds.filter((reader) => [...known.in(reader.catalog)].length > 0);
}

/** Rare kinds that something was written about, a comment included. */
export function movedKinds(known: KnownObjects, what: WhatMoved): KindReader[] {
  const remarked = new Set<string>();
  for (const id of what.dirty) remarked.add(id.catalog);
  if (what.commented) {
    for (const id of known.commented) if (!what.commented.has(id)) remarked.add(id.catalog);
  }
  // A large object's comment stands under the catalog of its content.
  if (remarked.has("pg_largeobject")) remarked.add("pg_largeobject_metadata");
  return rareKinds.filter(
    (reader) =>
      remarked.has(reader.catalog) ||
      what.moved.any(reader.sources.filter((source) => source !== "pg_description")),
  );
}
