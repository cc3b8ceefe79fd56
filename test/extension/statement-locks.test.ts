import { expect, it } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { goose } from "#core/migration/layout/goose.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { statementLocks } from "../../extension/src/analysis/statement-locks.ts";
import { lockSentence, lockSummary } from "../../extension/src/surfaces/lock-words.ts";

async function locksOf(layout: Layout, files: Readonly<Record<string, string>>) {
  const raw = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const { migrations } = readMigrations(".", raw, layout);
  const last = migrations.at(-1);
  return last ? statementLocks(migrations, last, 18) : [];
}

const users = { "1_users.up.sql": "CREATE TABLE users (id int PRIMARY KEY);", "1_users.down.sql": "" };

it.each([
  [
    "a type that does not fit",
    "ALTER TABLE users ALTER id TYPE bigint;",
    "ACCESS EXCLUSIVE on users, rewrites it",
  ],
  ["a column", "ALTER TABLE users ADD COLUMN name text;", "ACCESS EXCLUSIVE on users"],
  ["an index", "CREATE INDEX i ON users (id);", "SHARE on users, reads all of it"],
  [
    "a foreign key locks both",
    "CREATE TABLE orders (u int REFERENCES users);",
    "SHARE ROW EXCLUSIVE on users",
  ],
])("%s: %s", async (_, sql, words) => {
  const found = await locksOf(golangMigrate, { ...users, "2_x.up.sql": sql });
  expect(found.map(({ locks }) => lockSummary(locks))).toEqual([words]);
});

it("says nothing of tables that the script made itself, nor of reads", async () => {
  const sql = "CREATE TABLE t (id int);\nCREATE INDEX i ON t (id);\nSELECT * FROM users;\n";
  expect(await locksOf(golangMigrate, { ...users, "2_x.up.sql": sql })).toEqual([]);
});

it("places the statements of a down section where they stand in the file", async () => {
  const text = "-- +goose Up\nCREATE TABLE t (id int);\n\n-- +goose Down\nDROP TABLE t;\n";
  const [drop] = await locksOf(goose, { "00001_t.sql": text });
  expect(drop?.range.start).toEqual({ line: 5, column: 1 });
  expect(lockSummary(drop?.locks ?? [])).toBe("ACCESS EXCLUSIVE on t");
});

it.each([
  [
    { reads: true, writes: true },
    true,
    false,
    "Nobody can read or write it while every row is written anew.",
  ],
  [{ reads: false, writes: true }, false, true, "Nobody can write it, reads go on while every row is read."],
  [
    { reads: false, writes: false },
    false,
    false,
    "Reads and writes go on, other changes of the schema wait.",
  ],
] as const)("%j: says what an application notices", (blocks, rewritten, scanned, sentence) => {
  expect(lockSentence({ object: "t", mode: "SHARE", blocks, rewritten, scanned })).toBe(sentence);
});
