import { EngineLostError, PostgresError, type Session } from "../../postgres/session.ts";
import { type Limits, runText } from "../run-script.ts";
import { begin, isUnprepared, looksSoFar, readyToLook, rollBack, withLook } from "./look.ts";
import { relationsNow, relationsSeenBy } from "./relations.ts";
import { type Observation, observed, tellLooks } from "./tell-looks.ts";
import { reasonOf, type TracedStatement, untraced } from "./traced-statement.ts";
import { endsTransaction } from "./transaction-words.ts";

/** `watch` is a second session on the same database, where the engine has one. */
export interface TraceSessions {
  readonly runner: Session;
  readonly watch?: Session | undefined;
  /** What the runner did so far was handed in to the statistics. */
  readonly counted?: boolean;
}

/** A statement to look at, or why there is none to be. */
type Planned = { readonly sql: string } | TracedStatement;

/** `failure`: what ended it, after which nothing is told. */
type Ended =
  | { readonly steps: readonly (Observation | TracedStatement)[]; readonly failure?: undefined }
  | { readonly failure: PostgresError };

/** Opens the transaction and runs in it what is planned. */
type Way = (sessions: TraceSessions, planned: readonly Planned[], limits: Limits) => Promise<Ended>;

/** Runs statements in a transaction that is rolled back. Without `failure` each of them is told of. */
export async function inTransaction(
  sessions: TraceSessions,
  statements: readonly string[],
  limits: Limits,
  way: Way,
): Promise<{ readonly traced: readonly TracedStatement[]; readonly failure?: PostgresError }> {
  const { runner, watch } = sessions;
  const allUntraced = (reason: string) => ({ traced: statements.map(() => untraced(reason)) });
  const planned = statements.map((sql) =>
    endsTransaction(sql) ? untraced("the trace has a transaction of its own") : { sql },
  );
  try {
    const relations = watch ? relationsSeenBy(watch) : await relationsNow(runner);
    const ended = await way(sessions, planned, limits);
    if (ended.failure) return { traced: [], failure: ended.failure };
    return { traced: await tellLooks(relations, ended.steps) };
  } catch (error) {
    if (error instanceof PostgresError || error instanceof EngineLostError) return allUntraced(error.message);
    throw error;
  } finally {
    if (runner.alive) await runner.execute(rollBack);
  }
}

/** All of it is one query, which costs least. */
export const atOnce: Way = async ({ runner, counted }, planned, limits) => {
  if (!counted) await readyToLook(runner);
  const texts = planned.flatMap((step, i) => ("sql" in step ? [withLook(step.sql, i)] : []));
  const text = [begin, ...texts].join(";\n");
  let run = await runText(runner, text, limits);
  if (run.kind === "failed" && isUnprepared(run.error)) {
    await runner.execute(rollBack);
    await readyToLook(runner);
    run = await runText(runner, text, limits);
  }
  if (run.kind === "failed") return { failure: run.error };
  if (run.kind !== "done") return { steps: planned.map(() => untraced(reasonOf(run, limits))) };
  const looks = await looksSoFar(runner, planned.length);
  return { steps: planned.map((step, i) => ("sql" in step ? observed(step.sql, looks[i]) : step)) };
};

/** One query for each statement, and one for what was seen. */
export const stepByStep: Way = ({ runner }, planned, limits) => inSteps(runner, planned, limits, false);

/** A statement that fails is undone, and the others go on. */
export const withSavepoints: Way = ({ runner }, planned, limits) => inSteps(runner, planned, limits, true);

async function inSteps(
  runner: Session,
  planned: readonly Planned[],
  limits: Limits,
  savepoints: boolean,
): Promise<Ended> {
  const steps: (Observation | TracedStatement)[] = [];
  await readyToLook(runner);
  await runner.execute(begin);
  for (const step of planned) {
    if (!("sql" in step)) {
      steps.push(step);
      continue;
    }
    if (savepoints) await runner.execute("SAVEPOINT switchback_trace");
    const run = await runText(runner, withLook(step.sql, 0), limits);
    if (run.kind === "done") {
      const [look] = await looksSoFar(runner, 1);
      steps.push(observed(step.sql, look));
    } else if (run.kind === "failed") {
      if (!savepoints) return { failure: run.error };
      steps.push(untraced(run.error.message));
      await runner.execute("ROLLBACK TO SAVEPOINT switchback_trace");
    } else {
      const rest = untraced(reasonOf(run, limits));
      return { steps: [...steps, ...planned.slice(steps.length).map(() => rest)] };
    }
    if (savepoints) await runner.execute("RELEASE SAVEPOINT switchback_trace");
  }
  return { steps };
}
