import { expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

const before =
  "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();";

/** What a misspelt name of a down meant: what the up made, or what it made anew. */
it.each([
  [
    "DROP TRIGGER users_touch ON users;\nCREATE TRIGGER users_touch AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
    "DROP TRIGGER users_tuoch ON users;",
    "did you mean trigger users.users_touch?",
  ],
  [
    "CREATE INDEX users_id_idx ON users (id);",
    "DROP INDEX users_di_idx;",
    "did you mean index users_id_idx?",
  ],
  [
    "CREATE FUNCTION pack(a text, b bigint, c interval) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "DROP FUNCTION pack(interval, text);",
    "did you mean function pack(text, bigint, interval)?",
  ],
  [
    "CREATE PROCEDURE tidy(a text) LANGUAGE sql AS 'SELECT 1';",
    "DROP FUNCTION IF EXISTS tidy(text);",
    "drop it as what it is\n  DROP PROCEDURE tidy(text);",
  ],
  [
    "CREATE TABLE posts (id serial);\nCREATE STATISTICS posted ON id, (id + 1) FROM posts;",
    "DROP TABLE posts;\nDROP SEQUENCE posts_id_seq;",
    "leave it out: this took it along\n  DROP TABLE posts;",
  ],
  ["DROP FUNCTION touch() CASCADE;", "ALTER TABLE usres ADD COLUMN a int;", "did you mean table users?"],
  [
    "DROP TRIGGER users_touch ON users;\nCREATE TRIGGER users_touch AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
    "CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
    "drop before it what the up made\n  DROP TRIGGER IF EXISTS users_touch ON users;",
  ],
])("%s", async (up, down, help) => {
  const { findings } = await lintFiles(
    {
      "migrations/000001_a.up.sql": before,
      "migrations/000002_b.up.sql": up,
      "migrations/000002_b.down.sql": down,
    },
    { preset: "recommended" },
  );
  expect(findings.find(({ rule }) => rule === "down-incomplete")?.help).toBe(help);
});
