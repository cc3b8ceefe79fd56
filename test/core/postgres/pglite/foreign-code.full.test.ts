import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { archives } from "#core/postgres/pglite/extensions.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import type { Database, Engine, Session } from "#core/postgres/session.ts";
import { pgliteWorker } from "../../../support/pglite-worker.ts";
import { writeLibrary } from "../../../support/scripted-library.ts";

const proof = join(tmpdir(), `switchback-escaped-${process.pid}`);
const touch = `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(proof)}, "")`;

describe("a library that a migration brings", () => {
  let engine: Engine;
  let database: Database;
  let session: Session;
  beforeAll(async () => {
    engine = await openPglite({ worker: await pgliteWorker() });
    database = await engine.createDatabase();
    session = await database.connect();
    for (const statement of writeLibrary("/tmp/0.so", touch).split("\n")) await session.execute(statement);
  });
  beforeEach(() => rmSync(proof, { force: true }));
  afterAll(() => engine?.stop());

  it.each([
    ["LOAD", "LOAD '/tmp/1.so'"],
    ["a function", "CREATE FUNCTION own() RETURNS int AS '/tmp/2.so', 'script' LANGUAGE C"],
    ["a text that is put together", "DO $$ BEGIN EXECUTE 'LO' || 'AD ''/tmp/3.so'''; END $$"],
  ])("is not loaded by %s, and its script does not run", async (_, sql) => {
    await session.execute(`SELECT lo_export(4711, '${/\/tmp\/\d\.so/.exec(sql)?.[0]}')`);
    await expect(session.execute(sql)).rejects.toThrow("PGlite loads no library but its own");
    expect(existsSync(proof)).toBe(false);
    expect(await session.query("select 1")).toEqual([["1"]]);
  });

  it.each(["shared_preload_libraries", "session_preload_libraries"])(
    "is not loaded through %s where the database is started again",
    async (setting) => {
      const [row] = await session.query("select current_setting('data_directory')");
      await session.execute(`SELECT lo_export(4711, '${row?.[0]}/own.so')`);
      await session.execute(`ALTER SYSTEM SET ${setting} = '${row?.[0]}/own.so'`);
      await session.close();
      await database.copy().then(
        (copy) => copy.drop(),
        () => {},
      );
      expect(existsSync(proof)).toBe(false);
      session = await database.connect();
      await session.execute(`ALTER SYSTEM RESET ${setting}`);
    },
  );
});

// Seconds, and they change with PGlite only.
describe("PGlite's own libraries", () => {
  it("are all loaded", async () => {
    const engine = await openPglite({ worker: await pgliteWorker() });
    try {
      const session = await (await engine.createDatabase()).connect();
      // Modules without an extension to create, and `spi`, which holds several.
      const modules = ["auto_explain", "passwordcheck", "pg_overexplain"];
      const names = archives.filter((name) => ![...modules, "spi", "pg_stat_statements"].includes(name));
      for (const name of modules) await session.execute(`LOAD '${name}'`);
      for (const name of [...names, "autoinc", "insert_username", "moddatetime", "refint"])
        await session.execute(`CREATE EXTENSION IF NOT EXISTS "${name}" CASCADE`);
      expect(await session.query("select similarity('abc', 'abd') > 0")).toEqual([["t"]]);
    } finally {
      await engine.stop();
    }
  });
});
