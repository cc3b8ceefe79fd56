import { expect, test } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";

const files = {
  "1_geo.up.sql": "CREATE EXTENSION postgis;",
  "1_geo.down.sql": "DROP EXTENSION postgis;",
  "2_places.up.sql": "CREATE TABLE places (id int PRIMARY KEY, point geometry);",
  "2_places.down.sql": "DROP TABLE places;",
  "3_names.up.sql": "CREATE TABLE names (name text);",
  "3_names.down.sql": "DROP TABLE names;",
  "4_wrong.up.sql": "CREATE TABLE names (name text);",
  "4_wrong.down.sql": "DROP TABLE names;",
};

test("what an extension is missing for is not proved on PGlite, and everything else is", async () => {
  const encoder = new TextEncoder();
  const raw = Object.entries(files).map(([path, text]) => ({ path, bytes: encoder.encode(text) }));
  const open = async () => openPglite({ worker: await pgliteWorker() });
  const engine = await open();
  try {
    const proved: [string, string][] = [];
    const run = proveMigrations({
      migrations: readMigrations("", raw, golangMigrate).migrations,
      layout: golangMigrate.name,
      engine,
      reopen: open,
      timeoutMs: 60_000,
      rows: { fill: true, fixtures: new Map() },
    });
    for await (const { name, verdict, rows } of run) {
      proved.push([name, "reason" in verdict ? verdict.reason : verdict.status]);
      if (verdict.status === "skipped") expect(rows).toBeUndefined();
    }
    const lack = "PGlite has no extension postgis, so take the engine docker or server";
    expect(proved).toEqual([
      ["1_geo", lack],
      ["2_places", lack],
      ["3_names", "reversible"],
      ["4_wrong", "up-failed"],
    ]);
  } finally {
    await engine.stop();
  }
});
