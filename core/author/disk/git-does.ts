import { spawnSync } from "node:child_process";
import { carefulGit } from "./careful-git.ts";

/** False where git fails, is not there, or knows nothing of the folder. */
export function gitDoes(folder: string, args: readonly string[]): boolean {
  const { args: all, cwd, env } = carefulGit(folder, args);
  return spawnSync("git", all, { cwd, env, stdio: "ignore" }).status === 0;
}
