import { historyEnd } from "../migration/history-end.ts";
import type { Migration, SourceFile } from "../migration/model.ts";
import type { FolderReading } from "../migration/read-migrations.ts";

/** Which files and migrations a run speaks about. All are simulated; history is not reported on. */
export interface Scope {
  readonly hasFile: (file: SourceFile) => boolean;
  /** A migration is in scope as soon as one of its files is. */
  readonly hasMigration: (migration: Migration) => boolean;
}

export interface ScopeOptions {
  /** Paths that the change set touches; absent: everything. */
  readonly changed?: ReadonlySet<string>;
  /** Versions up to and including this one are history. */
  readonly startAfter?: string;
}

export function scopeOf(folder: FolderReading, { changed, startAfter }: ScopeOptions): Scope {
  const history = new Set<string>();
  if (startAfter !== undefined) {
    const last = historyEnd(folder, startAfter);
    for (const migration of folder.migrations) {
      if (folder.layout.compare(migration.key, last) > 0) continue;
      for (const script of [migration.up, migration.down]) if (script) history.add(script.file.path);
    }
  }
  const hasFile = (file: SourceFile) => !history.has(file.path) && (!changed || changed.has(file.path));
  const hasMigration = ({ up, down }: Migration) =>
    (up !== undefined && hasFile(up.file)) || (down !== undefined && hasFile(down.file));
  return { hasFile, hasMigration };
}
