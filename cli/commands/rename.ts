import { writeEdits } from "#core/author/disk/write-edits.ts";
import { migrationTitle } from "#core/author/migration-title.ts";
import { renamePlan } from "#core/author/rename-plan.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Flags } from "../grammar/request.ts";
import { authorFolder, migrationOf } from "../input/author-folder.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { lowered } from "../lowered.ts";
import { print } from "../write-output.ts";

interface RenameRequest {
  readonly words: readonly string[];
  readonly flags: Flags;
}

/** `switchback rename`: both files of a migration get another title; the version stays. */
export async function renameMigration({ words, flags }: RenameRequest): Promise<ExitCode | CannotRun> {
  const [version = "", title = "", path] = words;
  const named = migrationTitle(title);
  if (!named.ok) return cannotRun(`"${title}" cannot be a title: ${lowered(named.problem)}`);
  const target = await authorFolder(path, flags, process.cwd());
  if (isCannotRun(target)) return target;
  const reading = target.read();
  if (isCannotRun(reading)) return reading;
  const migration = migrationOf(target, reading, version);
  if (isCannotRun(migration)) return migration;
  const plan = renamePlan(reading, migration, title);
  if (!plan.ok) return cannotRun(plan.problem);
  const written = writeEdits(target.cwd, plan.edits);
  if (!written.ok) return cannotWrite(written.file, written.code);
  const lines = plan.edits.map((edit) => (edit.kind === "rename" ? `${edit.file} → ${edit.to}\n` : ""));
  await print(process.stdout, lines.join(""));
  return exitCodes.clean;
}
