import type { RoundTrip, RunError } from "../report/model.ts";
import { loadParser } from "../sql/parse.ts";
import { applyEarlier } from "./apply-scripts.ts";
import { tryWithRows } from "./data/try-with-rows.ts";
import { withRows } from "./data/with-rows.ts";
import { groundFor } from "./ground-for.ts";
import type { ProveOptions } from "./prove-options.ts";
import { proveRerun } from "./rerun.ts";
import { roundTrip } from "./round-trip.ts";
import type { Limits } from "./run-script.ts";
import { tracedRoundTrip } from "./trace/traced-round-trip.ts";

/**
 * Every migration up, down and up again, in order. One that fails neither stops nor spoils the following ones.
 * Returns what is wrong with the prelude or the baseline, if anything: then nothing is proved. Throws the signal's reason.
 */
export async function* proveMigrations(
  options: ProveOptions,
): AsyncGenerator<RoundTrip, RunError | undefined> {
  const { migrations, only, timeoutMs, signal } = options;
  const limits: Limits = { timeoutMs, signal };
  await loadParser();
  const trial = options.rows && (await tryWithRows(options, options.rows, limits));
  const { ground, problem, applied } = await groundFor(options, trial?.engine ?? options.engine, limits);
  try {
    if (problem) return problem;
    const last = only ? migrations.findLastIndex(({ name }) => only.has(name)) : migrations.length - 1;
    for (const [index, migration] of migrations.slice(0, last + 1).entries()) {
      if (index < applied) continue;
      signal?.throwIfAborted();
      await ground.ready();
      if (only && !only.has(migration.name)) {
        await applyEarlier(ground, migration, options, limits);
        continue;
      }
      options.onStart?.(migration, index, migrations.length);
      const bare = await (options.locks ? tracedRoundTrip : roundTrip)(ground, migration, limits);
      const facts = trial?.facts.get(migration.name);
      const proved = facts ? withRows(bare, facts) : bare;
      yield options.idempotent
        ? { ...proved, rerun: await proveRerun(ground, migration, bare, limits) }
        : proved;
    }
    return undefined;
  } finally {
    await ground.close();
  }
}
