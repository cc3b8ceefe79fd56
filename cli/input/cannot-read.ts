import { shellWord } from "#core/author/shell-word.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";

/** What is there and cannot be read, with what to do about it where that is plain. */
export function cannotRead(path: string, error: { readonly code: string }): CannotRun {
  const isDenied = error.code === "EACCES" || error.code === "EPERM";
  const remedy = isDenied && process.platform !== "win32" ? `\n  chmod -R u+rX ${shellWord(path)}` : "";
  return cannotRun(`cannot read ${path}: ${errorWords(error)}${remedy}`);
}
