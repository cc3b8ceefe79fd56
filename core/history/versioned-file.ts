import type { Direction, Migration } from "../migration/model.ts";

/** A migration file as far as its name tells. */
export interface VersionedFile {
  readonly path: string;
  /** As spelt: `000012`. */
  readonly version: string;
  /** Equal for `1` and `000001`. */
  readonly key: string;
  readonly title: string;
  /** `000012_add_user_status` */
  readonly name: string;
  readonly direction: Direction;
}

export function versionedFiles(migrations: readonly Migration[]): VersionedFile[] {
  return migrations.flatMap((migration) => {
    const { version, key, title, name } = migration;
    const scripts = [migration.up, migration.down].filter((script) => script !== undefined);
    return scripts.map(({ direction, file }) => ({ path: file.path, version, key, title, name, direction }));
  });
}
