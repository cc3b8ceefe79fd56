import type { ComposedFile, Layout, MigrationSql, Sibling } from "../../migration/layout/layout.ts";
import type { Migration } from "../../migration/model.ts";
import { isSameTitle, migrationTitle } from "../migration-title.ts";
import { readBack } from "../read-back.ts";
import { highestVersion } from "../version-after.ts";
import { nextVersion } from "./next-version.ts";

export type NewPair =
  | {
      readonly ok: true;
      readonly version: string;
      readonly title: string;
      readonly files: readonly ComposedFile[];
    }
  | { readonly ok: false; readonly problem: string };

export interface NewPairInput {
  readonly layout: Layout;
  readonly migrations: readonly Pick<Migration, "version" | "title">[];
  /** Those of the folder itself, which the new one is to be like. */
  readonly siblings: readonly Sibling[];
  /** What the migration does, in a few words. */
  readonly description: string;
  readonly now: Date;
  /** What the files begin with (default: nothing). */
  readonly sql?: MigrationSql;
}

/** The up and the down of a new migration, in the style of the folder. Writes nothing. */
export function newPair({ layout, migrations, siblings, description, now, sql }: NewPairInput): NewPair {
  const named = migrationTitle(description);
  if (!named.ok) return named;
  const { title } = named;
  const taken = migrations.find((migration) => isSameTitle(migration.title, title));
  if (taken) return { ok: false, problem: `${taken.version}_${taken.title} has this title already` };
  const version = nextVersion(
    migrations.map((migration) => migration.version),
    now,
    layout.firstVersion,
  );
  const files = layout.compose(version, title, sql ?? { up: "", down: "" }, siblings);
  const made = readBack(layout, files);
  const [left] = made.ignored;
  if (left) return { ok: false, problem: `No version is left after the highest one: ${left.reason}` };
  const highest = highestVersion(migrations.map((migration) => migration.version));
  const before = highest && readBack(layout, layout.compose(highest, title, { up: "" })).migrations[0];
  const [migration] = made.migrations;
  if (before && migration && layout.compare(before.key, migration.key) >= 0)
    return {
      ok: false,
      problem: `${layout.name} would run ${version} before ${highest}, for it orders versions as text: give them one width first`,
    };
  return { ok: true, version, title, files };
}
