import { existsSync } from "node:fs";
import { join } from "node:path";
import { sweepOwnedFolders } from "./owned-folder.ts";

/** What is being made stands beside what is finished, under its name with a suffix. */
const unfinished = /\.(\w{6}|old)$/;

/** Removes what runs left half made in the cache when they were killed: data folders, copies of binaries. */
export async function sweepCache(cache: string): Promise<void> {
  for (const room of ["clusters", "binaries"]) {
    const folder = join(cache, room);
    if (existsSync(folder)) await sweepOwnedFolders(folder, (name) => unfinished.test(name));
  }
}
