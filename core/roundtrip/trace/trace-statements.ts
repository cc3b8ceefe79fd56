import { EngineLostError, PostgresError, type Session } from "../../postgres/session.ts";
import { type Limits, runText } from "../run-script.ts";
import { observeOutside } from "./observe-outside.ts";
import { type Observation, Observer } from "./observer.ts";
import { relationsNow, relationsSeenBy } from "./relations.ts";
import { type TracedStatement, untraced } from "./traced-statement.ts";

/** `watch` is a second session on the same database, where the engine has one. */
export interface TraceSessions {
  readonly runner: Session;
  readonly watch?: Session | undefined;
}

export interface Trace {
  readonly statements: readonly TracedStatement[];
  /** Something had to run outside of a transaction, so the database is no longer what it was. */
  readonly committed: boolean;
}

/**
 * Runs statements one by one in a transaction that is rolled back, and tells of each which locks it takes, what it
 * rewrites, scans and writes. Where one cannot run in a transaction, all of them run for real, one transaction each.
 * Rejects only with the signal's reason; a lost session is told by its not being `alive`.
 */
export async function traceStatements(
  sessions: TraceSessions,
  statements: readonly string[],
  limits: Limits,
): Promise<Trace> {
  const first = await inTransaction(sessions, statements, limits, false);
  if (first.failure === undefined) return { statements: first.traced, committed: false };
  if (outside.has(first.failure.sqlstate) && sessions.watch && sessions.runner.alive) {
    return {
      statements: await oneByOne(sessions.runner, sessions.watch, statements, limits),
      committed: true,
    };
  }
  // Savepoints cost a round trip each, so they are set only where something fails.
  const { traced } = await inTransaction(sessions, statements, limits, true);
  return { statements: traced, committed: false };
}

/** CONCURRENTLY, VACUUM (25001); a procedure that commits (2D000); a new enum value that is used at once (55P04). */
const outside: ReadonlySet<string> = new Set(["25001", "2D000", "55P04"]);

interface Attempt {
  readonly traced: readonly TracedStatement[];
  /** The first failure, after which nothing is told; with savepoints there is none, each is told of its statement. */
  readonly failure?: PostgresError;
}

async function inTransaction(
  { runner, watch }: TraceSessions,
  statements: readonly string[],
  limits: Limits,
  savepoints: boolean,
): Promise<Attempt> {
  const traced: (Observation | TracedStatement)[] = [];
  let observer: Observer | undefined;
  const told = async () => ({ traced: observer ? await observer.tell(traced) : [] });
  const rest = async (reason: string) => {
    const { traced: before } = await told();
    return { traced: [...before, ...statements.slice(before.length).map(() => untraced(reason))] };
  };
  try {
    await Observer.prepare(runner);
    await runner.execute("BEGIN");
    observer = new Observer(runner, watch ? relationsSeenBy(watch) : await relationsNow(runner));
    for (const sql of statements) {
      if (endsTransaction(sql)) {
        traced.push(untraced("the trace has a transaction of its own"));
        continue;
      }
      if (savepoints) await runner.execute("SAVEPOINT switchback_trace");
      const step = await traceOne(runner, observer, sql, limits);
      if (!("error" in step)) traced.push(step);
      else if (!(step.error instanceof PostgresError)) return await rest(step.error);
      else if (!savepoints) return { traced: [], failure: step.error };
      else {
        traced.push(untraced(step.error.message));
        await runner.execute("ROLLBACK TO SAVEPOINT switchback_trace");
      }
      if (savepoints) await runner.execute("RELEASE SAVEPOINT switchback_trace");
    }
    return await told();
  } catch (error) {
    if (error instanceof PostgresError || error instanceof EngineLostError) return await rest(error.message);
    throw error;
  } finally {
    if (runner.alive) await runner.execute("ROLLBACK");
  }
}

type Step = Observation | { readonly error: PostgresError | string };

async function traceOne(runner: Session, observer: Observer, sql: string, limits: Limits): Promise<Step> {
  const started = performance.now();
  const run = await runText(runner, sql, limits);
  if (run.kind === "failed") return { error: run.error };
  if (run.kind === "timed-out") return { error: `still running after ${limits.timeoutMs / 1000} s` };
  if (run.kind === "engine-lost") return { error: "the connection to PostgreSQL was lost" };
  return observer.observe(sql, performance.now() - started);
}

async function oneByOne(
  runner: Session,
  watch: Session,
  statements: readonly string[],
  limits: Limits,
): Promise<TracedStatement[]> {
  const traced: TracedStatement[] = [];
  for (const sql of statements) {
    if (transactionWord.test(sql)) traced.push(untraced("the trace has transactions of its own"));
    else if (!runner.alive || !watch.alive) traced.push(untraced("the connection to PostgreSQL was lost"));
    else traced.push(await onItsOwn(runner, watch, sql, limits));
  }
  return traced;
}

async function onItsOwn(
  runner: Session,
  watch: Session,
  sql: string,
  limits: Limits,
): Promise<TracedStatement> {
  try {
    await Observer.prepare(runner);
    await runner.execute("BEGIN");
    const observer = new Observer(runner, relationsSeenBy(watch));
    const step = await traceOne(runner, observer, sql, limits);
    if (!("error" in step)) {
      const [traced = untraced("nothing was seen of it")] = await observer.tell([step]);
      await runner.execute("COMMIT");
      return traced;
    }
    if (runner.alive) await runner.execute("ROLLBACK");
    if (!(step.error instanceof PostgresError)) return untraced(step.error);
    if (!outside.has(step.error.sqlstate)) return untraced(step.error.message);
    return await observeOutside(runner, watch, sql, limits);
  } catch (error) {
    if (!(error instanceof PostgresError || error instanceof EngineLostError)) throw error;
    if (runner.alive) await runner.execute("ROLLBACK");
    return untraced(error.message);
  }
}

const transactionWord =
  /^\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction)\b/i;

/** Savepoints of the file work inside of the trace's transaction. */
function endsTransaction(sql: string): boolean {
  return (
    transactionWord.test(sql) && !/^\s*(savepoint|release|rollback\s+((work|transaction)\s+)?to)\b/i.test(sql)
  );
}
