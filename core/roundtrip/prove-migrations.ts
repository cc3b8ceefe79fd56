import type { Migration, SourceFile } from "../migration/model.ts";
import type { Engine } from "../postgres/session.ts";
import type { RoundTrip, RunError } from "../report/model.ts";
import { loadParser } from "../sql/parse.ts";
import { apply } from "./apply-scripts.ts";
import { type RowSources, tryWithRows } from "./data/try-with-rows.ts";
import { withRows } from "./data/with-rows.ts";
import { groundFor } from "./ground-for.ts";
import { proveRerun } from "./rerun.ts";
import { roundTrip } from "./round-trip.ts";
import type { Limits } from "./run-script.ts";
import { tracedRoundTrip } from "./trace/traced-round-trip.ts";

export interface ProveOptions {
  /** In the order of the runner. */
  readonly migrations: readonly Migration[];
  /** As the layout is called: it decides which table the runner keeps. */
  readonly layout: string;
  readonly engine: Engine;
  /** Starts another engine of the same kind, after the first was lost or had to be stopped. */
  readonly reopen: () => Promise<Engine>;
  /** SQL that runs before the first migration. */
  readonly prelude?: SourceFile | undefined;
  /** A plain dump of `pg_dump` that stands for the migrations before the first of `migrations`. */
  readonly baseline?: SourceFile | undefined;
  /** Milliseconds that one script may run. */
  readonly timeoutMs: number;
  /** Names of the migrations to prove (default: all). The others are applied only, as far as they are needed. */
  readonly only?: ReadonlySet<string> | undefined;
  /**
   * Start where an earlier run with the same scripts got to, and keep that for later runs: those with the same value
   * here, which says who keeps it. Absent: neither.
   */
  readonly cache?: string | undefined;
  /** Repeat each script statement by statement and tell its locks. */
  readonly locks?: boolean | undefined;
  /** Run each script twice in a row as well. */
  readonly idempotent?: boolean | undefined;
  /** Also go through it with rows in the tables. */
  readonly rows?: RowSources | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: ((migration: Migration, index: number, total: number) => void) | undefined;
}

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
        if (migration.up) await apply(ground, migration.up);
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
