import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { packagedInstallations } from "#core/postgres/embedded/installation.ts";
import { KeptClusters } from "#core/postgres/embedded/kept-clusters.ts";
import type { RunnableInstallation } from "#core/postgres/embedded/runnable.ts";

/** Folders are copied by whoever runs the server; here by ourselves. */
const [installation] = packagedInstallations([import.meta.dirname]);
const runnable = { ...installation, identity: undefined } as RunnableInstallation;
const note = { database: "d", note: "n" };
const dayMs = 24 * 60 * 60 * 1000;

let root: string;
let data: string;
let cache: string;
let kept: KeptClusters;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "switchback-test-"));
  data = join(root, "data");
  cache = join(root, "cache");
  mkdirSync(data);
  writeFileSync(join(data, "PG_VERSION"), "18\n");
  writeFileSync(join(data, "postmaster.pid"), "4711\n");
  kept = new KeptClusters(cache, runnable);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (name: string) => kept.put(name, data, note, undefined);
const take = (name: string) => kept.take(name, join(root, `taken-${name}`), undefined);
const makeOlder = (name: string, ms: number) => {
  const then = new Date(Date.now() - ms);
  utimesSync(join(cache, name), then, then);
};

describe("data folders that are kept", () => {
  test("come back with what was noted, without the traces of the process that ran on them", async () => {
    await put("a");
    expect(await take("a")).toMatchObject(note);
    expect(readdirSync(join(root, "taken-a"))).toEqual(["PG_VERSION"]);
    expect(readFileSync(join(root, "taken-a", "PG_VERSION"), "utf8")).toBe("18\n");
  });

  test("are not there under another name", async () => {
    await put("a");
    expect(await take("b")).toBeUndefined();
  });

  test("are forgotten when something of them is gone", async () => {
    await put("a");
    writeFileSync(join(cache, "a", "data", "PG_VERSION"), "");
    expect(await take("a")).toBeUndefined();
    expect(readdirSync(cache)).toEqual([]);
    expect(existsSync(join(root, "taken-a"))).toBe(false);
  });

  test("are forgotten when nobody can read what was noted, which makes room for the next", async () => {
    await put("a");
    writeFileSync(join(cache, "a", "manifest.json"), "{");
    expect(await take("a")).toBeUndefined();
    await put("a");
    expect(await take("a")).toMatchObject(note);
  });

  test("are whole whoever of two came first", async () => {
    await Promise.all([
      put("a"),
      put("a"),
      new KeptClusters(cache, runnable).put("a", data, note, undefined),
    ]);
    expect(readdirSync(cache)).toEqual(["a"]);
    expect(await take("a")).toMatchObject(note);
  });

  test("are six at most: what was not used for longest goes", async () => {
    for (const name of ["a", "b", "c", "d", "e", "f"]) {
      await put(name);
      makeOlder(name, dayMs);
    }
    makeOlder("b", 2 * dayMs);
    makeOlder("a", 3 * dayMs);
    await take("a");
    await put("g");
    expect(readdirSync(cache).sort()).toEqual(["a", "c", "d", "e", "f", "g"]);
  });

  test("are not kept for ever, and what a killed run left half written goes too", async () => {
    await put("a");
    makeOlder("a", 15 * dayMs);
    mkdirSync(join(cache, "b.killed"));
    makeOlder("b.killed", dayMs);
    mkdirSync(join(cache, "c.beingWritten"));
    await put("d");
    expect(readdirSync(cache).sort()).toEqual(["c.beingWritten", "d"]);
  });
});
