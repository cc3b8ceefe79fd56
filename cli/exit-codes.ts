import type { Config } from "#core/config/config.ts";
import type { Report } from "#core/report/model.ts";
import { isFailed } from "#core/report/verdict-words.ts";

export const exitCodes = {
  clean: 0,
  /** Findings at or above the threshold, or a round trip that failed. */
  findings: 1,
  /** Bad input, a bad configuration, no engine where one was required. */
  couldNotRun: 2,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a finished report means for the caller. */
export function exitCodeOf({ summary, roundTrips }: Report, failOn: Config["failOn"]): ExitCode {
  if (failOn === "never") return exitCodes.clean;
  const findings = summary.errors + (failOn === "warning" ? summary.warnings : 0);
  const failed = roundTrips.some(({ verdict }) => isFailed(verdict));
  return findings > 0 || failed ? exitCodes.findings : exitCodes.clean;
}
