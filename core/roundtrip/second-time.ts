import { EngineLostError, PostgresError, type Session } from "../postgres/session.ts";
import { type Limits, runText } from "./run-script.ts";

export interface Failure {
  readonly index: number;
  readonly error: PostgresError;
}

/** Which statements fail when they are run one by one in a transaction that is rolled back. */
export async function secondTime(
  session: Session,
  statements: readonly string[],
  limits: Limits,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  try {
    await session.execute("BEGIN");
    for (const [index, sql] of statements.entries()) {
      await session.execute("SAVEPOINT switchback_again");
      const run = await runText(session, sql, limits);
      if (!session.alive) break;
      if (run.kind !== "done") await session.execute("ROLLBACK TO SAVEPOINT switchback_again");
      // What refuses to run in a transaction says nothing about a second time.
      if (run.kind === "failed" && run.error.sqlstate !== "25001") failures.push({ index, error: run.error });
      await session.execute("RELEASE SAVEPOINT switchback_again");
    }
    return failures;
  } catch (error) {
    // Somebody ended the transaction in the midst of it; what was found until then stands.
    if (error instanceof PostgresError || error instanceof EngineLostError) return failures;
    throw error;
  } finally {
    if (session.alive) await session.execute("ROLLBACK");
  }
}
