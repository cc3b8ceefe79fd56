import { join } from "node:path";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { type FolderReading, readMigrations } from "#core/migration/read-migrations.ts";
import { listed, walkFolders } from "./walk-folders.ts";

/**
 * Folders below `root` that hold migrations: those for a trial last, else those with the most first. Paths are relative
 * to it, with `/`.
 */
export function findMigrationFolders(root: string): FolderReading[] {
  const found: FolderReading[] = [];
  walkFolders(root, ({ shown, files, folders }) => {
    const holdsSql = files.some((name) => /\.sql$/i.test(name));
    const below = folders.map((name) => join(root, shown, name));
    const reading =
      holdsSql || below.some((folder) => holds(folder, /^(up|migration)\.sql$/))
        ? migrationsIn(root, shown)
        : inReleases(root, shown, below);
    if (reading) found.push(reading);
    // What lies in a migration folder belongs to it.
    return reading === undefined;
  });
  const trial = (reading: FolderReading) => Number(isForTrial(reading));
  return found.sort(
    (a, b) =>
      trial(a) - trial(b) || b.migrations.length - a.migrations.length || a.folder.length - b.folder.length,
  );
}

/** Folders on the way to migrations that nobody means to run in production. */
const forTrial = new Set([
  "test",
  "tests",
  "__tests__",
  "spec",
  "e2e",
  "examples",
  "example",
  "samples",
  "demo",
]);

export function isForTrial({ folder }: FolderReading): boolean {
  return folder.split("/").some((name) => forTrial.has(name));
}

/** The migrations of one folder; undefined where it holds none. */
export function migrationsIn(root: string, shown: string): FolderReading | undefined {
  const folder = join(root, shown);
  const chosen = chooseLayout("auto", () => detectFolder(folder, shown));
  if (!chosen.ok) return undefined;
  const files = readFolder(folder, shown === "" ? "." : shown, chosen.layout);
  if (!files.ok || files.files.length === 0) return undefined;
  const reading = readMigrations(shown === "" ? "." : shown, files.files, chosen.layout);
  return reading.migrations.some(({ up }) => up) ? reading : undefined;
}

/**
 * Flyway's, in a folder for each release. Where one version stands in two folders, they are for databases of several
 * kinds, and each is a folder of its own.
 */
function inReleases(root: string, shown: string, below: readonly string[]): FolderReading | undefined {
  if (below.filter((folder) => holds(folder, /^V\d[\d._]*__.*\.sql$/)).length < 2) return undefined;
  const reading = migrationsIn(root, shown);
  return reading?.duplicates.length === 0 ? reading : undefined;
}

function holds(folder: string, file: RegExp): boolean {
  return listed(folder).some(({ name }) => file.test(name));
}
