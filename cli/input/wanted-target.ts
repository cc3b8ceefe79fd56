import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import type { CheckCommand } from "#core/config/options.ts";
import { builtInConfig } from "#core/config/resolve-config.ts";
import { type CannotRun, isCannotRun } from "../cannot-run.ts";
import type { Flags } from "../grammar/request.ts";
import { findMigrationFolders, isForTrial } from "../init/find-migration-folders.ts";
import { print } from "../write-output.ts";
import { type CheckTarget, checkTarget } from "./check-target.ts";
import { withOrigin } from "./with-origin.ts";

/**
 * What a command looks at: the paths that it was given, or the folder of the configuration. Where nobody named one and
 * the usual one is not there, the only one that is.
 */
export async function wantedTarget(
  command: CheckCommand | "write" | "make",
  paths: readonly string[],
  config: Config,
  flags: Flags,
  cwd: string,
): Promise<CheckTarget | CannotRun> {
  if (paths.length > 0) return checkTarget(command, paths, cwd);
  const usual = checkTarget(command, [config.migrations], cwd);
  if (!isCannotRun(usual)) return usual;
  if (config.migrations !== resolve(cwd, builtInConfig.migrations) || existsSync(config.migrations))
    return withOrigin(usual, "migrations", flags, cwd);
  const [only, other] = findMigrationFolders(cwd).filter((reading) => !isForTrial(reading));
  if (!only || other) return usual;
  const what = only.folder === "." ? "this one holds" : `${only.folder} is the only one that holds`;
  await print(process.stderr, `there is no folder ${builtInConfig.migrations}, and ${what} migrations\n`);
  return checkTarget(command, [only.folder], cwd);
}
