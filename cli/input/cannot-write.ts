import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";

const denied =
  process.platform === "win32"
    ? "it may be read-only, or open in another program"
    : "make the folder writable for you: chmod u+w";

const remedies: Readonly<Record<string, string>> = {
  EACCES: denied,
  EPERM: denied,
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
  const remedy = remedies[code];
  return cannotRun(`cannot write ${file}: ${words}, nothing was changed${remedy ? `\n  ${remedy}` : ""}`);
}
