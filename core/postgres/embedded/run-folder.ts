import { chmodSync, chownSync, lstatSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { EngineUnavailableError } from "../session.ts";
import type { Identity } from "./identity.ts";
import { markOwned, sweepOwnedFolders } from "./owned-folder.ts";
import { newRunFolderParents, runFolderParents } from "./working-folder.ts";

const prefix = "switchback-run-";

/** A fresh private folder for one run, marked with who made it. */
export function createRunFolder(identity: Identity | undefined): string {
  const [parent] = newRunFolderParents(identity);
  if (!parent) {
    throw new EngineUnavailableError(
      "no temporary folder that is writable, reachable and short enough for a socket",
    );
  }
  const folder = mkdtempSync(join(parent, prefix));
  markOwned(folder);
  if (identity) chownSync(folder, identity.uid, identity.gid);
  chmodSync(folder, 0o700);
  return folder;
}

/** Removes what runs left behind that were killed together with their supervisor: servers and folders. */
export async function sweepRunFolders(identity: Identity | undefined): Promise<void> {
  for (const parent of runFolderParents(identity)) {
    await sweepOwnedFolders(
      parent,
      (name) => name.startsWith(prefix) && madeByUs(join(parent, name), identity),
    );
  }
}

/** Anybody may make a folder of that name there, and write into it which process is to be ended. */
function madeByUs(folder: string, identity: Identity | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const us = [process.getuid?.(), identity?.uid];
  return found?.isDirectory() === true && (process.getuid === undefined || us.includes(found.uid));
}
