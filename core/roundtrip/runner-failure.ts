import type { Execution, Script } from "../migration/model.ts";
import { PostgresError, type Session } from "../postgres/session.ts";
import { splitStatements } from "../sql/splitter.ts";
import { isInTransaction } from "./reset-session.ts";
import { traitsOf } from "./script-traits.ts";

/** A script went well, and what its runner does next does not. `offset`: the statement that is to blame. */
export interface RunnerFailure {
  readonly error: PostgresError;
  readonly offset: number;
}

/** Asked when the statements of a script have run, before the runner ends its transaction around them. */
export async function runnerFailure(session: Session, script: Script): Promise<RunnerFailure | undefined> {
  const { mustStayOpen, notes } = script.execution;
  if (notes && setsSearchPath.test(textOf(script)) && (await hides(session, notes)))
    return blamed(script, tableHidden, setsSearchPath);
  if (mustStayOpen && traitsOf(script).transactions && !(await isInTransaction(session)))
    return blamed(script, overTooSoon, endsTransaction);
  return undefined;
}

const setsSearchPath = /search_path/i;
const endsTransaction = /^(commit|end|rollback|abort|prepare\s+transaction)\b/i;

/**
 * The runner's table is in public, where sessions look unless they are told otherwise. Asked so that the answer needs no
 * rows: a named statement may be deallocated by now, and its failure would end the transaction.
 */
async function hides(session: Session, notes: Execution["notes"]): Promise<boolean> {
  const elsewhere =
    notes === "by search_path"
      ? "not 'public' = any(pg_catalog.current_schemas(false))"
      : "pg_catalog.current_schema() <> 'public'";
  try {
    await session.execute(
      `select 1 / pg_catalog.count(*) from pg_catalog.pg_settings where name = 'search_path' and (
         reset_val !~ '\\mpublic\\M' or (${elsewhere}) is not true
         or not exists (select from pg_catalog.pg_namespace where nspname = 'public'))`,
    );
    return false;
  } catch (error) {
    if (error instanceof PostgresError) return error.sqlstate === divisionByZero;
    throw error;
  }
}

const divisionByZero = "22012";

/** What is said of it, which more words are put to elsewhere. */
export const hiddenTable =
  "under the search_path that the script leaves, the runner does not find the table of its own";

const tableHidden = new PostgresError({
  sqlstate: "42P01",
  message: hiddenTable,
  position: 1,
});

/** PostgreSQL only warns; the driver does not send its COMMIT (seen with dbmate 2.36 and sql-migrate 1.8.1). */
const overTooSoon = new PostgresError({
  sqlstate: "25P01",
  message: "the script has ended the transaction that the runner began, and there the runner fails",
  position: 1,
});

/** The last statement of that kind. */
function blamed(script: Script, error: PostgresError, kind: RegExp): RunnerFailure {
  const text = textOf(script);
  const last = splitStatements(text).findLast(({ start, end }) => kind.test(text.slice(start, end)));
  return { error, offset: script.start + (last?.start ?? 0) };
}

function textOf({ file, start, end }: Script): string {
  return file.text.slice(start, end);
}
