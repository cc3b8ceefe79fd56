import { PostgresError, type Session } from "#core/postgres/session.ts";

/** Runs a file of a folder. What fails is a state too: it is rolled back, and the next file finds that. */
export async function runStep(session: Session, sql: string): Promise<void> {
  try {
    await session.execute(sql);
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    await session.execute("rollback");
  }
}
