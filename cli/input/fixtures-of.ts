import type { CheckInput } from "#core/check-input.ts";
import type { Migration } from "#core/migration/model.ts";
import { strayFixtures } from "#core/roundtrip/data/fixtures.ts";
import { readFixtures } from "#core/roundtrip/data/read-fixtures.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";
import { shownPath } from "./check-target.ts";

/** A team's own rows. A file that belongs to no version is a mistake. */
export function fixturesOf(
  folder: string | undefined,
  cwd: string,
  migrations: readonly Migration[],
): NonNullable<CheckInput["fixtures"]> | CannotRun | undefined {
  if (folder === undefined) return undefined;
  const shown = shownPath(folder, cwd);
  try {
    const files = readFixtures(folder, shown);
    const [stray] = strayFixtures(files, migrations);
    if (!stray) return files;
    const example = `${shown}/${migrations[0]?.version ?? "000001"}.sql`;
    return cannotRun(
      `${stray.path} belongs to no migration\n  wanted: the version alone, such as ${example}`,
    );
  } catch (error) {
    return cannotRun(`cannot read the fixtures ${shown}: ${errorWords(error)}`);
  }
}
