import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import type { CheckCommand } from "#core/config/options.ts";
import { builtInConfig } from "#core/config/resolve-config.ts";
import type { CannotRun } from "../cannot-run.ts";
import { findMigrationFolders, isForTrial } from "../init/find-migration-folders.ts";
import { print } from "../write-output.ts";
import { type CheckTarget, checkTarget } from "./check-target.ts";

/**
 * What a command looks at: the paths that it was given, or the folder of the configuration. Where nobody named one and
 * the usual one is not there, the only one that is.
 */
export async function wantedTarget(
  command: CheckCommand | "write" | "make",
  paths: readonly string[],
  config: Config,
  cwd: string,
): Promise<CheckTarget | CannotRun> {
  if (paths.length > 0) return checkTarget(command, paths, cwd);
  const { migrations } = config;
  if (migrations !== resolve(cwd, builtInConfig.migrations) || existsSync(migrations))
    return checkTarget(command, [migrations], cwd);
  const [only, other] = findMigrationFolders(cwd).filter((reading) => !isForTrial(reading));
  if (!only || other) return checkTarget(command, [migrations], cwd);
  const what = only.folder === "." ? "this one holds" : `${only.folder} is the only one that holds`;
  await print(process.stderr, `there is no folder ${builtInConfig.migrations}, and ${what} migrations\n`);
  return checkTarget(command, [only.folder], cwd);
}
