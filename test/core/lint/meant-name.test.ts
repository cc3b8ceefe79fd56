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
