import type { CatalogObject } from "../../catalog/model.ts";
import type { Session } from "../session.ts";
import { readDependencies, withDependencies } from "./dependencies.ts";
import { commonKinds, rareKinds } from "./kinds.ts";
import { placeColumns } from "./positions.ts";
import { inQuiet } from "./quiet.ts";
import { type ReadRow, readKind, readServerFacts } from "./read-kind.ts";

export interface ReadOptions {
  /** Fill `dependsOn` from pg_depend. Expensive. */
  readonly dependencies?: boolean;
}

/**
 * Everything a database contains, read in one transaction of its own. The session must not have one open.
 * Objects of PostgreSQL itself, members of extensions and temporary objects are not part of it.
 */
export async function readCatalog(session: Session, options: ReadOptions = {}): Promise<CatalogObject[]> {
  return inQuiet(session, false, async () => {
    const rows = await readEverything(session);
    const objects = objectsOf(rows);
    return options.dependencies ? withDependencies(objects, await readDependencies(session, rows)) : objects;
  });
}

async function readEverything(session: Session): Promise<ReadRow[]> {
  const server = await readServerFacts(session);
  const rows: ReadRow[] = [];
  for (const reader of [...commonKinds, ...rareKinds]) {
    rows.push(...(await readKind(session, server, reader)));
  }
  return rows;
}

/** The objects among the rows, columns in their place. */
function objectsOf(rows: Iterable<ReadRow>): CatalogObject[] {
  const objects: CatalogObject[] = [];
  const columns = new Map<string, CatalogObject[]>();
  for (const { object, oid } of rows) {
    if (!object) continue;
    if (object.kind !== "column") objects.push(object);
    else columns.set(oid, [...(columns.get(oid) ?? []), object]);
  }
  for (const siblings of columns.values()) objects.push(...placeColumns(siblings));
  return objects;
}
