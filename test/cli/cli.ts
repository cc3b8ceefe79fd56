import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What `npm run switchback` runs: it builds when the sources are newer. */
const entry = join(root, "scripts/switchback.mjs");

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function start(
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  return startBuilt(entry, args, cwd, environment);
}

/** What stands in `main` is run as it is. */
export function startBuilt(
  main: string,
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...inherited, ...environment },
    stdio: "pipe",
  });
}

export function finished(child: ChildProcess): Promise<Result> {
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
      }),
    );
  });
}

export function switchback(
  args: readonly string[],
  cwd: string,
  environment?: NodeJS.ProcessEnv,
): Promise<Result> {
  return finished(start(args, cwd, environment));
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "switchback-cli-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const clean = {
  "migrations/000001_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n",
  "migrations/000001_users.down.sql": "DROP TABLE IF EXISTS users;\n",
};

/** The second migration builds an index while nobody can write: one error. */
export const locking = {
  ...clean,
  "migrations/000002_index.up.sql": "CREATE INDEX users_name_idx ON users (name);\n",
  "migrations/000002_index.down.sql": "DROP INDEX IF EXISTS users_name_idx;\n",
};
