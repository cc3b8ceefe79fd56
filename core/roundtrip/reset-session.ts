import { PostgresError, type Session } from "../postgres/session.ts";

/** What DISCARD ALL does, as one query (it would not run beside others), after the end of an open transaction. */
const reset = `ROLLBACK; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; DEALLOCATE ALL; UNLISTEN *;
SELECT pg_advisory_unlock_all(); DISCARD PLANS; DISCARD TEMP; DISCARD SEQUENCES`;

/** Takes a session back to how it was when it was opened, so that one script's settings do not reach the next. */
export async function resetSession(session: Session, next?: string): Promise<void> {
  await session.execute(reset, next);
}

/** Where the engine does not tell: SAVEPOINT succeeds only inside a transaction, the one question that needs no rows. */
export async function isInTransaction(session: Session): Promise<boolean> {
  if (session.inTransaction !== undefined) return session.inTransaction;
  try {
    await session.execute("SAVEPOINT switchback");
    return true;
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    return error.sqlstate === inFailedTransaction;
  }
}

const inFailedTransaction = "25P02";

/** Transactions that were prepared in this database and wait for the second phase, ended. Their names. */
export async function rollBackPrepared(session: Session): Promise<readonly string[]> {
  const rows = await session.query(
    "select gid, quote_literal(gid) from pg_prepared_xacts where database = current_database()",
  );
  for (const [, literal] of rows) await session.execute(`ROLLBACK PREPARED ${literal}`);
  return rows.map(([gid]) => gid ?? "");
}
