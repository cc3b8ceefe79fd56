import { writeEdits } from "#core/author/disk/write-edits.ts";
import { downEdits } from "#core/author/down/down-edits.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { print } from "../write-output.ts";
import type { Proposal } from "./proposal.ts";

/** Writes the proposal where the down is missing or empty. */
export async function writeProposal({
  target,
  migration,
  proposed,
}: Proposal): Promise<ExitCode | CannotRun> {
  const edits = downEdits(target.layout, migration, proposed.text);
  if (!edits.ok) return cannotRun(`${edits.problem}\n  ${edits.remedy}`);
  const written = writeEdits(target.cwd, edits.edits);
  if (!written.ok) return cannotWrite(written.file, written.code);
  await print(process.stdout, `${edits.file}\n`);
  await print(process.stderr, proposed.notes.map((note) => `  ${note}\n`).join(""));
  return exitCodes.clean;
}
