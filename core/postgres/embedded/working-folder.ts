import { accessSync, constants, lstatSync, statfsSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { makeOpenFolder } from "../open-folder.ts";
import { EngineUnavailableError } from "../session.ts";
import { canReach, type Identity } from "./identity.ts";

/** The longest path of a Unix socket on macOS, the shortest of all systems, less the zero byte. */
const longestSocket = 103;
const socketName = "/switchback-run-XXXXXX/.s.PGSQL.5432";

/**
 * The folder that outlives a run: initialised clusters and, where they had to be copied, binaries.
 * As root it stands where the server's own user can get in, which our own home mostly is not.
 */
export function cacheFolder(identity: Identity | undefined): string {
  const owner = process.getuid?.() ?? userInfo().username;
  const shared = ["/var/tmp", tmpdir(), "/tmp"].map((folder) => join(folder, `switchback-${owner}`));
  const candidates = identity ? shared : [join(userCache(), "switchback"), ...shared];
  for (const folder of candidates) {
    if (isOurs(folder) && canReach(folder, identity)) return folder;
  }
  throw new EngineUnavailableError(`no folder to keep PostgreSQL's files in; tried ${candidates.join(", ")}`);
}

const memory = "/dev/shm";
const GiB = 2 ** 30;
/** GiB of memory that have to be free before data folders go into it. */
export const roomyMemory = 6;
/** From statfs(2): the file system is in memory. */
const tmpfs = 0x01021994;

/**
 * Where there is plenty of memory, data folders stand in it: a server of thousands of small files that lives for
 * seconds waits for little else than the disk. `TMPDIR` says where temporary files go, also here.
 */
export function memoryIsRoomy(available = process.availableMemory()): boolean {
  if (process.platform !== "linux" || process.env.TMPDIR) return false;
  try {
    const { type, bavail, bsize } = statfsSync(memory);
    return type === tmpfs && bavail * bsize >= 4 * GiB && available >= roomyMemory * GiB;
  } catch {
    return false;
  }
}

/** Where the folder of a new run is made: in the first of them that can be had. */
export function newRunFolderParents(identity: Identity | undefined): readonly string[] {
  const parents = runFolderParents(identity);
  return memoryIsRoomy() ? parents : parents.filter((parent) => parent !== memory);
}

/** Folders in which the folder of a run may have been made; sockets need short paths. */
export function runFolderParents(identity: Identity | undefined): readonly string[] {
  const parents = process.platform === "win32" ? [tmpdir()] : [memory, tmpdir(), "/tmp", "/var/tmp"];
  return [...new Set(parents)].filter(
    (parent) =>
      isWritable(parent) &&
      canReach(parent, identity) &&
      Buffer.byteLength(parent + socketName) <= longestSocket,
  );
}

function userCache(): string {
  const wanted = process.env.XDG_CACHE_HOME;
  if (wanted) return wanted;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return process.env.LOCALAPPDATA ?? join(homedir(), ".cache");
}

/** Makes the folder; in a world-writable parent somebody else may have been there before us. */
function isOurs(folder: string): boolean {
  try {
    makeOpenFolder(folder);
    const { uid, mode } = lstatSync(folder);
    const own = process.getuid === undefined || uid === process.getuid();
    return own && (mode & 0o022) === 0 && lstatSync(folder).isDirectory() && isWritable(folder);
  } catch {
    return false;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
