import type { Script } from "../../migration/model.ts";
import type { StatementTrace } from "../../report/model.ts";
import { positionAt } from "../../sql/position-at.ts";
import type { Limits } from "../run-script.ts";
import { scriptStatements } from "../script-statements.ts";
import { traitsOf } from "../script-traits.ts";
import type { Stage } from "../stage.ts";
import { restoreSequences, sequenceStates } from "./sequences.ts";
import { traceStatements } from "./trace-statements.ts";

export interface ScriptTrace {
  readonly statements: readonly StatementTrace[];
  /** The stage is as it was before. */
  readonly undone: boolean;
}

/** Traces a script on a stage that is in the state the script would find. */
export async function traceScript(stage: Stage, script: Script, limits: Limits): Promise<ScriptTrace> {
  const places = scriptStatements(script);
  const { direction, file } = script;
  const sessions = { runner: stage.session, watch: stage.observer, counted: stage.isRead };
  // A sequence that was asked for a number does not take it back.
  const { mayAddRows, partial, session } = traitsOf(script);
  const sequences = mayAddRows ? await sequenceStates(stage.session) : [];
  const trace = await traceStatements(
    sessions,
    places.map(({ start, end }) => file.text.slice(start, end)),
    limits,
  );
  // What was rolled back need not be read again.
  if (trace.committed || partial) stage.touched();
  else await stage.undone();
  const statements = trace.statements.map((traced, index): StatementTrace => {
    const place = places[index] ?? { start: script.start, end: script.end };
    const range = { start: positionAt(file.text, place.start), end: positionAt(file.text, place.end) };
    return { direction, file: file.path, range, ...traced };
  });
  const alive = stage.session.alive;
  if (!(await stage.revive())) return { statements, undone: false };
  // Settings and tables of its own go with the transaction; advisory locks and prepared statements outlive it.
  if (trace.committed || partial || session) await stage.clean(script);
  if (!trace.committed) await restoreSequences(stage.session, sequences);
  return { statements, undone: alive && !trace.committed };
}
