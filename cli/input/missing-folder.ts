import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { findMigrationFolders } from "../init/find-migration-folders.ts";

/** More folders than these are a list, and `init` prints it. */
const most = 3;

/** A folder that is not there: where migrations lie instead, and what `remedy` says. */
export function missingFolder(shown: string, cwd: string, remedy?: string): CannotRun {
  const elsewhere = foundElsewhere(cwd);
  const named = 'name the migration folder, or set "migrations" in switchback.jsonc';
  const helps = remedy === undefined ? (elsewhere.length > 0 ? elsewhere : [named]) : [...elsewhere, remedy];
  return cannotRun([`cannot look at ${shown}: it does not exist`, ...helps].join("\n  "));
}

/** A line of a message, where there is one: those below `named` come first. */
export function foundElsewhere(cwd: string, named = ""): string[] {
  const isBelow = (folder: string) => folder.startsWith(`${named}/`);
  const found = findMigrationFolders(cwd)
    .map(({ folder }) => folder)
    .sort((a, b) => Number(isBelow(b)) - Number(isBelow(a)))
    .slice(0, most);
  return found.length > 0 ? [`migrations were found in ${found.join(", ")}`] : [];
}
