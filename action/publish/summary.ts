import { appendFileSync } from "node:fs";
import { warning } from "@actions/core";

/** GitHub takes 1 MiB for one step, and drops the whole summary beyond it. */
export const summaryLimit = 1_000_000;

/** Adds to the page of the run. `file` is GITHUB_STEP_SUMMARY, absent outside of a runner. */
export function publishSummary(markdown: string, file: string | undefined): void {
  if (!file) return;
  try {
    appendFileSync(file, `${markdown}\n`);
  } catch (error) {
    warning(`The summary of the run could not be written: ${error instanceof Error ? error.message : error}`);
  }
}

/** The limit counts bytes. */
export function summarySize(markdown: string): number {
  return Buffer.byteLength(markdown);
}
