import type { Migration, Script } from "../migration/model.ts";
import type { RoundTrip, RunError, UnsafeRerun } from "../report/model.ts";
import { positionAt } from "../sql/position-at.ts";
import { describeFailure } from "./describe-failure.ts";
import type { ProvingGround } from "./proving-ground.ts";
import type { Limits } from "./run-script.ts";
import { scriptStatements } from "./script-statements.ts";
import { traitsOf } from "./script-traits.ts";
import { secondTime } from "./second-time.ts";
import { restoreSequences, sequenceStates } from "./trace/sequences.ts";

/**
 * Runs the up of a proved migration again, and its down twice: what runs on a database that has it already should do
 * nothing. Leaves the ground in the state after the up, where it found it.
 */
export async function proveRerun(
  ground: ProvingGround,
  { up, down }: Migration,
  { verdict }: RoundTrip,
  limits: Limits,
): Promise<readonly UnsafeRerun[]> {
  const goesUp = verdict.status === "reversible" || verdict.status === "irreversible";
  if (!up || !goesUp) return [];
  await ground.ready();
  const rising = await again(ground, up, limits);
  if (rising.moved) await ground.restore();
  if (!down || verdict.status !== "reversible") return rising.unsafe;
  const run = await ground.run(down);
  const falling = run.kind === "done" ? await again(ground, down, limits) : { unsafe: [], moved: true };
  const withRows = traitsOf(up).mayAddRows || traitsOf(down).mayAddRows;
  const back = !falling.moved && !withRows && (await ground.run(up)).kind === "done";
  if (!back) await ground.restore();
  return [...rising.unsafe, ...falling.unsafe];
}

interface Again {
  readonly unsafe: readonly UnsafeRerun[];
  /** The database is not what it was. */
  readonly moved: boolean;
}

/** Runs a script in the state that it leaves behind: first each statement for itself, then as the runner would. */
async function again(ground: ProvingGround, script: Script, limits: Limits): Promise<Again> {
  const { direction, file } = script;
  const told = (unsafe: Partial<UnsafeRerun>): UnsafeRerun[] => [
    { direction, file: file.path, errors: [], changes: [], rowsDiffer: false, ...unsafe },
  ];
  const before = await ground.stage.read();
  const rows = await ground.stage.rows();
  const errors = await failing(ground, script, limits);
  if (errors.length > 0) return { unsafe: told({ errors }), moved: false };
  const run = await ground.run(script);
  if (run.kind !== "done") {
    const error = await describeFailure(ground.stage, script, run, limits);
    return { unsafe: told({ errors: [error] }), moved: !(await ground.wasUndone(script, run)) };
  }
  await ground.stage.read();
  const moment = direction === "up" ? "after going up again" : "after going down again";
  const changes = ground.stage.changesSince(before, moment);
  const rowsDiffer = (await ground.stage.rows()) !== rows;
  const moved = changes.length > 0 || rowsDiffer;
  return { unsafe: moved ? told({ changes, rowsDiffer }) : [], moved };
}

/** Every statement that fails, not only the first: each is tried whatever became of the others, and all is undone. */
async function failing(ground: ProvingGround, script: Script, limits: Limits): Promise<RunError[]> {
  const { stage } = ground;
  const { file } = script;
  const places = scriptStatements(script).filter((place) => !place.transaction);
  const sequences = traitsOf(script).mayAddRows ? await sequenceStates(stage.session) : [];
  stage.touched();
  const failures = await secondTime(
    stage.session,
    places.map(({ start, end }) => file.text.slice(start, end)),
    limits,
  );
  if (!(await stage.revive())) await ground.restore();
  else {
    await stage.clean(script);
    await restoreSequences(ground.stage.session, sequences);
  }
  return failures.flatMap(({ index, error }) => {
    const place = places[index];
    if (!place) return [];
    const range = { start: positionAt(file.text, place.start), end: positionAt(file.text, place.end) };
    return [{ sqlstate: error.sqlstate, message: error.message, file: file.path, range }];
  });
}
