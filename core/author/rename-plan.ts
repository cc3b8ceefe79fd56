import { respell } from "../migration/layout/respell.ts";
import type { Migration } from "../migration/model.ts";
import type { FolderReading } from "../migration/read-migrations.ts";
import type { FileEdit } from "../report/model.ts";
import { companionsOf } from "./companions.ts";
import { listEdits, listText } from "./list-edits.ts";
import { isSameTitle, migrationTitle } from "./migration-title.ts";

export type RenamePlan =
  | { readonly ok: true; readonly edits: readonly FileEdit[] }
  | { readonly ok: false; readonly problem: string };

/** Gives both files of a migration another title; whatever else lies in its folder goes along. */
export function renamePlan(reading: FolderReading, migration: Migration, description: string): RenamePlan {
  const named = migrationTitle(description);
  if (!named.ok) return named;
  const { title } = named;
  const other = reading.migrations.find((it) => it !== migration && isSameTitle(it.title, title));
  if (other) return { ok: false, problem: `${other.name} has this title already` };
  const edits = spelledAnew(reading, migration, { title });
  if (edits.length === 0) return { ok: false, problem: `${migration.name} has this title already` };
  return { ok: true, edits };
}

/** Renames of a migration's files to another version or title; `base`: the folder behind which they move. */
export function spelledAnew(
  { layout, files }: FolderReading,
  migration: Migration,
  to: { readonly version?: string; readonly title?: string },
  base?: FolderReading,
): FileEdit[] {
  const behind = listText(layout, base?.files);
  const own = new Set([migration.up?.file, migration.down?.file].filter((file) => file !== undefined));
  const beside = new Set([...own].flatMap(({ path }) => companionsOf(path, layout, files)));
  return files.flatMap((entry): FileEdit[] => {
    const { file, name } = entry;
    if (!own.has(file) && !beside.has(entry)) return [];
    // The two halves of a pair may have different titles, which is what a rename is for.
    const spelt = layout.read([{ file, name }]).migrations[0] ?? migration;
    const path = respell(file.path, layout, spelt, to);
    if (path === file.path) return [];
    const called = path.slice(file.path.length - name.length);
    return [
      { kind: "rename", file: file.path, to: path },
      ...listEdits({ layout, files }, (list, text) => list.withName(text, name, called, behind)),
    ];
  });
}
