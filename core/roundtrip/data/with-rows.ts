import type { PhaseResult, RoundTrip, RowProof, Verdict } from "../../report/model.ts";
import { phaseWords } from "../../report/verdict-words.ts";
import type { RowFacts } from "./row-trial.ts";

/** The round trip and what rows add to it. A phase that fails without rows as well has nothing to do with them. */
export function withRows(trip: RoundTrip, { stop, ...proof }: RowFacts): RoundTrip {
  if (trip.verdict.status === "skipped") return trip;
  const known = stop && trip.phases.some(({ phase, error }) => phase === stop.phase && error !== undefined);
  const fresh = stop && !known ? stop : undefined;
  const rows: RowProof =
    fresh && !fresh.blamed ? { ...proof, notes: [...proof.notes, noteOf(fresh)] } : proof;
  if (fresh?.blamed && (fresh.phase === "up" || isGood(trip.verdict))) {
    return {
      ...trip,
      rows,
      verdict: { status: `${fresh.phase}-failed` },
      phases: trip.phases.map(
        (result): PhaseResult => (result.phase === fresh.phase ? { ...result, error: fresh.error } : result),
      ),
    };
  }
  if (proof.lost.length > 0 && proof.lossy === undefined && isGood(trip.verdict)) {
    const columns = proof.lost.map(({ table, column }) =>
      column === undefined ? table : `${table}.${column}`,
    );
    return { ...trip, rows, verdict: { status: "data-lost", columns } };
  }
  return { ...trip, rows };
}

function isGood({ status }: Verdict): boolean {
  return status === "reversible";
}

function noteOf({ phase, error }: NonNullable<RowFacts["stop"]>): string {
  return `with made-up rows ${phaseWords(phase)} fails, real rows may pass: ${error.message}`;
}
