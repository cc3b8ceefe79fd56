import type { Phase, PhaseResult, Verdict } from "../report/model.ts";

/** How a phase ended, where it did not simply run to its end. */
export type Stop = "failed" | "timed-out" | "engine-lost";

export interface Ending {
  readonly phase: Phase;
  readonly stop?: Stop;
  readonly result: PhaseResult;
}

/** The status is the first phase that failed; changes that are not `real` fail nothing. */
export function verdictOf(endings: readonly Ending[]): Verdict {
  for (const { phase, stop, result } of endings) {
    if (stop === "timed-out" || stop === "engine-lost") return { status: stop, phase };
    if (stop === "failed") return { status: `${phase}-failed` };
    if (!result.changes.some((change) => change.class === "real")) continue;
    return { status: phase === "redo" ? "redo-drift" : "drift" };
  }
  return { status: "reversible" };
}
