import { afterAll, describe, expect, test } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { RoundTrip, StatementTrace } from "#core/report/model.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { EngineHolder } from "../engine-holder.ts";

const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
afterAll(() => engines.stop());

const users = {
  "1_users.up.sql":
    "CREATE TABLE users (id serial PRIMARY KEY, name text, age int); INSERT INTO users (name, age) SELECT 'u' || n, n FROM generate_series(1, 100) n;",
  "1_users.down.sql": "DROP TABLE users;",
};

async function prove(files: Readonly<Record<string, string>>): Promise<RoundTrip[]> {
  const encoder = new TextEncoder();
  const raw = Object.entries({ ...users, ...files }).map(([path, text]) => ({
    path,
    bytes: encoder.encode(text),
  }));
  const run = proveMigrations({
    migrations: readMigrations("", raw, golangMigrate).migrations,
    layout: golangMigrate.name,
    engine: await engines.current(),
    reopen: engines.reopen,
    timeoutMs: 20_000,
    locks: true,
  });
  const roundTrips: RoundTrip[] = [];
  for await (const roundTrip of run) roundTrips.push(roundTrip);
  return roundTrips;
}

async function tracesOf(up: string, down: string): Promise<readonly StatementTrace[]> {
  const [, second] = await prove({ "2_change.up.sql": up, "2_change.down.sql": down });
  expect(second?.verdict.status).toBe("reversible");
  return second?.locks ?? [];
}

/** `ACCESS EXCLUSIVE public.users rewritten` */
function words({ locks }: StatementTrace): string[] {
  return locks
    .filter((lock) => lock.kind === "table" || lock.rewritten)
    .map(({ mode, object, rewritten }) => `${mode} ${object}${rewritten ? " rewritten" : ""}`);
}

describe("locks of a migration", () => {
  test("on what it creates itself are nobody's concern", async () => {
    const [first] = await prove({});
    expect(first?.locks?.map((trace) => [trace.direction, words(trace)])).toEqual([
      ["up", []],
      ["up", []],
      ["down", ["ACCESS EXCLUSIVE public.users"]],
    ]);
  });

  test("tell a rewrite with what it reads from a change of the catalog alone", async () => {
    const [add, type, back] = await tracesOf(
      "ALTER TABLE users ADD note text;\nALTER TABLE users ALTER age TYPE bigint;",
      "ALTER TABLE users DROP note, ALTER age TYPE int;",
    );
    expect(add?.locks[0]).toEqual({
      object: "public.users",
      kind: "table",
      mode: "ACCESS EXCLUSIVE",
      blocks: ["reads", "writes", "DDL"],
      rewritten: false,
    });
    expect(add?.scans).toEqual([]);
    expect(type && words(type)).toContain("ACCESS EXCLUSIVE public.users rewritten");
    expect(type?.scans).toContainEqual({ object: "public.users", rows: 200 });
    expect(back && words(back)).toContain("ACCESS EXCLUSIVE public.users rewritten");
    expect(type?.range).toEqual({ start: { line: 2, column: 1 }, end: { line: 2, column: 40 } });
  });

  test("know a TRUNCATE from a rewrite, and a lock that stays from a new one", async () => {
    const [truncate, insert] = await tracesOf(
      "TRUNCATE users; INSERT INTO users (name) VALUES ('a'), ('b');",
      "DELETE FROM users;",
    );
    expect(truncate && words(truncate)).toEqual(["ACCESS EXCLUSIVE public.users"]);
    expect(insert).toMatchObject({ locks: [{ kind: "sequence" }], rowsWritten: 2 });
  });

  test("of a foreign key are on both tables", async () => {
    const [create] = await tracesOf(
      "CREATE TABLE orders (id int, user_id int REFERENCES users);",
      "DROP TABLE orders;",
    );
    expect(create && words(create)).toEqual(["SHARE ROW EXCLUSIVE public.users"]);
  });

  test("the file's own transaction does not end the trace's", async () => {
    const traces = await tracesOf(
      "BEGIN; ALTER TABLE users ADD a int; SAVEPOINT s; ALTER TABLE users ADD b int; ROLLBACK TO s; COMMIT;",
      "ALTER TABLE users DROP a;",
    );
    expect(traces.map((trace) => trace.untraced !== undefined)).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
  });

  test.each([
    ["a comment that nothing ends", "ALTER TABLE users ADD a int -- for later"],
    ["a setting that is taken back", "SET work_mem = '8MB'; ALTER TABLE users ADD a int; RESET ALL;"],
    ["prepared statements that are given up", "ALTER TABLE users ADD a int; DEALLOCATE ALL;"],
  ])("are told beside %s", async (_, up) => {
    const traces = await tracesOf(up, "ALTER TABLE users DROP a;");
    expect(traces.map(words)).toContainEqual(["ACCESS EXCLUSIVE public.users"]);
    expect(traces.filter(({ direction }) => direction === "down").map(words)).toEqual([
      ["ACCESS EXCLUSIVE public.users"],
    ]);
  });

  test("are told beside a statement that needs the commit before it", async () => {
    const [, add, , , , drop] = await tracesOf(
      `BEGIN; ALTER TABLE users ADD boss int REFERENCES users DEFERRABLE INITIALLY DEFERRED;
UPDATE users SET boss = id; COMMIT;
ALTER TABLE users ADD a int; ALTER TABLE users ADD b int;`,
      "ALTER TABLE users DROP boss, DROP a, DROP b;",
    );
    expect(add && words(add)).toEqual(["ACCESS EXCLUSIVE public.users"]);
    expect(drop?.untraced).toContain("pending trigger events");
  });

  test("take as long as the statement, not as long as the look", async () => {
    const traces = await tracesOf(
      "ALTER TABLE users ADD a int; SELECT pg_sleep(0.2);",
      "ALTER TABLE users DROP a;",
    );
    expect(traces[1]?.ms).toBeGreaterThanOrEqual(200);
    for (const { ms } of traces) expect(ms).toBeGreaterThan(0);
  });

  test("the numbers that a trace took from a sequence are given back", async () => {
    const proved = await prove({
      "2_more.up.sql": "INSERT INTO users (name) VALUES ('next');",
      "2_more.down.sql": "DELETE FROM users WHERE name = 'next';",
      "3_check.up.sql":
        "DO $$ BEGIN IF (SELECT last_value FROM users_id_seq) <> 101 THEN RAISE 'at %', (SELECT last_value FROM users_id_seq); END IF; END $$;",
      "3_check.down.sql": "SELECT 1;",
    });
    expect(proved.at(-1)).toMatchObject({ verdict: { status: "reversible" } });
  });
});

describe("statements that cannot run in a transaction", () => {
  test.each([
    [
      "CREATE INDEX CONCURRENTLY users_name ON users (name);",
      "DROP INDEX CONCURRENTLY users_name;",
      "SHARE UPDATE EXCLUSIVE public.users",
    ],
    ["VACUUM users;", "SELECT 1;", "SHARE UPDATE EXCLUSIVE public.users"],
    ["VACUUM FULL users;", "SELECT 1;", "ACCESS EXCLUSIVE public.users rewritten"],
  ])("%s is observed from a second session", async (up, down, lock) => {
    const [rising, falling] = await tracesOf(up, down);
    expect(rising?.untraced).toBeUndefined();
    expect(rising && words(rising)).toContain(lock);
    if (down.startsWith("DROP")) expect(falling && words(falling)).toContain(lock);
  });
});
