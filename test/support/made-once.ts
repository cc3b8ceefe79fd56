import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * A folder that the first suite to ask makes, and every other suite of the run waits for: what takes long to make and
 * nobody changes. `make` fills the folder. Rejects with the same words for everybody where it failed.
 */
export async function madeOnce(
  name: string,
  make: (folder: string) => void | Promise<void>,
): Promise<string> {
  const run = process.env.SWITCHBACK_TEST_RUN;
  if (!run) throw new Error("vitest was started without test/support/run-folder.ts");
  const folder = join(run, name);
  const outcome = join(run, `${name}.outcome`);
  if (isFirst(folder)) {
    try {
      await make(folder);
      said(outcome, "");
    } catch (error) {
      said(outcome, error instanceof Error ? error.message : String(error));
    }
  }
  while (!existsSync(outcome)) await pause(200);
  const problem = readFileSync(outcome, "utf8");
  if (problem !== "") throw new Error(problem);
  return folder;
}

/** Nobody reads half of it. */
function said(outcome: string, problem: string): void {
  writeFileSync(`${outcome}.part`, problem);
  renameSync(`${outcome}.part`, outcome);
}

/** Making a folder is one step, which only one process takes. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
