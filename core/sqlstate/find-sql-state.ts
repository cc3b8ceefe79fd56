import { type SqlState, sqlStates } from "./sqlstates.ts";

/** Whether a word has the form of an SQLSTATE: five letters and digits, a digit first, as PostgreSQL's own errors have. */
export function looksLikeSqlState(word: string): boolean {
  return /^[0-9][0-9A-Z]{4}$/i.test(word);
}

/** The entry of a code, in any case; undefined where migrations do not usually meet it. */
export function findSqlState(code: string): SqlState | undefined {
  const wanted = code.toUpperCase();
  return sqlStates.find((state) => state.code === wanted);
}
