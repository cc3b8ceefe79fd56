import { expect, test } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

/** Folders begin with a schema that no file of theirs makes: what a migration names without IF EXISTS was there. */
test.each([
  ["a table that is dropped", "DROP TABLE old;", ["drop-table"]],
  ["a table that may be there", "DROP TABLE IF EXISTS old;", []],
  ["a column that is dropped", "ALTER TABLE users DROP COLUMN phone;", ["drop-column"]],
  ["a column that may be there", "ALTER TABLE users DROP COLUMN IF EXISTS phone;", []],
  [
    "a column that this file adds",
    "ALTER TABLE users ADD COLUMN a int;\nALTER TABLE users DROP COLUMN a;",
    [],
  ],
  [
    "a column that was copied",
    "UPDATE users SET mobile = phone WHERE id = 1;\nALTER TABLE users DROP COLUMN phone;",
    [],
  ],
  ["a type with bits of its own", "ALTER TABLE users ALTER COLUMN id TYPE bigint;", ["change-column-type"]],
  ["a type that text may have been before", "ALTER TABLE users ALTER COLUMN name TYPE varchar(200);", []],
  [
    "values that are computed",
    "ALTER TABLE users ALTER COLUMN name TYPE text USING lower(name);",
    ["change-column-type"],
  ],
])("%s", async (_, up, rules) => {
  const { findings } = await lintFiles({ "migrations/000001_a.up.sql": up }, { preset: "recommended" });
  expect(findings.map(({ rule }) => rule).filter((rule) => rule !== "missing-down")).toEqual(rules);
});
