import { EngineLostError, PostgresError } from "../session.ts";

/** The fields of an ErrorResponse as `pg` hands them over. */
interface ErrorResponse extends Error {
  readonly severity?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
  readonly errors?: readonly Error[];
}

/** SQLSTATEs after which the server hangs up; servers that speak another language translate the severity. */
const hangUps = /^(08...|57P0[1-5]|25P0[34])$/;

/** An error of `pg` in our words: what PostgreSQL said, or that the connection is gone. */
export function wireError(error: ErrorResponse): PostgresError | EngineLostError {
  const sqlstate = error.code ?? "";
  const said = error.severity !== undefined && /^[0-9A-Z]{5}$/.test(sqlstate);
  if (!said) return new EngineLostError(wordsOf(error));
  const fatal = error.severity === "FATAL" || error.severity === "PANIC";
  if (fatal || (error.severity !== "ERROR" && hangUps.test(sqlstate))) {
    return new EngineLostError(error.message, sqlstate);
  }
  return new PostgresError({
    message: error.message,
    sqlstate,
    detail: error.detail,
    hint: error.hint,
    position: error.position === undefined ? undefined : Number(error.position),
  });
}

/** A host with several addresses fails at each of them, and the error over all has no words of its own. */
function wordsOf({ message, code, errors }: ErrorResponse): string {
  if (message !== "") return message;
  return [...new Set(errors?.map((one) => one.message))].join(", ") || code || "it hung up";
}
