import { statSync } from "node:fs";
import { dirname } from "node:path";
import { shellWord } from "#core/author/shell-word.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";

const remedies: Readonly<Record<string, string>> = {
  EROFS: "work in a copy that can be written to",
  ENOSPC: "make room",
  EEXIST: "move it away, or choose another title",
  ECHANGED: "run it again",
};

const ours: Readonly<Record<string, string>> = {
  EEXIST: "it exists already",
  ECHANGED: "somebody else changed it meanwhile",
};

/** A file that could not be written, with what to do about it. */
export function cannotWrite(file: string, code: string): CannotRun {
  const words = ours[code] ?? errorWords({ code });
  const remedy = code === "EACCES" || code === "EPERM" ? denied(file) : remedies[code];
  return cannotRun(`cannot write ${file}: ${words}, nothing was changed${remedy ? `\n  ${remedy}` : ""}`);
}

function denied(file: string): string {
  if (process.platform === "win32") return "it may be read-only, or open in another program";
  return `make the folder writable for you: chmod u+w ${shellWord(nearestFolder(file))}`;
}

/** The one that is there: others were to be made in it. */
function nearestFolder(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder || dirname(path) === path ? path : nearestFolder(dirname(path));
}
