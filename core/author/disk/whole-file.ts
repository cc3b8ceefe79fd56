import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { patiently } from "./patiently.ts";

/** Appears complete or not at all, and never in place of another: a link fails where the name is taken. */
export function createFile(file: string, bytes: Uint8Array): void {
  const temporary = writeTemporary(file, bytes);
  try {
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
    // Some file systems have no links, and say so in many ways: EPERM, ENOTSUP, EISDIR. What is left of the race there
    // is one system call wide.
    if (existsSync(file)) throw Object.assign(new Error("file exists"), { code: "EEXIST" });
    patiently(() => renameSync(temporary, file));
  } finally {
    removeFile(temporary);
  }
}

/** Another text in one step, so that nobody reads half of it; through a symbolic link, which stays one. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const file = realpathSync(path);
  const temporary = writeTemporary(file, bytes, statSync(file).mode);
  try {
    patiently(() => renameSync(temporary, file));
  } finally {
    removeFile(temporary);
  }
}

function removeFile(file: string): void {
  patiently(() => rmSync(file, { force: true }));
}

/** Said when the file is opened, the umask would take some of it away. */
function setMode(handle: number, mode: number): void {
  try {
    fchmodSync(handle, mode);
  } catch {
    // Some file systems know no modes.
  }
}

let count = 0;

/** No runner takes a file of this name for a migration, should it be left behind. */
function writeTemporary(file: string, bytes: Uint8Array, mode?: number): string {
  const temporary = join(dirname(file), `.switchback-${process.pid}-${count++}.tmp`);
  const handle = openSync(temporary, "wx");
  try {
    if (mode !== undefined) setMode(handle, mode);
    writeSync(handle, bytes);
    fsyncSync(handle);
  } catch (error) {
    closeSync(handle);
    removeFile(temporary);
    throw error;
  }
  closeSync(handle);
  return temporary;
}
