import type { JsonError, JsonReport, JsonRoundTrip } from "./json.ts";
import {
  type PhaseResult,
  phases,
  type Report,
  type RoundTrip,
  type RunError,
  type Verdict,
} from "./model.ts";

/** The report that `toJson` wrote; the end of an error's range is the one thing that does not come back. */
export function fromJson({ engine, roundTrips, ...same }: JsonReport): Report {
  return { ...same, ...(engine ? { engine } : {}), roundTrips: roundTrips.map(fromJsonRoundTrip) };
}

/** Does a parsed text look like a report of this program? */
export function isJsonReport(value: unknown): value is JsonReport {
  if (typeof value !== "object" || value === null) return false;
  const { migrations, findings, roundTrips, summary } = value as Partial<JsonReport>;
  return [migrations, findings, roundTrips].every(Array.isArray) && typeof summary === "object";
}

function fromJsonRoundTrip(json: JsonRoundTrip): RoundTrip {
  const { version, name, changes, errors, timings, rows, locks, rerun } = json;
  const results = phases.flatMap((phase): PhaseResult[] => {
    const ms = timings[phase];
    if (ms === undefined) return [];
    const error = errors.find((it) => it.phase === phase);
    const own = changes.filter((change) => change.phase === phase).map(({ phase: _, ...change }) => change);
    return [{ phase, ms, ...(error ? { error: fromJsonError(error) } : {}), changes: own }];
  });
  return {
    version,
    name,
    verdict: verdictOf(json),
    phases: results,
    ms: timings.total,
    ...(rows ? { rows } : {}),
    ...(locks ? { locks } : {}),
    ...(rerun ? { rerun } : {}),
  };
}

function verdictOf({ status, reason = "", phase = "up", columns = [] }: JsonRoundTrip): Verdict {
  switch (status) {
    case "irreversible":
    case "skipped":
      return { status, reason };
    case "timed-out":
    case "engine-lost":
      return { status, phase };
    case "data-lost":
      return { status, columns };
    default:
      return { status };
  }
}

function fromJsonError({ phase: _, line, column, ...error }: JsonError): RunError {
  if (line === undefined || column === undefined) return error;
  return { ...error, range: { start: { line, column }, end: { line, column } } };
}
