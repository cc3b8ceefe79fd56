import { bareVersion, isVersion } from "./is-version.ts";
import type { FolderReading } from "./read-migrations.ts";
import { runOnce } from "./run-once.ts";

type Folder = Pick<FolderReading, "migrations" | "layout">;

/** The key up to which migrations are history. */
export function historyEnd({ migrations }: Folder, startAfter: string): string {
  return migrations.find((migration) => isVersion(migration, startAfter))?.key ?? bareVersion(startAfter);
}

/**
 * Why nothing is checked where the line is drawn past the newest migration, without a full stop. A line that is drawn
 * right after it is meant. `name`: what the reader calls the option.
 */
export function pastNewest(folder: Folder, startAfter: string | undefined, name: string): string | undefined {
  const newest = runOnce(folder).at(-1);
  if (startAfter === undefined || !newest) return undefined;
  if (folder.layout.compare(historyEnd(folder, startAfter), newest.key) <= 0) return undefined;
  return `${name} ${startAfter} is past the newest migration, ${newest.name}, so nothing is checked`;
}
