import { existsSync, readdirSync, renameSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { gitDoes } from "./git-does.ts";
import { isTracked } from "./is-tracked.ts";
import { patiently } from "./patiently.ts";

/** Moves a file without overwriting another: with `git mv` where git tracks it. Throws what the system says. */
export function moveFile(from: string, to: string): void {
  if (existsSync(to) && !isSpellingOf(from, to))
    throw Object.assign(new Error(`${to} exists`), { code: "EEXIST" });
  const folder = dirname(from);
  if (isTracked(from) && gitDoes(folder, ["mv", "--", basename(from), relative(folder, to)])) return;
  patiently(() => renameSync(from, to));
}

/** Where case makes no difference, `users.sql` seems to be there as long as the file itself is called `Users.sql`. */
function isSpellingOf(from: string, to: string): boolean {
  const plain = (path: string) => path.normalize("NFC").toLowerCase();
  return plain(from) === plain(to) && !readdirSync(dirname(to)).includes(basename(to));
}
