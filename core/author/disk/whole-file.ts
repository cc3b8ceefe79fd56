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

/** Appears complete or not at all, and never in place of another: a link fails where the name is taken. */
export function createFile(file: string, bytes: Uint8Array): void {
  const temporary = writeTemporary(file, bytes);
  try {
    linkSync(temporary, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Some file systems have no links; what is left of the race there is one system call wide.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
    if (existsSync(file)) throw Object.assign(new Error("file exists"), { code: "EEXIST" });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Another text in one step, so that nobody reads half of it; through a symbolic link, which stays one. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const file = realpathSync(path);
  const temporary = writeTemporary(file, bytes, statSync(file).mode);
  try {
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
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
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  return temporary;
}
