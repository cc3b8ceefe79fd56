import { chmodSync, mkdirSync } from "node:fs";

/**
 * Makes a folder that the server's user can go through, whatever umask we have. What stands in it is private where it
 * has to be.
 */
export function makeOpenFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (made !== undefined) chmodSync(folder, 0o755);
}
