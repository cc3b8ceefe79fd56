import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { pgliteWorker } from "../../../support/pglite-worker.ts";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "switchback-pglite-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

it("is made by the first run, and every later one starts from it", async () => {
  await start();
  const [name] = kept();
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
  utimesSync(join(place(), name ?? ""), yesterday, yesterday);
  await start();
  expect(kept()).toEqual([name]);
  expect(statSync(join(place(), name ?? "")).mtime.getTime(), "it was used").toBeGreaterThan(+yesterday);
});

it("is made again where it is cut off, or does not start", async () => {
  await start();
  const data = join(place(), kept()[0] ?? "", "data.tar");
  const { size } = statSync(data);
  truncateSync(data, size / 2);
  await start();
  expect(statSync(data).size).toBe(size);
  writeFileSync(data, Buffer.alloc(size, "x"));
  await start();
  await start();
  expect(statSync(data).size).toBe(size);
});

it("is not missed where nothing can be kept", async () => {
  writeFileSync(join(cache, "switchback"), "a file stands in the way");
  await start();
});

const place = () => join(cache, "switchback/clusters-pglite");
const kept = () => readdirSync(place());

async function start(): Promise<void> {
  const engine = await openPglite({ worker: await pgliteWorker() });
  try {
    const session = await (await engine.createDatabase()).connect();
    expect(await session.query("select 1")).toEqual([["1"]]);
  } finally {
    await engine.stop();
  }
}
