import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isGone, parseOwner, thisProcess } from "../owner.ts";
import { endProcessesIn } from "./orphan-server.ts";

const marker = "owner.json";
const dayMs = 24 * 60 * 60 * 1000;

/** Writes into a folder that this process is going to remove it. */
export function markOwned(folder: string): void {
  writeFileSync(join(folder, marker), JSON.stringify(thisProcess()));
}

/** Removes folders whose owner was killed, with the processes that still work in them. */
export async function sweepOwnedFolders(parent: string, isOurs: (name: string) => boolean): Promise<void> {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (!isOurs(name) || !isAbandoned(folder)) continue;
    await endProcessesIn(folder);
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's: theirs to sweep.
    }
  }
}

function isAbandoned(folder: string): boolean {
  try {
    const owner = readOwner(folder);
    // Without a marker it is being made right now, or was left half made.
    return (owner && isGone(owner)) ?? Date.now() - statSync(folder).mtimeMs > dayMs;
  } catch {
    return false;
  }
}

function readOwner(folder: string) {
  try {
    return parseOwner(readFileSync(join(folder, marker), "utf8"));
  } catch {
    return undefined;
  }
}
