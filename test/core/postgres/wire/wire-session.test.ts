import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseUrl } from "#core/postgres/server/parse-url.ts";
import { reachable } from "#core/postgres/server/reachable.ts";
import { EngineLostError } from "#core/postgres/session.ts";
import { WireSession } from "#core/postgres/wire/wire-session.ts";
import { hostServer } from "../../../support/host-server.ts";

let server: Awaited<ReturnType<typeof hostServer>>;
beforeAll(async () => {
  server = await hostServer();
});
afterAll(() => server?.host.stop());

it("interrupts a script that is held up before it runs: a cancel that came too early is sent again", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const session = await WireSession.connect(await reachable(parseUrl(server.url())), "postgres", {
    beforeExecute: () => held,
    signal: async (kind, processId) => {
      await server.admin.query(`select pg_${kind}_backend($1)`, [processId]);
      release();
    },
  });
  const running = session.execute("select pg_sleep(600)").catch((error) => error);
  await session.interrupt();
  expect(await running).toMatchObject({ sqlstate: "57014" });
  expect(session.alive).toBe(true);
  await session.close();
});

it("takes values as texts and gives rows as texts", async () => {
  const session = await WireSession.connect(await reachable(parseUrl(server.url())), "postgres");
  const ask = () =>
    session.query("select $1::int + 1, $2::text, $3::text, array[1, 2], true", [41, "", null]);
  expect(await ask()).toEqual([["42", "", null, "{1,2}", "t"]]);
  expect(await ask()).toEqual([["42", "", null, "{1,2}", "t"]]);
  expect(await session.query("select 1 where false")).toEqual([]);
  await session.close();
});

it("goes on after a statement that is refused, by its text or by its values", async () => {
  const session = await WireSession.connect(await reachable(parseUrl(server.url())), "postgres");
  const refused = (sql: string, values?: string[]) => session.query(sql, values).catch((error) => error);
  for (const _ of ["first", "again"]) {
    expect(await refused("select nothing from nowhere")).toMatchObject({ sqlstate: "42P01" });
    expect(await refused("select $1::int", ["x"])).toMatchObject({ sqlstate: "22P02" });
    expect(await session.query("select $1::int", ["7"])).toEqual([["7"]]);
  }
  await session.close();
});

describe("what goes along with a script", () => {
  const count =
    "select count(*), pg_current_xact_id_if_assigned() is null from pg_class where relname = 'along'";
  let session: WireSession;
  beforeEach(async () => {
    session = await WireSession.connect(await reachable(parseUrl(server.url())), "postgres");
  });
  afterEach(async () => {
    await session.execute("rollback; drop table if exists along").catch(() => {});
    await session.close();
  });
  const rejection = (sql: string) => session.execute(sql, count).catch((error) => error);

  it("is answered as the script left things", async () => {
    await session.execute("create table along (id int)", count);
    expect(await session.query(count)).toEqual([["1", "t"]]);
    await session.execute("drop table along", count);
    expect(await session.query(count)).toEqual([["0", "t"]]);
  });

  it("is asked again when something else was run meanwhile", async () => {
    await session.execute("select 1", count);
    await session.execute("create table along (id int)");
    expect(await session.query(count)).toEqual([["1", "t"]]);
  });

  it("need not be asked for", async () => {
    await session.execute("select 1", count);
    expect(await session.query("select 'other'")).toEqual([["other"]]);
    await session.execute("select 1", count);
    await session.execute("select 2");
    expect(await session.query("select 'other'")).toEqual([["other"]]);
  });

  it("is answered after a script that failed, and fails as itself in a transaction that did", async () => {
    expect(await rejection("select nothing")).toMatchObject({ sqlstate: "42703" });
    expect(await session.query(count)).toEqual([["0", "t"]]);
    expect(await rejection("begin; select nothing")).toMatchObject({ sqlstate: "42703" });
    expect(await session.query(count).catch((error) => error)).toMatchObject({ sqlstate: "25P02" });
    await session.execute("rollback", count);
    expect(await session.query(count)).toEqual([["0", "t"]]);
  });

  it("is not taken for the rows of COPY, nor lost with what DEALLOCATE takes away", async () => {
    expect(await rejection("create table along (id int); copy along from stdin")).toMatchObject({
      sqlstate: "57014",
    });
    await session.execute("prepare mine as select 1; deallocate all", count);
    expect(await session.query(count)).toEqual([["0", "t"]]);
    await session.execute("do $$ begin execute 'deallocate ' || 'all'; end $$", count);
    expect(await session.query(count)).toEqual([["0", "t"]]);
  });

  it("goes down with the connection", async () => {
    expect(await rejection("select pg_terminate_backend(pg_backend_pid())")).toBeInstanceOf(EngineLostError);
    expect(await session.query(count).catch((error) => error)).toBeInstanceOf(EngineLostError);
    expect(session.alive).toBe(false);
  });
});

it("tells whether a transaction is open", async () => {
  const session = await WireSession.connect(await reachable(parseUrl(server.url())), "postgres");
  const after = async (sql: string) => {
    await session.execute(sql);
    return session.inTransaction;
  };
  expect(await after("select 1")).toBe(false);
  expect(await after("begin; select 1")).toBe(true);
  expect(await after("commit")).toBe(false);
  await session.execute("begin; select nothing").catch(() => {});
  await session.query("select 1").catch(() => {});
  expect(session.inTransaction).toBe(true);
  await session.close();
});
