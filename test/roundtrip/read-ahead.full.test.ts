import { afterAll, expect, test } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { readAhead, takeReadAhead } from "#core/postgres/catalog/read-ahead.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import type { Engine } from "#core/postgres/session.ts";
import type { RoundTrip } from "#core/report/model.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";

const patient = 300_000;

const engines: Engine[] = [];
const open = async () => {
  const engine = await openPglite({ worker: await pgliteWorker() });
  engines.push(engine);
  return engine;
};
afterAll(() => Promise.all(engines.map((engine) => engine.stop())), patient);

/** A clean one, one that leaves a table behind, and one whose SET ends the reader's function with its session. */
const files = {
  "1_a.up.sql": "CREATE TABLE a (id int PRIMARY KEY);",
  "1_a.down.sql": "DROP TABLE a;",
  "2_b.up.sql": "CREATE TABLE b (id int); CREATE TABLE c (id int);",
  "2_b.down.sql": "DROP TABLE b;",
  "3_d.up.sql": "SET search_path = pg_catalog; ALTER TABLE public.a ADD d int;",
  "3_d.down.sql": "ALTER TABLE a DROP d;",
};

test(
  "a proof says the same on a database whose catalog was read before",
  async () => {
    const engine = await open();
    const plain = await prove(engine);
    const database = await engine.createDatabase();
    await readAhead(database);
    const waiting = [database];
    const createDatabase = async () => waiting.pop() ?? engine.createDatabase();

    expect(await prove({ ...engine, createDatabase })).toEqual(plain);
    expect(plain.map(({ verdict }) => verdict.status)).toEqual(["reversible", "drift", "reversible"]);
    expect(waiting, "the proof ran on it").toEqual([]);
    expect(takeReadAhead(database), "and took what was read").toBeUndefined();
  },
  patient,
);

test(
  "what was read ahead is handed over once, and only what changed is read after it",
  async () => {
    const database = await (await open()).createDatabase();
    await readAhead(database);
    const ahead = takeReadAhead(database);
    await ahead?.line.execute("CREATE TABLE t (a int)");
    await ahead?.reader.readChanges();
    expect(ahead?.reader.catalog.has("table public.t")).toBe(true);
    expect(ahead?.reader.fullReads).toBe(1);
    expect(takeReadAhead(database)).toBeUndefined();
  },
  patient,
);

async function prove(engine: Engine): Promise<Omit<RoundTrip, "ms">[]> {
  const raw = Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  const run = proveMigrations({
    migrations: readMigrations("", raw, golangMigrate).migrations,
    layout: golangMigrate.name,
    engine,
    reopen: open,
    timeoutMs: patient,
  });
  const trips: Omit<RoundTrip, "ms">[] = [];
  for (let step = await run.next(); !step.done; step = await run.next()) {
    const { ms: _, phases, ...trip } = step.value;
    trips.push({ ...trip, phases: phases.map((phase) => ({ ...phase, ms: 0 })) });
  }
  return trips;
}
