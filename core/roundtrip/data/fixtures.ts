import { bareVersion } from "../../migration/is-version.ts";
import type { Migration, SourceFile } from "../../migration/model.ts";
import { dumpSql } from "../dump-sql.ts";

interface FixtureFile {
  readonly path: string;
  readonly text: string;
}

/** Fixtures by their bare version: `fixtures/000012.sql` belongs to 12. */
export function fixturesByVersion(files: readonly FixtureFile[]): Map<string, SourceFile> {
  // Of two files of one version the first counts.
  return new Map(
    files.toReversed().map((file) => [versionOf(file), { ...file, text: sqlOf(file), bom: false }]),
  );
}

/** A file that no run would look at, and why: without a word about it, it would be passed over in silence. */
export interface UselessFixture {
  readonly path: string;
  /** "belongs to no migration" */
  readonly words: string;
}

/** Those that belong to no migration, such as a misspelt name, and those of a version that has another one. */
export function uselessFixtures(
  files: readonly FixtureFile[],
  migrations: readonly Migration[],
): UselessFixture[] {
  const known = new Set(migrations.map(({ version }) => bareVersion(version)));
  const first = new Map<string, string>();
  const useless: UselessFixture[] = [];
  for (const file of files) {
    const version = versionOf(file);
    const other = first.get(version);
    if (!known.has(version)) useless.push({ path: file.path, words: "belongs to no migration" });
    else if (other !== undefined) {
      useless.push({ path: file.path, words: `belongs to the same version as ${other}` });
    } else first.set(version, nameOf(file));
  }
  return useless;
}

/** `pg_dump --data-only` writes COPY, which no driver sends. */
function sqlOf({ text }: FixtureFile): string {
  return /^COPY .+ FROM stdin;\s*$/im.test(text) ? dumpSql(text) : text;
}

function versionOf(file: FixtureFile): string {
  return bareVersion(nameOf(file).replace(/\.sql$/i, ""));
}

function nameOf({ path }: FixtureFile): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
