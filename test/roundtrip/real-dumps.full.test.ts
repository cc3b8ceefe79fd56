import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Migration } from "#core/migration/model.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { type Engine, PostgresError } from "#core/postgres/session.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import type { ProveOptions } from "#core/roundtrip/prove-options.ts";
import { pgDumpMajor } from "../../scripts/compare-pg-dump/dump.ts";
import { corpus } from "./truth.ts";

/** How many migrations at the end of each folder are proved on a dump of what comes before them. */
const last = 6;
const folders = ["openmeter", "mattermost", "exposure-notif", "instill-pipeline", "bat-go"];
const major = pgDumpMajor();
const missing = corpus === undefined ? "SWITCHBACK_CORPUS is not set" : "pg_dump is not installed";

describe.skipIf(corpus === undefined || major === undefined)(
  `a dump of pg_dump in place of the history of a real folder${corpus && major ? "" : `: ${missing}`}`,
  () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await openEmbedded({ major: major ?? 15 });
    });
    afterAll(() => engine.stop());

    it.each(folders)("%s: the verdicts are those of the history", async (name) => {
      const migrations = migrationsOf(join(corpus ?? "", "sets", name));
      const [earlier, tried] = [migrations.slice(0, -last), migrations.slice(-last)];
      const text = await dumpAfter(engine, earlier);
      expect(text).toMatch(/^CREATE TABLE /m);
      const baseline = { path: "schema.sql", text, bom: false };
      const only = new Set(tried.map((migration) => migration.name));
      const replayed = await verdicts(engine, { migrations, only });
      expect(replayed).toHaveLength(last);
      expect(await verdicts(engine, { migrations: tried, baseline })).toEqual(replayed);
    });
  },
);

function migrationsOf(folder: string): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((path) => golangMigrate.wants(path))
    .map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
  return readMigrations("", files, golangMigrate).migrations;
}

async function dumpAfter(engine: Engine, migrations: readonly Migration[]): Promise<string> {
  const database = await engine.createDatabase();
  const session = await database.connect();
  try {
    for (const { up } of migrations) {
      await session.execute(up?.file.text ?? "").catch((error: unknown) => {
        if (!(error instanceof PostgresError)) throw error;
      });
    }
    const { host, port, user } = engine.address?.() ?? { host: "", port: 0, user: "" };
    const server = ["--host", host, "--port", String(port), "--username", user];
    return execFileSync("pg_dump", ["--schema-only", ...server, database.name], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
  } finally {
    await session.close();
    await database.drop();
  }
}

async function verdicts(
  engine: Engine,
  options: Pick<ProveOptions, "migrations" | "only" | "baseline">,
): Promise<string[]> {
  const run = proveMigrations({
    ...options,
    layout: golangMigrate.name,
    engine,
    reopen: () => Promise.reject(new Error("the engine was lost")),
    timeoutMs: 60_000,
  });
  const found: string[] = [];
  for (;;) {
    const { value, done } = await run.next();
    if (done) {
      expect(value).toBeUndefined();
      return found;
    }
    found.push(`${value.name} ${value.verdict.status}`);
  }
}
