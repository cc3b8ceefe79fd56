import { PostgresError, type Session } from "../../postgres/session.ts";

/** The first of these expressions that their type takes. The session must be inside of a transaction. */
export async function soundValues(session: Session, values: readonly string[]): Promise<string[]> {
  const sound: string[] = [];
  for (const value of values) {
    if (sound.length >= enough) break;
    await session.execute("SAVEPOINT switchback_value");
    try {
      await session.execute(`SELECT ${value}; RELEASE SAVEPOINT switchback_value`);
      sound.push(value);
    } catch (error) {
      if (!(error instanceof PostgresError)) throw error;
      await session.execute("ROLLBACK TO SAVEPOINT switchback_value");
    }
  }
  return sound;
}

/** Each of them is a question of its own. */
const enough = 12;
