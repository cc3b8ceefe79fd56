import type { Migration, Script } from "../migration/model.ts";
import type { RunError } from "../report/model.ts";
import { describeFailure } from "./describe-failure.ts";
import { preparations } from "./preparations.ts";
import type { ProveOptions } from "./prove-options.ts";
import type { ProvingGround } from "./proving-ground.ts";
import type { Limits, Run, StoppedRun } from "./run-script.ts";

/** Brings a fresh ground to where the first migration starts. Returns what is wrong with what stands before it. */
export async function prepare(
  ground: ProvingGround,
  options: ProveOptions,
  limits: Limits,
): Promise<RunError | undefined> {
  for (const script of preparations(options)) {
    const run = await ground.run(script);
    if (run.kind !== "done") return describeFailure(ground.stage, script, run, limits);
    ground.remember(script);
  }
  return undefined;
}

/** A migration that is not to be proved but that later ones build on. False where it did not go through. */
export async function applyEarlier(
  ground: ProvingGround,
  migration: Migration,
  { onEarlierFailure }: ProveOptions,
  limits: Limits,
): Promise<boolean> {
  const { up } = migration;
  if (!up) return true;
  const run = await apply(ground, up, async (stopped) => {
    // What the engine lacks is told where something that is proved needs it.
    if (onEarlierFailure && ground.excuse(stopped) === undefined)
      onEarlierFailure(migration, await describeFailure(ground.stage, up, stopped, limits));
  });
  return run.kind === "done";
}

/** An up on which later scripts build. `onStopped` sees the stage as a failure left it. */
export async function apply(
  ground: ProvingGround,
  up: Script,
  onStopped?: (run: StoppedRun) => Promise<void>,
): Promise<Run> {
  const run = await ground.run(up);
  if (run.kind === "done") ground.remember(up);
  else {
    await onStopped?.(run);
    await ground.recover(up, run);
  }
  return run;
}
