import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

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
): { readonly args: string[]; readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const full = resolve(folder);
  return { args: ["-C", full, ...settings, ...args], cwd: elsewhere, env: environmentFor(full) };
}

/** What names a repository before git looks for one. A hook of another repository leaves it to all that it starts. */
const ofOneRepository = [
  "GIT_DIR",
  "GIT_COMMON_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
];

/** A folder in a repository is read there. In none, the environment may name the one that its files belong to. */
function environmentFor(folder: string): NodeJS.ProcessEnv {
  if (!isInRepository(folder)) return process.env;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofOneRepository.includes(name)));
}

function isInRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return true;
    if (dirname(at) === at) return false;
  }
}
