import { PostgresError, type Row, type Session } from "../../postgres/session.ts";

/** The first row of a query that may fail. The session must be inside of a transaction. */
export async function tryQuery(session: Session, sql: string): Promise<Row | undefined | "error"> {
  await session.execute("SAVEPOINT switchback_try");
  try {
    const [row] = await session.query(sql);
    await session.execute("RELEASE SAVEPOINT switchback_try");
    return row;
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    await session.execute("ROLLBACK TO SAVEPOINT switchback_try");
    return "error";
  }
}
