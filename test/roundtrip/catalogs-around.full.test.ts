import { afterAll, expect, it } from "vitest";
import { proposeDown } from "#core/author/down/propose-down.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { catalogsAround } from "#core/roundtrip/catalogs-around.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";
import { readLayout } from "../support/read-layout.ts";
import { EngineHolder } from "./engine-holder.ts";

const engines = new EngineHolder(async () => openPglite({ worker: await pgliteWorker() }));
afterAll(() => engines.stop());

async function proposedFor(files: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { migrations } = readLayout("golang-migrate", files);
  const last = migrations.at(-1);
  if (!last) throw new Error("a migration");
  const around = await catalogsAround(
    {
      migrations,
      layout: "golang-migrate",
      engine: await engines.current(),
      reopen: engines.reopen,
      timeoutMs: 60_000,
    },
    last,
  );
  if (!around.ok) throw new Error(around.problem);
  return (await proposeDown(migrations, last, 18, around))?.text;
}

const made = "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'made (id bigint)'; END $$;\n";

it("reads the catalog before and after a script that needs a session of its own, where there is one session", async () => {
  const text = await proposedFor({
    "000001_users.up.sql": "CREATE TABLE users (id bigint);\n",
    "000002_made.up.sql": made,
  });
  expect(text).toMatch(/^DROP TABLE IF EXISTS made;$/m);
});

it("goes on after an earlier up that only a transaction stops", async () => {
  const text = await proposedFor({
    "000001_users.up.sql":
      "CREATE TABLE users (id bigint);\nCREATE INDEX CONCURRENTLY users_id ON users (id);\n",
    "000002_made.up.sql": `${made}DROP INDEX users_id;\n`,
  });
  expect(text).toMatch(/^DROP TABLE IF EXISTS made;$/m);
  expect(text).toMatch(/^CREATE INDEX .*users_id ON users/m);
});
