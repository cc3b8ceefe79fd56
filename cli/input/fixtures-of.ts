import type { CheckInput } from "#core/check-input.ts";
import type { Migration } from "#core/migration/model.ts";
import { uselessFixtures } from "#core/roundtrip/data/fixtures.ts";
import { readFixtures } from "#core/roundtrip/data/read-fixtures.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";
import { shownPath } from "./shown-path.ts";

/** A team's own rows. A file that no run would look at is a mistake, and so is a folder without any. */
export function fixturesOf(
  folder: string | undefined,
  cwd: string,
  migrations: readonly Migration[],
): NonNullable<CheckInput["fixtures"]> | CannotRun | undefined {
  if (folder === undefined) return undefined;
  const shown = shownPath(folder, cwd);
  try {
    const files = readFixtures(folder, shown);
    if (files.length === 0) return cannotRun(`the fixtures ${shown} hold no .sql file`);
    const [useless] = uselessFixtures(files, migrations);
    if (!useless) return files;
    const example = `${shown}/${migrations[0]?.version ?? "000001"}.sql`;
    return cannotRun(`${useless.path} ${useless.words}\n  wanted: the version alone, such as ${example}`);
  } catch (error) {
    return cannotRun(`cannot read the fixtures ${shown}: ${errorWords(error)}`);
  }
}
