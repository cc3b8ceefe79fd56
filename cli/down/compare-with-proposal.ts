import { compareDown } from "#core/author/down/compare-down.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { print } from "../write-output.ts";
import type { Proposal } from "./proposal.ts";

/** Says what the down that is there leaves otherwise than the proposal. */
export async function compareWithProposal({
  target,
  reading,
  migration,
  proposed,
}: Proposal): Promise<ExitCode | CannotRun> {
  const { postgres } = target.config;
  const comparison = await compareDown(reading.migrations, migration, proposed.text, postgres);
  if (!comparison)
    return cannotRun(
      `${migration.name} has no down to compare\n  switchback down ${migration.version}${target.argument} --write`,
    );
  const { changes, notAnalysed } = comparison;
  const unseen = notAnalysed.map((reason) => `not analysed: ${reason}\n`).join("");
  if (changes.length === 0) {
    const equal = `the down of ${migration.name} undoes what the proposal undoes\n`;
    await print(process.stdout, equal + unseen);
    return exitCodes.clean;
  }
  const lines = changes.map(({ words }) => `  ${words}\n`).join("");
  await print(
    process.stdout,
    `the down of ${migration.name} differs from the proposal:\n${lines}${unseen}\nproposed:\n${indented(proposed.text)}`,
  );
  return exitCodes.findings;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
