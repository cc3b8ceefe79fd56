import type { CheckInput } from "./check-input.ts";
import { sameBytes } from "./history/changes.ts";
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

/**
 * What a change set touches without what the base has just so: a file whose mode changed, or one that has come to the base
 * by another way, is not this change's.
 */
export function differingPaths(
  changed: ReadonlySet<string>,
  { files, base }: Pick<CheckInput, "files" | "base">,
): ReadonlySet<string> {
  if (!base) return changed;
  const before = new Map(base.files.map(({ path, bytes }) => [path, bytes]));
  const same = files.filter(({ path, bytes }) => {
    const old = changed.has(path) ? before.get(path) : undefined;
    return old !== undefined && sameBytes(old, bytes);
  });
  if (same.length === 0) return changed;
  const gone = new Set(same.map(({ path }) => path));
  return new Set([...changed].filter((path) => !gone.has(path)));
}
