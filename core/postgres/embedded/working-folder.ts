import { accessSync, constants, lstatSync, statfsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
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
  const shared = sharedFolders(process.getuid?.());
  const own = identity ? undefined : userCache();
  const candidates = own === undefined ? shared : [join(own, "switchback"), ...shared];
  for (const folder of candidates) {
    if (isAbsolute(folder) && isOurs(folder) && canReach(folder, identity)) return folder;
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
  return [...new Set([memory, tmpdir(), "/tmp", "/var/tmp"])].filter(
    (parent) =>
      isWritable(parent) &&
      canReach(parent, identity) &&
      Buffer.byteLength(parent + socketName) <= longestSocket,
  );
}

/** Undefined for a user without a home: a container may run as a number that nobody has given a name. */
function userCache(): string | undefined {
  const { XDG_CACHE_HOME: wanted, LOCALAPPDATA: local } = process.env;
  if (wanted) return wanted;
  if (process.platform === "win32" && local) return local;
  try {
    return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
  } catch {
    return undefined;
  }
}

/** Where everybody may write; on Windows, which knows no user numbers, each user has a temporary folder of their own. */
function sharedFolders(uid: number | undefined): string[] {
  if (uid === undefined) return [join(tmpdir(), "switchback")];
  return ["/var/tmp", tmpdir(), "/tmp"].map((folder) => join(folder, `switchback-${uid}`));
}

/**
 * Makes the folder; in a world-writable parent somebody else may have been there before us. Windows tells no owner, and
 * its modes mean nothing.
 */
function isOurs(folder: string): boolean {
  try {
    makeOpenFolder(folder);
    const found = lstatSync(folder);
    const own =
      process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
    return own && found.isDirectory() && isWritable(folder);
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
