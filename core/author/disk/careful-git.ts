import { dirname, resolve } from "node:path";

/**
 * A migration folder may hold a repository of its own, without a work tree: git would take it for the one to look at, and
 * its configuration names programs to run. The one that watches for changes is not asked in any repository.
 */
const settings = ["-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false"];

/** A folder in which no stranger writes, and which stays while we run, as Node's own may not when an editor is updated. */
const elsewhere = process.platform === "win32" ? dirname(process.execPath) : "/";

/**
 * How git is started on a folder: with care for what lies in it, from elsewhere, and told where to go. Windows looks for
 * a program in the folder that it is started in before PATH: a `git.exe` among somebody's migrations is not git.
 */
export function carefulGit(
  folder: string,
  args: readonly string[],
): { readonly args: string[]; readonly cwd: string } {
  return { args: ["-C", resolve(folder), ...settings, ...args], cwd: elsewhere };
}
