import { join, resolve } from "node:path";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { findMigrationFolders } from "../init/find-migration-folders.ts";
import { gitRoot } from "../init/git-root.ts";
import { absentSubmodule } from "./absent-submodule.ts";
import { findPrograms } from "./programs-instead.ts";
import { shownPath } from "./shown-path.ts";

/** More folders than these are a list, and `init` prints it. */
const most = 3;

/** A folder that is not there: where migrations lie instead, and what `remedy` says. */
export function missingFolder(shown: string, cwd: string, remedy?: string): CannotRun {
  const submodule = absentSubmodule(resolve(cwd, shown), cwd);
  if (submodule !== undefined) return cannotRun(`cannot look at ${shown}: it does not exist\n  ${submodule}`);
  const found = foundElsewhere(cwd);
  const elsewhere = found.length > 0 ? found : findPrograms(cwd);
  const named = 'name the migration folder, or set "migrations" in switchback.jsonc';
  const isOpen = elsewhere.length === 0 || found.some((line) => line.includes(", "));
  const helps = remedy === undefined ? [...elsewhere, ...(isOpen ? [named] : [])] : [...elsewhere, remedy];
  return cannotRun([`cannot look at ${shown}: it does not exist`, ...helps].join("\n  "));
}

/** A line of a message, where there is one: those below `named` alone, if there are any. */
export function foundElsewhere(cwd: string, named = ""): string[] {
  const all = foldersNear(cwd);
  const below = all.filter((folder) => folder.startsWith(`${named}/`));
  const found = below.length > 0 ? below : all;
  if (found.length === 0) return [];
  const more = found.length > most ? ` and ${found.length - most} more` : "";
  return [`migrations were found in ${found.slice(0, most).join(", ")}${more}`];
}

/** Below the working folder, or else in the repository that it lies in: people run things from where they are. */
function foldersNear(cwd: string): string[] {
  const below = findMigrationFolders(cwd).map(({ folder }) => folder);
  const root = gitRoot(cwd);
  if (below.length > 0 || root === cwd) return below;
  return findMigrationFolders(root).map(({ folder }) => shownPath(join(root, folder), cwd));
}
