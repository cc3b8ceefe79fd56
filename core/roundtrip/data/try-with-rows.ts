import type { Engine } from "../../postgres/session.ts";
import { apply, prepare } from "../apply-scripts.ts";
import type { ProveOptions, RowSources } from "../prove-options.ts";
import { ProvingGround } from "../proving-ground.ts";
import type { Limits } from "../run-script.ts";
import { type RowFacts, RowTrial } from "./row-trial.ts";

/**
 * All migrations up, down and up again with rows in the tables, before the proof without: roles belong to the whole
 * server, so the two cannot be under way at the same time. Returns facts by the name of the migration, and the engine
 * that is running at the end.
 */
export async function tryWithRows(
  options: ProveOptions,
  sources: RowSources,
  limits: Limits,
): Promise<{ facts: ReadonlyMap<string, RowFacts>; engine: Engine }> {
  const { migrations, only, signal } = options;
  let engine = options.engine;
  const reopen = async () => {
    engine = await options.reopen();
    return engine;
  };
  const facts = new Map<string, RowFacts>();
  const ground = await ProvingGround.open(engine, reopen, limits);
  try {
    // What is wrong there is the proof's to tell.
    if (await prepare(ground, options, limits)) return { facts, engine };
    const trial = new RowTrial(ground, { ...sources, limits });
    const last = only ? migrations.findLastIndex(({ name }) => only.has(name)) : migrations.length - 1;
    for (const [index, migration] of migrations.slice(0, last + 1).entries()) {
      signal?.throwIfAborted();
      if (only && !only.has(migration.name)) {
        if (migration.up) await apply(ground, migration.up);
        await trial.addFixture(migration, !sources.toldElsewhere?.has(migration.name));
        continue;
      }
      options.onStart?.(migration, index, migrations.length);
      facts.set(migration.name, await trial.run(migration));
    }
  } finally {
    await ground.close();
  }
  return { facts, engine };
}
