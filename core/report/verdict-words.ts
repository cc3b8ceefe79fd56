import { noDown, type Phase, type RoundTrip, type Verdict, type VerdictStatus } from "./model.ts";
import { count } from "./text/count.ts";

/** Every status once, and whether it fails the run. The JSON Schema takes its enum from here. */
const failing: Readonly<Record<VerdictStatus, boolean>> = {
  reversible: false,
  drift: true,
  "up-failed": true,
  "down-failed": true,
  "redo-failed": true,
  "redo-drift": true,
  "data-lost": true,
  irreversible: false,
  "timed-out": true,
  "engine-lost": true,
  skipped: false,
};

export const verdictStatuses = Object.keys(failing) as readonly VerdictStatus[];

export function isFailed(verdict: Verdict): boolean {
  return failing[verdict.status];
}

/** How a finding ends whose object does no harm but this: the second up is refused. */
export const notAgain = "so the up does not run again";

/** "going up", "going down", "going up again" */
export function phaseWords(phase: Phase): string {
  return { up: "going up", down: "going down", redo: "going up again" }[phase];
}

/** One verdict in a few words: "drift after down, cannot go up again". */
export function verdictWords(roundTrip: RoundTrip): string {
  const { verdict, phases } = roundTrip;
  switch (verdict.status) {
    case "reversible": {
      if (roundTrip.rows?.lossy !== undefined) return "reversible, loses data as declared";
      const harmless = phases.reduce((sum, phase) => sum + phase.changes.length, 0);
      return harmless > 0 ? `reversible, ${count(harmless, "harmless change")}` : "reversible";
    }
    case "drift":
      return phases.some((result) => result.phase === "redo" && result.error)
        ? "drift after down, cannot go up again"
        : "drift after down";
    case "up-failed":
      return `going up fails${onRows(roundTrip)}`;
    case "down-failed":
      return `going down fails${onRows(roundTrip)}`;
    case "redo-failed":
      return `cannot go up again${onRows(roundTrip)}`;
    case "redo-drift":
      return "differs after going up again";
    case "data-lost":
      return `loses data in ${verdict.columns.join(", ")}`;
    case "irreversible":
      if (verdict.reason === noDown) return "goes up, and has no down";
      return verdict.reason ? `irreversible: ${verdict.reason}` : "irreversible";
    case "timed-out":
      return `timed out ${phaseWords(verdict.phase)}`;
    case "engine-lost":
      return `PostgreSQL was lost ${phaseWords(verdict.phase)}`;
    case "skipped":
      return `not proved: ${verdict.reason}`;
  }
}

/** What fails only where there are rows. */
function onRows({ phases }: RoundTrip): string {
  return phases.some(({ error }) => error?.onRows) ? " on a table with rows" : "";
}
