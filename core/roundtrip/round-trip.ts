import type { Migration, Refusal, Script } from "../migration/model.ts";
import {
  type Change,
  noDown,
  type Phase,
  type PhaseResult,
  type RoundTrip,
  type RunError,
  type Verdict,
} from "../report/model.ts";
import { positionAt } from "../sql/position-at.ts";
import { apply } from "./apply-scripts.ts";
import { describeFailure } from "./describe-failure.ts";
import type { ProvingGround } from "./proving-ground.ts";
import type { Limits, Run, StoppedRun } from "./run-script.ts";
import { type Ending, verdictOf } from "./verdict.ts";

/** Proves one migration. The ground, once it is `ready`, is then in the state after its up, whatever came after that. */
export async function roundTrip(
  ground: ProvingGround,
  migration: Migration,
  limits: Limits,
): Promise<RoundTrip> {
  const started = performance.now();
  const endings: Ending[] = [];
  const finish = (verdict: Verdict = verdictOf(endings)): RoundTrip => ({
    version: migration.version,
    name: migration.name,
    verdict,
    phases: endings.map(({ result }) => result),
    ms: performance.now() - started,
  });
  const { up, down, declarations } = migration;
  if (!up) return finish({ status: "skipped", reason: "there is no up file" });
  if (migration.refused) {
    endings.push({ phase: "up", stop: "failed", result: refusal(migration.refused) });
    // Others build on it: they are proved as if it were mended.
    await apply(ground, up);
    return finish();
  }

  const stopped = async (phase: Phase, script: Script, run: StoppedRun) => {
    const error = await describeFailure(ground.stage, script, run, limits);
    endings.push({ phase, stop: run.kind, result: { phase, ms: run.ms, error, changes: [] } });
  };

  const before = await ground.stage.read();
  const upRun = await ground.run(up);
  if (upRun.kind !== "done") {
    const excuse = ground.excuse(upRun);
    if (excuse === undefined) await stopped("up", up, upRun);
    await ground.recover(up, upRun);
    return excuse === undefined ? finish() : finish({ status: "skipped", reason: excuse });
  }
  endings.push(differing("up", upRun, []));
  ground.remember(up);
  if (declarations.irreversible !== undefined) {
    return finish({ status: "irreversible", reason: declarations.irreversible });
  }
  if (!down) return finish({ status: "irreversible", reason: noDown });

  const after = await ground.stage.read();
  const rows = await ground.stage.rows();
  const downRun = await ground.run(down);
  if (downRun.kind !== "done") {
    await stopped("down", down, downRun);
    if (!(await ground.wasUndone(down, downRun))) await ground.lose(downRun);
    return finish();
  }
  await ground.stage.read();
  endings.push(differing("down", downRun, ground.stage.changesSince(before, "after down")));

  const againstAfter = async () => {
    await ground.stage.read();
    const changes = ground.stage.changesSince(after, "after going up again");
    return { changes, same: changes.length === 0 && (await ground.stage.rows()) === rows };
  };
  const redoRun = await ground.run(up);
  if (redoRun.kind !== "done") {
    await stopped("redo", up, redoRun);
    const isThere = async () => (await againstAfter()).same;
    if (!(await ground.retrace(up, redoRun, isThere))) await ground.lose(redoRun);
    return finish();
  }
  const { changes, same } = await againstAfter();
  endings.push(differing("redo", redoRun, changes));
  if (!same) await ground.lose(redoRun);
  return finish();
}

/** The runner does not even send the file. */
function refusal({ file, start, end, message }: Refusal): PhaseResult {
  const range = { start: positionAt(file.text, start), end: positionAt(file.text, end) };
  const error: RunError = {
    sqlstate: null,
    message: `the runner refuses the file: ${message}`,
    file: file.path,
    range,
    unsent: true,
  };
  return { phase: "up", ms: 0, error, changes: [] };
}

function differing(phase: Phase, run: Run, changes: readonly Change[]): Ending {
  return { phase, result: { phase, ms: run.ms, changes } };
}
