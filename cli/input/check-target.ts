import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { shellWord } from "#core/author/shell-word.ts";
import type { CheckCommand } from "#core/config/options.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";
import { foundElsewhere, missingFolder } from "./missing-folder.ts";
import { shownPath } from "./shown-path.ts";

/** A folder to look at, and the files of it that the report is about (absent: all). */
export interface CheckTarget {
  readonly folder: string;
  /** Path as messages show it: relative to the working folder, with `/`. */
  readonly shown: string;
  readonly files?: ReadonlySet<string>;
}

/**
 * What the paths of a command mean. Only `lint` takes files, and then all of one folder. `write`: a command that writes
 * what it finds there; `make`: one that makes migrations, so that a folder that is not there may be made.
 */
export function checkTarget(
  command: CheckCommand | "write" | "make",
  paths: readonly string[],
  cwd: string,
): CheckTarget | CannotRun {
  const folders = new Set<string>();
  const files = new Set<string>();
  for (const path of paths) {
    if (path === "-") return cannotRun(noFile("standard input"));
    const full = resolve(cwd, path);
    const isFolder = isFolderAt(full);
    const shown = shownPath(full, cwd);
    if (isMissing(isFolder))
      return missingFolder(shown, cwd, command === "make" ? `mkdir -p ${shellWord(shown)}` : undefined);
    if (isFolder !== undefined && typeof isFolder !== "boolean")
      return cannotRun(`cannot look at ${path}: ${errorWords(isFolder)}`);
    if (isFolder === undefined) return cannotRun(noFile(path));
    if (isFolder) folders.add(full);
    else if (command === "lint") {
      folders.add(dirname(full));
      files.add(shown);
    } else if (command === "write" || command === "make")
      return cannotRun(`${shown} is a file, and a migration folder is wanted`);
    else {
      const instead = /\.sql$/i.test(shown)
        ? [`switchback ${command} ${shownPath(dirname(full), cwd)}`, `switchback lint ${shown}`]
        : foundElsewhere(cwd);
      const problem = `${shown} is a file, and ${command} wants a migration folder`;
      return cannotRun([problem, ...instead].join("\n  "));
    }
  }
  const [folder, other] = folders;
  if (folder === undefined) return cannotRun("no folder was given");
  if (other !== undefined)
    return cannotRun(
      `${shownPath(folder, cwd)} and ${shownPath(other, cwd)} are two folders: a run looks at one history\n  run switchback once for each`,
    );
  return { folder, shown: shownPath(folder, cwd), ...(files.size > 0 ? { files } : {}) };
}

function noFile(what: string): string {
  return `${what} is no file of a migration folder: what lies before a migration decides what it does\n  name the file, or pipe into: switchback new "its title" --from -`;
}

function isMissing(error: unknown): boolean {
  return (error as Partial<NodeJS.ErrnoException> | undefined)?.code === "ENOENT";
}

/** Undefined for what is neither: a pipe, a device. */
function isFolderAt(path: string): boolean | undefined | unknown {
  try {
    const found = statSync(path);
    return found.isDirectory() ? true : found.isFile() ? false : undefined;
  } catch (error) {
    return error;
  }
}
