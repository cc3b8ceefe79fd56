import { cpSync, lchownSync, lstatSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";
import type { RunnableInstallation } from "./runnable.ts";

export interface Weight {
  readonly files: number;
  readonly bytes: number;
}

/** Copies as the server's user; shares the blocks where the file system can. A short copy is found by its weight. */
export async function copyFolder(
  from: string,
  to: string,
  { identity }: RunnableInstallation,
  signal: AbortSignal | undefined,
): Promise<void> {
  const flags = { linux: ["-a", "--reflink=auto"], darwin: ["-cRp"] }[process.platform as "linux" | "darwin"];
  const copied = flags
    ? await runCommand("cp", [...flags, from, to], { identity, cwd: "/", signal })
    : undefined;
  signal?.throwIfAborted();
  if (copied?.code === 0) return;
  rmSync(to, { recursive: true, force: true });
  try {
    cpSync(from, to, { recursive: true });
  } catch {
    return;
  }
  if (identity) changeOwner(to, identity.uid, identity.gid);
}

function changeOwner(path: string, uid: number, gid: number): void {
  // What a migration linked to stays whose it is.
  lchownSync(path, uid, gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) changeOwner(join(path, name), uid, gid);
}

/** What a folder holds: a copy that was cut short, or lost something since, weighs less. */
export function weigh(folder: string): Weight {
  let files = 0;
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      files += 1;
      bytes += statSync(join(entry.parentPath, entry.name)).size;
    }
  } catch {
    // A folder that cannot be read weighs too little.
  }
  return { files, bytes };
}
