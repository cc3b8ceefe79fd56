import type { FolderReading } from "./migration/read-migrations.ts";

/**
 * The paths that a change set touches, and for each file that it deletes what is left of the same migration: who deletes
 * a down has changed that migration.
 */
export function changedPaths(
  changed: ReadonlySet<string>,
  { folder, files, layout, migrations }: FolderReading,
): ReadonlySet<string> {
  const present = new Set(files.map(({ file }) => file.path));
  const prefix = folder === "" || folder === "." ? "" : `${folder.replace(/\/+$/, "")}/`;
  const deleted = [...changed]
    .filter(
      (path) => !present.has(path) && path.startsWith(prefix) && layout.wants(path.slice(prefix.length)),
    )
    .map((path) => ({ file: { path, text: "", bom: false }, name: path.slice(prefix.length) }));
  if (deleted.length === 0) return changed;
  const keys = new Set(layout.read(deleted).migrations.map(({ key }) => key));
  const left = migrations
    .filter(({ key }) => keys.has(key))
    .flatMap(({ up, down }) => [up, down].flatMap((script) => (script ? [script.file.path] : [])));
  return new Set([...changed, ...left]);
}
