import { createHash, randomBytes } from "node:crypto";
import {
  chownSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { makeOpenFolder } from "../open-folder.ts";
import { EngineUnavailableError } from "../session.ts";
import { copyFolder, weigh } from "./copy-folder.ts";
import { program } from "./installation.ts";
import { markOwned } from "./owned-folder.ts";
import { runCommand } from "./run-command.ts";
import type { RunnableInstallation } from "./runnable.ts";

/** Changes whenever `initdb` is called differently, so that older caches are left alone. */
const recipe = "1";

/** Where the server's user writes too, a name that is taken is not followed to where it may lead. */
export const newFile = { mode: 0o600, flag: "wx" };

/** What an initialised data folder weighs; a damaged one weighs something else. */
interface Manifest {
  readonly files: number;
  readonly bytes: number;
  readonly password: string;
}

/** An initialised data folder in a run folder, and the password of its superuser `postgres`. */
export interface Cluster {
  readonly data: string;
  readonly password: string;
}

/** Where the initialised data folder of an installation is kept. */
export function clusterTemplate(installation: RunnableInstallation, cache: string): string {
  const { size, mtimeMs } = statSync(program(installation, "postgres"));
  const { versionLine, bin, identity } = installation;
  const key = [recipe, versionLine, bin, size, mtimeMs, identity?.uid].join(" ");
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 12);
  return join(cache, "clusters", `${installation.major}-${hash}`);
}

/** Copies the template into the run folder; makes it first where it is missing or damaged. */
export async function copyCluster(
  installation: RunnableInstallation,
  template: string,
  run: string,
  signal: AbortSignal | undefined,
): Promise<Cluster> {
  const data = join(run, "data");
  for (const attempt of [1, 2, 3]) {
    const manifest = readManifest(template);
    if (manifest) {
      refuseWithoutRoom(run, manifest.bytes);
      await copyFolder(join(template, "data"), data, installation, signal);
      const { files, bytes } = weigh(data);
      if (files === manifest.files && bytes === manifest.bytes) return { data, password: manifest.password };
    }
    rmSync(data, { recursive: true, force: true });
    if (attempt < 3) await initialise(installation, template, signal);
  }
  throw new EngineUnavailableError(
    `the initialised data folder in ${template} cannot be copied: is the disk full?`,
  );
}

/** The run folder is on a disk that is too full for a server; a new template would not help. */
export class NoRoomError extends EngineUnavailableError {}

function refuseWithoutRoom(run: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(run);
  if (bavail * bsize > bytes) return;
  const megabytes = (size: number) => Math.ceil(size / 1_000_000);
  throw new NoRoomError(
    `no room for a server in ${dirname(run)}: it needs ${megabytes(bytes)} MB, ${megabytes(bavail * bsize)} MB are free; TMPDIR may name another disk`,
  );
}

async function initialise(
  installation: RunnableInstallation,
  template: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { identity } = installation;
  makeOpenFolder(dirname(template));
  const unfinished = mkdtempSync(`${template}.`);
  try {
    markOwned(unfinished);
    const password = randomBytes(18).toString("base64url");
    writeFileSync(join(unfinished, "password"), password, newFile);
    if (identity) {
      chownSync(join(unfinished, "password"), identity.uid, identity.gid);
      chownSync(unfinished, identity.uid, identity.gid);
    }
    const data = join(unfinished, "data");
    const { code, stderr } = await runCommand(
      program(installation, "initdb"),
      [
        `--pgdata=${data}`,
        "--username=postgres",
        `--pwfile=${join(unfinished, "password")}`,
        // The socket stands in a folder that nobody else can enter. A migration may change the password of
        // `postgres`; that must not lock us out.
        "--auth-local=trust",
        "--auth-host=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--wal-segsize=4",
        "--no-sync",
        "--no-instructions",
      ],
      { identity, cwd: unfinished, signal },
    );
    signal?.throwIfAborted();
    if (code !== 0)
      throw new EngineUnavailableError(`initdb failed: ${stderr.trim() || `exit code ${code}`}`);
    const manifest: Manifest = { ...weigh(data), password };
    writeFileSync(join(unfinished, "manifest.json"), JSON.stringify(manifest), newFile);
    replaceFolder(unfinished, template);
  } finally {
    remove(unfinished);
  }
}

/**
 * Runs beside us may do the same at the same time: whichever folder stands there in the end is a good one. One that is
 * whole stays, for somebody may be copying it.
 */
function replaceFolder(from: string, to: string): void {
  if (isWhole(to)) return;
  const old = `${from}.old`;
  try {
    renameSync(to, old);
  } catch {
    // There was none.
  }
  try {
    renameSync(from, to);
  } catch (error) {
    if (!readManifest(to)) throw error;
  } finally {
    remove(old);
  }
}

function isWhole(template: string): boolean {
  const manifest = readManifest(template);
  const { files, bytes } = weigh(join(template, "data"));
  return files === manifest?.files && bytes === manifest.bytes;
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another run sweeps it at this moment.
  }
}

function readManifest(template: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(template, "manifest.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}
