import { expect, test } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

/** A down is tried and undone: the migration after it finds the database as the up left it. */
test("what a down may have done makes nothing uncertain for the next migration", async () => {
  const { findings } = await lintFiles(
    {
      "migrations/000001_a.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, phone text);",
      "migrations/000001_a.down.sql":
        "DO $$ BEGIN IF current_setting('a.b', true) = 'on' THEN ALTER TABLE users ADD COLUMN mail text; END IF; END $$;\nDROP TABLE users;",
      "migrations/000002_b.up.sql": "ALTER TABLE users ADD COLUMN mail text;",
      "migrations/000002_b.down.sql": "SELECT 1;",
    },
    { preset: "recommended" },
  );
  expect(findings.map(({ rule, migration }) => [rule, migration])).toEqual([["down-incomplete", "000002_b"]]);
});
