import type { Limits } from "../run-script.ts";
import { atOnce, inTransaction, stepByStep, type TraceSessions, withSavepoints } from "./in-transaction.ts";
import { needsOutside, oneByOne } from "./one-by-one.ts";
import type { TracedStatement } from "./traced-statement.ts";

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
  const { runner, watch } = sessions;
  const first = await inTransaction(
    sessions,
    statements,
    limits,
    statements.some(undoes) ? stepByStep : atOnce,
  );
  if (first.failure === undefined) return { statements: first.traced, committed: false };
  if (needsOutside(first.failure) && watch && runner.alive) {
    return { statements: await oneByOne(runner, watch, statements, limits), committed: true };
  }
  const { traced } = await inTransaction(sessions, statements, limits, withSavepoints);
  return { statements: traced, committed: false };
}

/** What was noted before it is undone as well, or forgotten. */
function undoes(sql: string): boolean {
  return /^\s*(rollback|reset\s+all|discard)\b/i.test(sql);
}
