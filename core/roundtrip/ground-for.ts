import type { Migration, Script } from "../migration/model.ts";
import type { Engine } from "../postgres/session.ts";
import type { RunError } from "../report/model.ts";
import { applyEarlier, prepare } from "./apply-scripts.ts";
import { preparations } from "./preparations.ts";
import type { ProveOptions } from "./prove-options.ts";
import { ProvingGround } from "./proving-ground.ts";
import type { Limits } from "./run-script.ts";

/** Where the first migration that is to be proved starts, or what is wrong with what stands before all of them. */
export interface StartingPoint {
  readonly ground: ProvingGround;
  readonly problem?: RunError | undefined;
  /** How many migrations are applied: those before the first that is to be proved. */
  readonly applied: number;
}

/** A ground with everything on it that is not to be proved; kept from an earlier run, where the very same led to it. */
export async function groundFor(
  options: ProveOptions,
  engine: Engine,
  limits: Limits,
): Promise<StartingPoint> {
  const earlier = earlierMigrations(options);
  const ups = earlier.flatMap(({ up }) => up ?? []);
  const scripts = [...preparations(options), ...ups];
  const key = options.cache && scripts.length > 0 ? await keyOf(options.cache, engine, scripts) : undefined;
  const kept = key && (await engine.baselines?.load(key));
  if (kept) {
    const ground = await ProvingGround.onKept(engine, options.reopen, limits, kept, scripts);
    return { ground, applied: earlier.length };
  }
  const ground = await ProvingGround.open(engine, options.reopen, limits);
  try {
    const started = performance.now();
    const problem = await prepare(ground, options, limits);
    if (problem) return { ground, problem, applied: 0 };
    const whole = await applyAll(ground, earlier, options, limits);
    const pays = performance.now() - started > (engine.baselines?.loadMs ?? 0);
    // What came of a failure may come out otherwise the next time.
    if (key && whole && pays) await ground.keep(key);
    return { ground, applied: earlier.length };
  } catch (error) {
    await ground.close();
    throw error;
  }
}

/** True where every one of them went through. */
async function applyAll(
  ground: ProvingGround,
  migrations: readonly Migration[],
  options: ProveOptions,
  limits: Limits,
): Promise<boolean> {
  let whole = true;
  for (const migration of migrations) {
    limits.signal?.throwIfAborted();
    if (!(await applyEarlier(ground, migration, options, limits))) whole = false;
  }
  return whole;
}

function earlierMigrations({ migrations, only }: ProveOptions): readonly Migration[] {
  const first = only ? migrations.findIndex(({ name }) => only.has(name)) : 0;
  return migrations.slice(0, Math.max(0, first));
}

/** Everything that the state depends on. */
async function keyOf(keeper: string, engine: Engine, scripts: readonly Script[]): Promise<string> {
  const parts = scripts.map(({ file, start, end, execution }) => [
    file.bom,
    execution,
    file.text.slice(start, end),
  ]);
  const text = [[keeper, engine.name, engine.postgres], ...parts]
    .map((part) => JSON.stringify(part))
    .join("");
  // The hash that browsers have as well.
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash).subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
