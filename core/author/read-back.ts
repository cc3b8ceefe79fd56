import type { ComposedFile, Layout } from "../migration/layout/layout.ts";
import { type FolderReading, readMigrations } from "../migration/read-migrations.ts";

/** What a runner would make of files before they are written. */
export function readBack(layout: Layout, files: readonly ComposedFile[]): FolderReading {
  const raw = files.map(({ name, text }) => ({ path: name, bytes: new TextEncoder().encode(text) }));
  return readMigrations("", raw, layout);
}
