import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Script } from "#core/migration/model.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Database, Engine } from "#core/postgres/session.ts";
import { Stage } from "#core/roundtrip/stage.ts";

/** What is remembered of the rows of a database must be what a question would answer. */
let engine: Engine;
let database: Database;
let stage: Stage;

beforeAll(async () => {
  engine = await openEmbedded({ major: 18 });
  database = await engine.createDatabase();
  stage = await Stage.open(engine, database, false);
});
afterAll(() => engine?.stop());

function script(text: string): Script {
  const file = { path: "1_a.up.sql", text, bom: false };
  return { direction: "up", file, start: 0, end: text.length, execution: { send: "whole", wrapped: false } };
}

async function run(sql: string): Promise<void> {
  expect(await stage.run(script(sql), { timeoutMs: 60_000 })).toMatchObject({ kind: "done" });
  await stage.read();
}

/** Somebody who knows nothing of the database. */
async function asked(): Promise<string | undefined> {
  const other = await Stage.open(engine, database, true);
  try {
    await other.read();
    return await other.rows();
  } finally {
    await other.close();
  }
}

it("knows of no row where none was written", async () => {
  await run("CREATE TABLE a (id bigint PRIMARY KEY, note text)");
  expect(await stage.rows()).toBeUndefined();
});

describe("rows and what DDL does to them", () => {
  it.each([
    ["rows of their own", "INSERT INTO a SELECT n, 'n' FROM generate_series(1, 3) n"],
    ["another table", "CREATE TABLE b (id bigserial PRIMARY KEY, a bigint REFERENCES a)"],
    ["an index", "CREATE INDEX a_note ON a (note)"],
    ["a column", "ALTER TABLE a ADD COLUMN more text DEFAULT 'x'"],
    ["its end", "ALTER TABLE a DROP COLUMN more"],
    ["the same type with other values", "ALTER TABLE a ALTER COLUMN note TYPE text USING note || '!'"],
    ["a type of its own", "CREATE TYPE mood AS ENUM ('good', 'bad')"],
    ["a column of it", "ALTER TABLE a ADD COLUMN mood mood DEFAULT 'good'"],
    ["another name for its value", "ALTER TYPE mood RENAME VALUE 'good' TO 'fine'"],
    ["a sequence that was used", "CREATE SEQUENCE s; SELECT nextval('s')"],
    ["a sequence that starts anew", "ALTER SEQUENCE s RESTART WITH 40"],
    ["rows that move", "UPDATE a SET note = 'm' WHERE id = 1"],
    [
      "an event trigger's function",
      "CREATE TABLE heard (n int); CREATE FUNCTION hear() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO heard VALUES (1); END $$",
    ],
    ["an event trigger", "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION hear()"],
    ["what an event trigger writes", "CREATE TABLE c (id bigint)"],
    ["its end", "DROP EVENT TRIGGER e"],
    ["a table without its rows", "DROP TABLE a CASCADE"],
  ])("%s", async (_, sql) => {
    await run(sql);
    expect(await stage.rows()).toBe(await asked());
  });
});
