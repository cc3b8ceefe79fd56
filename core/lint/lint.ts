import { loadParser } from "../sql/parse.ts";
import { FolderRun } from "./folder-run.ts";
import type { LintInput, LintResult } from "./lint-input.ts";

/** Checks a folder without a database. */
export async function lint(input: LintInput): Promise<LintResult> {
  await loadParser();
  const run = new FolderRun(input);
  return run.result(input.folder.migrations.map((migration) => run.lint(migration)));
}
