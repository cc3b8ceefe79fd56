import { randomUUID } from "node:crypto";

/**
 * Writes a report, or the trace of a bug, to the log. SQL in it could hold lines that the runner takes for commands, so commands are switched
 * off around it by a word that nobody can guess.
 */
export function publishLog(text: string, write: (text: string) => void): void {
  const word = randomUUID();
  write(`::stop-commands::${word}\n${text.endsWith("\n") ? text : `${text}\n`}::${word}::\n`);
}
