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
