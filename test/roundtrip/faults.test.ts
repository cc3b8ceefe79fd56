import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Migration } from "#core/migration/model.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Session } from "#core/postgres/session.ts";
import type { RoundTrip } from "#core/report/model.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import type { ProveOptions } from "#core/roundtrip/prove-options.ts";
import { EngineHolder } from "./engine-holder.ts";

const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
let observer: Session;
beforeAll(async () => {
  observer = await (await (await engines.current()).createDatabase()).connect();
});
afterAll(() => engines.stop());

/** `[up, down]` per migration; they are numbered from 1. */
function migrations(...pairs: [string, string][]): Migration[] {
  const files = pairs.flatMap(([up, down], index) => [
    { path: `${index + 1}_m.up.sql`, bytes: Buffer.from(up) },
    { path: `${index + 1}_m.down.sql`, bytes: Buffer.from(down) },
  ]);
  return [...readMigrations("", files, golangMigrate).migrations];
}

async function options(given: Migration[]): Promise<ProveOptions> {
  return {
    migrations: given,
    layout: golangMigrate.name,
    engine: await engines.current(),
    reopen: engines.reopen,
    timeoutMs: 20_000,
  };
}

async function statuses(run: AsyncIterable<RoundTrip>): Promise<string[]> {
  const found: string[] = [];
  for await (const { verdict } of run) found.push(verdict.status);
  return found;
}

const scratch = "select count(*) from pg_database where datname <> current_database() and not datistemplate";
const roles = "select string_agg(rolname, ' ') from pg_roles where rolname like 'switchback_fault%'";
const one: [string, string] = ["CREATE TABLE one (id bigint)", "DROP TABLE one"];

describe("nothing is left behind", () => {
  it("drops its databases and the roles that the scripts made", async () => {
    const [before] = await observer.query(scratch);
    const pairs = migrations(one, [
      "CREATE ROLE switchback_fault; GRANT SELECT ON one TO switchback_fault",
      "",
    ]);
    expect(await statuses(proveMigrations(await options(pairs)))).toEqual(["reversible", "drift"]);
    expect(await observer.query(scratch)).toEqual([before]);
    expect(await observer.query(roles)).toEqual([[null]]);
  });

  it("stops at once when it is told to, and throws the reason", async () => {
    const [before] = await observer.query(scratch);
    const controller = new AbortController();
    const pairs = migrations(["SELECT pg_sleep(3600)", ""]);
    const run = statuses(
      proveMigrations({
        ...(await options(pairs)),
        signal: controller.signal,
        onStart: () => setTimeout(() => controller.abort(new Error("enough")), 200),
      }),
    );
    await expect(run).rejects.toThrow("enough");
    expect(await observer.query(scratch)).toEqual([before]);
  });

  it("drops its databases when nobody reads on", async () => {
    const [before] = await observer.query(scratch);
    for await (const trip of proveMigrations(await options(migrations(one, one)))) {
      expect(trip.verdict.status).toBe("reversible");
      break;
    }
    expect(await observer.query(scratch)).toEqual([before]);
  });
});

describe("what is not proved", () => {
  it("applies the migrations that others build on, and no more than those", async () => {
    const pairs = migrations(
      one,
      ["ALTER TABLE one ADD COLUMN a text", "ALTER TABLE one DROP COLUMN a"],
      ["bad", ""],
    );
    const found: string[] = [];
    for await (const trip of proveMigrations({ ...(await options(pairs)), only: new Set(["2_m"]) })) {
      found.push(`${trip.name} ${trip.verdict.status}`);
    }
    expect(found).toEqual(["2_m reversible"]);
  });

  it("refuses a file in Latin-1 as PostgreSQL does, where the runner sends bytes and the file says nothing of it", async () => {
    const comment = Buffer.from("COMMENT ON TABLE one IS 'caf\u00e9';", "latin1");
    const says = Buffer.concat([Buffer.from("SET client_encoding = 'LATIN1';\n"), comment]);
    const files = Object.entries({
      "1_m.up.sql": Buffer.from(one[0]),
      "1_m.down.sql": Buffer.from(one[1]),
      "2_m.up.sql": comment,
      "2_m.down.sql": Buffer.from("COMMENT ON TABLE one IS NULL"),
      "3_m.up.sql": says,
      "3_m.down.sql": Buffer.from("COMMENT ON TABLE one IS NULL"),
    }).map(([path, bytes]) => ({ path, bytes }));
    const given = [...readMigrations("", files, golangMigrate).migrations];
    const found: unknown[] = [];
    for await (const { verdict, phases } of proveMigrations(await options(given)))
      found.push([verdict.status, phases.find(({ error }) => error)?.error?.message]);
    expect(found).toEqual([
      ["reversible", undefined],
      ["up-failed", 'invalid byte sequence for encoding "UTF8": 0xe9'],
      ["reversible", undefined],
    ]);
  });

  it("tells an error of a megabyte in part", async () => {
    const pairs = migrations(["DO $$ BEGIN RAISE EXCEPTION 'no % end', repeat('long ', 200000); END $$", ""]);
    const run = proveMigrations(await options(pairs));
    const { value } = await run.next();
    const [up] = (value as RoundTrip).phases;
    expect(up?.error?.message).toMatch(/^no long [\s\S]* \(998007 characters more\)$/);
    expect((await run.next()).done).toBe(true);
  });

  it("says what is wrong with the prelude", async () => {
    const prelude = { path: "prelude.sql", text: "CREATE SCHEMA a;\nCREATE TABLE b.c ();", bom: false };
    const run = proveMigrations({ ...(await options(migrations(one))), prelude });
    expect(await run.next()).toMatchObject({
      done: true,
      value: {
        sqlstate: "3F000",
        file: "prelude.sql",
        range: { start: { line: 2, column: 1 }, end: { line: 2, column: 20 } },
      },
    });
  });
});

// The last: the observer does not survive it.
describe("the server goes away", () => {
  it("is given up where it has no room any more, for it may crash in what comes next", async () => {
    let opened = 0;
    const full = "DO $$ BEGIN RAISE 'no room' USING ERRCODE = 'disk_full'; END $$";
    const given = await options(
      migrations(
        one,
        [full, ""],
        ["ALTER TABLE one ADD COLUMN a text", full],
        ["ALTER TABLE one ADD COLUMN b text", "ALTER TABLE one DROP COLUMN b"],
      ),
    );
    const reopen = () => {
      opened += 1;
      return given.reopen();
    };
    expect(await statuses(proveMigrations({ ...given, reopen }))).toEqual([
      "reversible",
      "up-failed",
      "down-failed",
      "reversible",
    ]);
    expect(opened).toBe(2);
  });

  it("is started again, and the migrations after it find what they build on", async () => {
    const kill = "COPY (SELECT 1) TO PROGRAM 'kill -9 $(head -1 postmaster.pid)'; SELECT pg_sleep(20)";
    const pairs = migrations(
      one,
      [kill, ""],
      ["ALTER TABLE one ADD COLUMN a text", "ALTER TABLE one DROP COLUMN a"],
      ["ALTER TABLE one ADD COLUMN b text", kill],
      [
        "ALTER TABLE one ADD COLUMN c text; CREATE INDEX ON one (b)",
        "ALTER TABLE one DROP COLUMN c; DROP INDEX one_b_idx",
      ],
    );
    expect(await statuses(proveMigrations(await options(pairs)))).toEqual([
      "reversible",
      "engine-lost",
      "reversible",
      "engine-lost",
      "reversible",
    ]);
  });
});
