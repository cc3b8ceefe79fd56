import type { RunError } from "./report/model.ts";
import { hiddenTable } from "./roundtrip/runner-failure.ts";

/** SQLSTATEs of an up that names a table, role, type or publication, a schema, or a function that is not there. */
const missing: ReadonlySet<string> = new Set(["42P01", "42704", "3F000", "42883"]);

/** Where an extension is that the engine has not. */
export function extensionHelp(message: string): string | undefined {
  return /^extension .* is not available$/.test(message)
    ? 'prove on a server that has the extension: "engine": "docker" with its "image", or "engine": "server"'
    : undefined;
}

/**
 * What helps an up that needs something which no migration before it makes: a shared schema, a platform's roles, or the
 * runner's own table. `failed`: the first migration before it that does not go up, which may be the one to make it.
 */
export function outsideHelp({ sqlstate, message }: RunError, failed?: string): string | undefined {
  const elsewhere = extensionHelp(message);
  if (elsewhere !== undefined) return elsewhere;
  // No schema makes it: only CREATE TABLE and ADD COLUMN know serial.
  if (/^type "(?:big|small)?serial[248]?" does not exist$/.test(message)) return undefined;
  if (message === hiddenTable) return "end the script with\n  RESET search_path;";
  if (sqlstate === null || !missing.has(sqlstate)) return undefined;
  if (failed !== undefined)
    return `${failed} does not go up, and may be what was to make it: mend that first`;
  return 'if it comes from outside of the folder, make it in an SQL file and set "prelude" to that file';
}
