import { appendFileSync } from "node:fs";
import { type Line, runCases } from "./runner.ts";

/** Runs what was registered and writes one line of JSON per test, where the suite's starter reads it. */
export function runInNode(before?: () => Promise<void>): Promise<void> {
  return runCases({ report: write, only: process.env.SWITCHBACK_HOST_ONLY, before });
}

/** Adds a line to the report, for whoever measures. */
export function measured(name: string): void {
  write({ name, ms: 0 });
}

function write(line: Line): void {
  const report = process.env.SWITCHBACK_HOST_REPORT;
  if (!report) throw new Error("SWITCHBACK_HOST_REPORT does not say where to write");
  appendFileSync(report, `${JSON.stringify(line)}\n`);
}
