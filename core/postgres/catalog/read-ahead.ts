import type { Database } from "../session.ts";
import { SessionLine } from "../session-line.ts";
import { CatalogReader } from "./catalog-reader.ts";

/** The one session of a database, and a reader on it that has read everything. */
export interface ReadAhead {
  readonly line: SessionLine;
  readonly reader: CatalogReader;
}

const waiting = new WeakMap<Database, ReadAhead>();

/**
 * Reads the catalog of a database that waits for its user, on an engine with one session: on PGlite that is nine tenths
 * of what proving one migration takes.
 */
export async function readAhead(database: Database): Promise<void> {
  const line = new SessionLine(await database.connect());
  const reader = await CatalogReader.open({ session: line, shared: true });
  // The first time plans all of it.
  await reader.readChanges();
  waiting.set(database, { line, reader });
}

/** What was read ahead, for the one who takes the database over. Its session is then the caller's to close. */
export function takeReadAhead(database: Database): ReadAhead | undefined {
  const ahead = waiting.get(database);
  waiting.delete(database);
  return ahead;
}
