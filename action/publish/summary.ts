import { appendFileSync } from "node:fs";

/** GitHub takes 1 MiB for one step, and drops the whole summary beyond it. */
export const summaryLimit = 1_000_000;

/** Adds to the page of the run. `file` is GITHUB_STEP_SUMMARY, absent outside of a runner. */
export function publishSummary(markdown: string, file: string | undefined): void {
  if (file) appendFileSync(file, `${markdown}\n`);
}

/** The limit counts bytes. */
export function summarySize(markdown: string): number {
  return Buffer.byteLength(markdown);
}
