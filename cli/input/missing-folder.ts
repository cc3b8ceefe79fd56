import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { findMigrationFolders } from "../init/find-migration-folders.ts";

/** More folders than these are a list, and `init` prints it. */
const most = 3;

/** A folder that is not there: where migrations lie instead, and what `remedy` says. */
export function missingFolder(shown: string, cwd: string, remedy?: string): CannotRun {
  const found = findMigrationFolders(cwd)
    .slice(0, most)
    .map(({ folder }) => folder);
  const elsewhere = found.length > 0 ? [`migrations were found in ${found.join(", ")}`] : [];
  return cannotRun(
    [`cannot look at ${shown}: it does not exist`, ...elsewhere, ...(remedy ? [remedy] : [])].join("\n  "),
  );
}
