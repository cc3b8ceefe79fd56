import { spawnSync } from "node:child_process";
import { carefulGit } from "./careful-git.ts";

/** False where git fails, is not there, or knows nothing of the folder. */
export function gitDoes(folder: string, args: readonly string[]): boolean {
  const { args: all, cwd } = carefulGit(folder, args);
  return spawnSync("git", all, { cwd, stdio: "ignore" }).status === 0;
}
