import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, renameSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { carefulGit } from "./careful-git.ts";
import { patiently } from "./patiently.ts";

/** Moves a file without overwriting another: with `git mv` where git tracks it. Throws what the system says. */
export function moveFile(from: string, to: string): void {
  if (existsSync(to) && !isSpellingOf(from, to))
    throw Object.assign(new Error(`${to} exists`), { code: "EEXIST" });
  const folder = dirname(from);
  const tracked = git(folder, ["ls-files", "--error-unmatch", "--", basename(from)]);
  if (tracked && git(folder, ["mv", "--", basename(from), relative(folder, to)])) return;
  patiently(() => renameSync(from, to));
}

/** Where case makes no difference, `users.sql` seems to be there as long as the file itself is called `Users.sql`. */
function isSpellingOf(from: string, to: string): boolean {
  const plain = (path: string) => path.normalize("NFC").toLowerCase();
  return plain(from) === plain(to) && !readdirSync(dirname(to)).includes(basename(to));
}

/** False where git fails, is not there, or knows nothing of the folder. */
function git(folder: string, args: readonly string[]): boolean {
  const { args: all, cwd } = carefulGit(folder, args);
  return spawnSync("git", all, { cwd, stdio: "ignore" }).status === 0;
}
