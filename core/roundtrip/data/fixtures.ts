import { bareVersion } from "../../migration/is-version.ts";
import type { Migration, SourceFile } from "../../migration/model.ts";

interface FixtureFile {
  readonly path: string;
  readonly text: string;
}

/** Fixtures by their bare version: `fixtures/000012.sql` belongs to 12. */
export function fixturesByVersion(files: readonly FixtureFile[]): Map<string, SourceFile> {
  return new Map(files.map((file) => [versionOf(file), { ...file, bom: false }]));
}

/** Those that belong to no migration: a misspelt name, which would be passed over in silence. */
export function strayFixtures(
  files: readonly FixtureFile[],
  migrations: readonly Migration[],
): readonly FixtureFile[] {
  const known = new Set(migrations.map(({ version }) => bareVersion(version)));
  return files.filter((file) => !known.has(versionOf(file)));
}

function versionOf({ path }: FixtureFile): string {
  return bareVersion(path.slice(path.lastIndexOf("/") + 1).replace(/\.sql$/i, ""));
}
