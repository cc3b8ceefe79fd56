import { EngineLostError, PostgresError, type Session } from "../../postgres/session.ts";
import { type Limits, runText } from "../run-script.ts";
import { begin, looksSoFar, readyToLook, withLook } from "./look.ts";
import { observeOutside } from "./observe-outside.ts";
import { relationsSeenBy } from "./relations.ts";
import { observed, tellLooks } from "./tell-looks.ts";
import { reasonOf, type TracedStatement, untraced } from "./traced-statement.ts";
import { transactionWord } from "./transaction-words.ts";

/** CONCURRENTLY, VACUUM (25001); a procedure that commits (2D000); a new enum value that is used at once (55P04). */
const outside: ReadonlySet<string> = new Set(["25001", "2D000", "55P04"]);

export function needsOutside({ sqlstate }: PostgresError): boolean {
  return outside.has(sqlstate);
}

/** Runs each statement for real in a transaction of its own, and outside of one where it has to be. */
export async function oneByOne(
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
    await readyToLook(runner);
    await runner.execute(begin);
    const run = await runText(runner, withLook(sql, 0), limits);
    if (run.kind === "done") {
      const [look] = await looksSoFar(runner, 1);
      const [traced = untraced("nothing was seen of it")] = await tellLooks(relationsSeenBy(watch), [
        observed(sql, look),
      ]);
      await runner.execute("COMMIT");
      return traced;
    }
    if (runner.alive) await runner.execute("ROLLBACK");
    if (run.kind === "failed" && needsOutside(run.error))
      return await observeOutside(runner, watch, sql, limits);
    return untraced(reasonOf(run, limits));
  } catch (error) {
    if (!(error instanceof PostgresError || error instanceof EngineLostError)) throw error;
    if (runner.alive) await runner.execute("ROLLBACK");
    return untraced(error.message);
  }
}
