import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import type { Engine, Session } from "#core/postgres/session.ts";
import { pgliteWorker } from "../../../support/pglite-worker.ts";

const programs = [
  "COPY t FROM PROGRAM 'id'",
  "copy t\nto /* out */ program 'cat'",
  "select 1; copy (select 1) to program 'cat' with csv",
  "DO $$ BEGIN COPY t FROM PROGRAM 'id'; END $$",
  "create function f() returns void language plpgsql as $f$ begin copy t from program 'id'; end $f$",
  "do $$ begin execute 'copy t from program ''id'''; end $$",
  "create extension file_fdw; create server s foreign data wrapper file_fdw; create foreign table f (a text) server s options (program 'id')",
];

describe("what PGlite does not survive", () => {
  let engine: Engine;
  let session: Session;
  beforeAll(async () => {
    engine = await openPglite({ worker: await pgliteWorker() });
    session = await (await engine.createDatabase()).connect();
    await session.execute("create table t (program text)");
  });
  afterAll(() => engine?.stop());

  it.each(programs)("refuses %s and goes on", async (sql) => {
    await expect(session.execute(sql)).rejects.toMatchObject({ sqlstate: "0A000" });
    expect(await session.query("select 1")).toEqual([["1"]]);
  });

  it("knows the word from the statement", async () => {
    await session.execute(
      "insert into t (program) values ('copy to the program'); -- copy t from program 'x'",
    );
    expect(await session.query("select program from t")).toEqual([["copy to the program"]]);
  });
});
