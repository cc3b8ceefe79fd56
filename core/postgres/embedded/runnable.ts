import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeOpenFolder } from "../open-folder.ts";
import { EngineUnavailableError } from "../session.ts";
import { canReach, type Identity } from "./identity.ts";
import { type Installation, program } from "./installation.ts";
import { markOwned } from "./owned-folder.ts";
import { runCommand } from "./run-command.ts";

/** An installation that was seen to run, as the identity that will run it. */
export interface RunnableInstallation extends Installation {
  readonly identity: Identity | undefined;
  /** `postgres (PostgreSQL) 18.4` */
  readonly versionLine: string;
}

/**
 * Makes an installation run: restores what an npm package lacks when its postinstall did not run, and copies it into
 * the cache when it stands where nothing can be written, or where the server's user cannot get in.
 */
export async function makeRunnable(
  installation: Installation,
  identity: Identity | undefined,
  cache: string,
): Promise<RunnableInstallation> {
  const { packageFolder } = installation;
  const complete = packageFolder === undefined || restoreLinks(packageFolder);
  let complaint = `${installation.bin} cannot be reached by the user that runs the server`;
  if (complete && canReach(installation.bin, identity)) {
    const tried = await tryToRun(installation, identity);
    if (typeof tried !== "string") return tried;
    complaint = tried;
  }
  if (packageFolder === undefined) throw new EngineUnavailableError(complaint);

  const copy = copyPackage(packageFolder, cache);
  const tried = await tryToRun({ ...installation, bin: join(copy, "native", "bin") }, identity);
  if (typeof tried !== "string") return tried;
  throw new EngineUnavailableError(tried);
}

async function tryToRun(
  installation: Installation,
  identity: Identity | undefined,
): Promise<RunnableInstallation | string> {
  const path = program(installation, "postgres");
  const { code, stdout, stderr } = await runCommand(path, ["--version"], { identity, cwd: "/" });
  if (code === 0) return { ...installation, identity, versionLine: stdout.trim() };
  if (existsSync(path) && runsOnMusl()) {
    return "the PostgreSQL binaries from npm need glibc and this system has musl (Alpine): install PostgreSQL with apk";
  }
  return `${path} does not run: ${stderr.trim() || `exit code ${code}`}`;
}

function runsOnMusl(): boolean {
  return existsSync("/lib") && readdirSync("/lib").some((name) => name.startsWith("ld-musl-"));
}

/** npm packages hold no symbolic links; `pg-symlinks.json` lists them. False when they cannot be made here. */
function restoreLinks(packageFolder: string): boolean {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    if (existsSync(path)) continue;
    try {
      // Source and target stand in one folder.
      symlinkSync(basename(source), path);
    } catch (error) {
      // Another run may be doing the same at this moment.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}

/** A complete copy of a platform package in the cache, made once, readable for everybody. */
function copyPackage(packageFolder: string, cache: string): string {
  const { size, mtimeMs } = statSync(join(packageFolder, "native", "bin"));
  const key = createHash("sha256").update(`${packageFolder} ${size} ${mtimeMs}`).digest("hex").slice(0, 16);
  const copy = join(cache, "binaries", key);
  if (existsSync(copy)) return copy;

  makeOpenFolder(dirname(copy));
  const unfinished = mkdtempSync(`${copy}.`);
  try {
    markOwned(unfinished);
    cpSync(packageFolder, unfinished, { recursive: true, verbatimSymlinks: true });
    makeReadable(unfinished);
    restoreLinks(unfinished);
    renameSync(unfinished, copy);
  } catch (error) {
    // Whoever was faster made the same.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return copy;
}

/** A checkout made under umask 077 is readable for its owner only. */
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
