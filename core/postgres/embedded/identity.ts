import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The user that the server runs as. PostgreSQL refuses to run as root. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** Whom to become before starting a server: nobody else, unless we are root. First the best, then the rest. */
export function serverIdentities(): readonly (Identity | undefined)[] {
  if (process.getuid?.() !== 0) return [undefined];
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name && uid > 0 && Number.isInteger(uid) && Number.isInteger(gid));
  const rank = (name: string | undefined) => {
    const index = ["postgres", "nobody", "daemon"].indexOf(name ?? "");
    return index < 0 ? 3 : index;
  };
  return users.sort((a, b) => rank(a.name) - rank(b.name)).map(({ uid, gid }) => ({ uid, gid }));
}

/** Whether the identity may enter every folder on the way to `path`. */
export function canReach(path: string, identity: Identity | undefined): boolean {
  if (!identity) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
