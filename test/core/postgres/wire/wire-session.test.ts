import { afterAll, beforeAll, expect, it } from "vitest";
import { parseUrl } from "#core/postgres/server/parse-url.ts";
import { reachable } from "#core/postgres/server/reachable.ts";
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
