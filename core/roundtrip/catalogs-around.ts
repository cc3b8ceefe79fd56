import type { CatalogObject } from "../catalog/model.ts";
import type { Migration, Script } from "../migration/model.ts";
import { readCatalog } from "../postgres/catalog/read-catalog.ts";
import type { Session } from "../postgres/session.ts";
import { loadParser } from "../sql/parse.ts";
import { prepare } from "./apply-scripts.ts";
import { describeFailure } from "./describe-failure.ts";
import type { ProveOptions } from "./prove-options.ts";
import { ProvingGround } from "./proving-ground.ts";
import type { Limits, Run } from "./run-script.ts";

/** The schema that a migration finds and the one that it leaves, as PostgreSQL tells them, with dependencies. */
export type CatalogsAround =
  | {
      readonly ok: true;
      readonly before: readonly CatalogObject[];
      readonly after: readonly CatalogObject[];
      /** Who ran the scripts, as SQL spells it. */
      readonly user: string;
    }
  /** `problem`: which file fails, and what PostgreSQL says of it. */
  | { readonly ok: false; readonly problem: string };

/**
 * Runs every up to and with that of `migration`. Where one of them fails, nothing that would be read is to be trusted;
 * but what PostgreSQL refuses only inside a transaction was applied by somebody statement by statement.
 */
export async function catalogsAround(
  options: Pick<
    ProveOptions,
    "migrations" | "layout" | "engine" | "reopen" | "prelude" | "timeoutMs" | "signal"
  >,
  migration: Migration,
): Promise<CatalogsAround> {
  const { migrations, signal } = options;
  const limits: Limits = { timeoutMs: options.timeoutMs, signal };
  await loadParser();
  const ground = await ProvingGround.open(options.engine, options.reopen, limits);
  const failure = async (up: Script): Promise<string | undefined> => {
    signal?.throwIfAborted();
    const whole = await ground.run(up);
    const run = isRefusedInTransaction(whole) ? await ground.run(oneByOne(up)) : whole;
    if (run.kind === "done") return undefined;
    return `${up.file.path}: ${(await describeFailure(ground.stage, up, run, limits)).message}`;
  };
  try {
    const problem = await prepare(ground, options, limits);
    if (problem) return { ok: false, problem: `${problem.file}: ${problem.message}` };
    for (const { up } of migrations.slice(0, migrations.indexOf(migration))) {
      const failed = up && (await failure(up));
      if (failed !== undefined) return { ok: false, problem: failed };
    }
    // A session that scripts run on forgets what was prepared on it, and may be another one after each of them.
    const reader = () => ground.stage.observer ?? ground.stage.session;
    const read = () => readCatalog(reader(), { dependencies: true });
    const before = await read();
    const failed = migration.up && (await failure(migration.up));
    if (failed !== undefined) return { ok: false, problem: failed };
    return { ok: true, before, after: await read(), user: await whoRuns(reader()) };
  } finally {
    await ground.close();
  }
}

async function whoRuns(session: Session): Promise<string> {
  const [row] = await session.query("select quote_ident(session_user) as name");
  return row?.[0] ?? "";
}

/** 25001: CREATE INDEX CONCURRENTLY and the like, with other statements in one query. */
function isRefusedInTransaction(run: Run): boolean {
  return run.kind === "failed" && run.error.sqlstate === "25001";
}

function oneByOne(script: Script): Script {
  return { ...script, execution: { send: "statements", wrapped: false } };
}
