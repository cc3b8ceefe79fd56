import type { Migration } from "../migration/model.ts";
import type { WalkDown } from "../report/model.ts";
import { loadParser } from "../sql/parse.ts";
import { describeFailure } from "./describe-failure.ts";
import { preparations } from "./preparations.ts";
import type { ProveOptions } from "./prove-options.ts";
import type { Limits } from "./run-script.ts";
import { salvage } from "./salvage.ts";
import { Stage } from "./stage.ts";

/**
 * All ups, then all downs in reverse, in a database of its own. It goes down as far as there is a way: to the last
 * migration without a down, or to the one before the first that is to be proved. Rejects with `EngineLostError` when a
 * script takes the server with it.
 */
export async function walkDown(options: ProveOptions): Promise<WalkDown> {
  const { engine, migrations, only, timeoutMs, signal } = options;
  const limits: Limits = { timeoutMs, signal };
  const started = performance.now();
  await loadParser();
  const database = await engine.createDatabase();
  const stage = await Stage.open(engine, database, false);
  try {
    const first = only ? migrations.findIndex(({ name }) => only.has(name)) : 0;
    const bottom = Math.max(first - 1, migrations.findLastIndex(isFinal));
    for (const script of preparations(options)) await stage.run(script, limits);
    await climb(stage, migrations.slice(0, bottom + 1), limits);
    const before = await stage.read();
    const above = migrations.slice(bottom + 1);
    await climb(stage, above, limits);
    const to = migrations[bottom]?.version;
    const done = (result: Omit<WalkDown, "ms" | "to">): WalkDown => ({
      ...(to === undefined ? {} : { to }),
      ...result,
      ms: performance.now() - started,
    });
    for (const [downs, migration] of above.toReversed().entries()) {
      if (!migration.down) continue;
      const run = await stage.run(migration.down, limits);
      if (run.kind === "done") continue;
      const error = await describeFailure(stage, migration.down, run, limits);
      return done({ downs, stopped: { migration: migration.name, error }, left: [] });
    }
    await stage.read();
    return done({ downs: above.length, left: stage.changesSince(before, "after all downs") });
  } finally {
    await stage.close();
    await database.drop();
  }
}

/** What of a failing up works is kept, as in a round trip, which tells of the failure. */
async function climb(stage: Stage, migrations: readonly Migration[], limits: Limits): Promise<void> {
  for (const { up } of migrations) {
    if (!up) continue;
    const run = await stage.run(up, limits);
    if (run.kind !== "done") await salvage(stage, up, limits);
  }
}

function isFinal({ up, down, declarations }: Migration): boolean {
  return up !== undefined && (down === undefined || declarations.irreversible !== undefined);
}
