import { layouts } from "#core/migration/layout/layouts.ts";
import { type FolderReading, readMigrations } from "#core/migration/read-migrations.ts";

/** A folder of a layout from texts by name; their paths begin with `m/`. */
export function readLayout(name: string, files: Readonly<Record<string, string>>): FolderReading {
  const layout = layouts[name];
  if (!layout) throw new Error(`no layout ${name}`);
  const raw = Object.entries(files).map(([file, text]) => ({
    path: `m/${file}`,
    bytes: new TextEncoder().encode(text),
  }));
  return readMigrations("m", raw, layout);
}
