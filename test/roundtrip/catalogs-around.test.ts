import { afterAll, expect, it } from "vitest";
import { proposeDown } from "#core/author/down/propose-down.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { catalogsAround } from "#core/roundtrip/catalogs-around.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";
import { readLayout } from "../support/read-layout.ts";
import { EngineHolder } from "./engine-holder.ts";

const engines = new EngineHolder(async () => openPglite({ worker: await pgliteWorker() }));
afterAll(() => engines.stop());

it("reads the catalog before and after a script that needs a session of its own, where there is one session", async () => {
  const { migrations } = readLayout("golang-migrate", {
    "000001_users.up.sql": "CREATE TABLE users (id bigint);\n",
    "000002_made.up.sql": "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'made (id bigint)'; END $$;\n",
  });
  const [, made] = migrations;
  if (!made) throw new Error("two migrations");
  const around = await catalogsAround(
    {
      migrations,
      layout: "golang-migrate",
      engine: await engines.current(),
      reopen: engines.reopen,
      timeoutMs: 60_000,
    },
    made,
  );
  if (!around.ok) throw new Error(around.problem);
  const proposed = await proposeDown(migrations, made, 18, around);
  expect(proposed?.text).toMatch(/^DROP TABLE IF EXISTS made;$/m);
});
