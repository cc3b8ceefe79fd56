import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  watch,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { sweepCache } from "#core/postgres/embedded/sweep-cache.ts";
import { EngineLostError } from "#core/postgres/session.ts";

const root = join(import.meta.dirname, "../../../..");

/** Runs beside this one sweep what they find abandoned: here that is for us to do. */
let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "sb-"));
  // The server may run under another user, who has to get in.
  chmodSync(temporary, 0o777);
  vi.stubEnv("TMPDIR", temporary);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

/** A run in a process of its own, and the data folder of its server. */
async function held(): Promise<{ holder: ChildProcess; data: string }> {
  const holder = spawn(process.execPath, ["scripts/run.mjs", "test/core/postgres/embedded/hold-server.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = await once(holder.stdout, "data");
  return { holder, data: String(chunk).trim() };
}

function serverPid(data: string): number {
  return Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Processes that work in the folder; only Linux tells. */
function processesIn(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

async function gone(folder: string): Promise<void> {
  await expect
    .poll(() => existsSync(folder) || processesIn(folder).length > 0, { timeout: 120_000 })
    .toBe(false);
}

describe("endings of an embedded server", () => {
  it("leaves nothing after stop", async () => {
    const engine = await openEmbedded({ major: 18 });
    const database = await engine.createDatabase();
    const session = await database.connect();
    const [row] = await session.query("select current_setting('data_directory')");
    const run = dirname(row?.[0] ?? "");
    expect(existsSync(run)).toBe(true);
    await engine.stop();
    await engine.stop();
    expect(existsSync(run)).toBe(false);
    expect(processesIn(run)).toEqual([]);
    await expect(session.query("select 1")).rejects.toBeInstanceOf(EngineLostError);
    await expect(engine.createDatabase()).rejects.toBeInstanceOf(EngineLostError);
  });

  it.each(["SIGTERM", "SIGKILL"] as const)("leaves nothing after %s", async (signal) => {
    const { holder, data } = await held();
    holder.kill(signal);
    await once(holder, "exit");
    await gone(dirname(data));
  });

  it("sweeps what a run left behind that was killed with its supervisor", async () => {
    const { holder, data } = await held();
    const run = dirname(data);
    const [supervisor] = processesIn(run).filter((pid) => readlinkSync(`/proc/${pid}/cwd`) === run);
    process.kill(Number(supervisor), "SIGKILL");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    process.kill(serverPid(data), 0);
    const engine = await openEmbedded({ major: 18 });
    expect(existsSync(run)).toBe(false);
    expect(processesIn(run)).toEqual([]);
    await engine.stop();
  });

  it("sweeps a data folder that was half made", async () => {
    const cache = mkdtempSync(join(tmpdir(), "switchback-cache-"));
    chmodSync(cache, 0o755);
    const maker = spawn(
      process.execPath,
      ["scripts/run.mjs", "test/core/postgres/embedded/hold-initdb.ts", cache],
      { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(maker.stdout, "data");
    maker.kill("SIGKILL");
    await once(maker, "exit");
    const clusters = join(cache, "clusters");
    expect(readdirSync(clusters)).toHaveLength(1);
    await sweepCache(cache);
    expect(readdirSync(clusters)).toEqual([]);
    expect(processesIn(clusters)).toEqual([]);
    rmSync(cache, { recursive: true });
  });

  it("leaves the servers of other runs alone", async () => {
    const engines = await Promise.all([18, 18, 17].map((major) => openEmbedded({ major })));
    const databases = await Promise.all(engines.map((engine) => engine.createDatabase()));
    for (const [index, database] of databases.entries()) {
      const session = await database.connect();
      expect(
        await session.query("select count(*) from pg_stat_activity where datname like 'switchback%'"),
      ).toEqual([["1"]]);
      await session.close();
      await engines[index]?.stop();
    }
  });

  it("comes back with every commit after the server was killed in the middle", async () => {
    const engine = await openEmbedded({ major: 18 });
    const database = await engine.createDatabase();
    const session = await database.connect();
    await session.execute("create table committed (id int)");
    const [row] = await session.query("select current_setting('data_directory')");
    const running = session.execute("select pg_sleep(600)").catch((error) => error);
    process.kill(serverPid(row?.[0] ?? ""), "SIGKILL");
    expect(await running).toBeInstanceOf(EngineLostError);
    const again = await database.connect();
    expect(await again.query("select to_regclass('committed')::text")).toEqual([["committed"]]);
    await engine.stop();
  });

  it("stops when told to while it starts", async () => {
    const controller = new AbortController();
    // A server that starts has a run folder.
    const watcher = watch(temporary, () => controller.abort());
    await expect(openEmbedded({ major: 18, signal: controller.signal })).rejects.toThrow(/abort/i);
    watcher.close();
    expect(readdirSync(temporary)).toEqual([]);
  });
});
