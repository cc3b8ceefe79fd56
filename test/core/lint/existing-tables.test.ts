import { describe, expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

/** Traps in telling tables that were there from new ones. Each case: files, and the rules that speak about locks. */
const cases: Readonly<Record<string, { readonly files: Record<string, string>; readonly speaks: string[] }>> =
  {
    "a table that is made here although an earlier migration used it": {
      files: {
        "migrations/000001_a.up.sql": "ALTER TABLE keys ADD COLUMN owner text;",
        "migrations/000002_b.up.sql": "CREATE TABLE keys (id text);\nCREATE INDEX keys_id_idx ON keys (id);",
      },
      speaks: [],
    },
    "a table that came from outside, is dropped, and made anew here": {
      files: {
        "migrations/000001_a.up.sql": "ALTER TABLE keys ADD COLUMN owner text;",
        "migrations/000002_b.up.sql":
          "DROP TABLE keys;\nCREATE TABLE keys (id text);\nCREATE INDEX keys_id_idx ON keys (id);",
      },
      speaks: [],
    },
    "tables of the same name in two schemas": {
      files: {
        "migrations/000001_a.up.sql": "CREATE SCHEMA shop;\nCREATE TABLE shop.orders (id int);",
        "migrations/000002_b.up.sql":
          "CREATE TABLE orders (id int);\nCREATE INDEX a ON shop.orders (id);\nCREATE INDEX b ON orders (id);",
      },
      speaks: ["require-concurrent-index"],
    },
    "a new table whose creation is rolled back": {
      files: {
        "migrations/000001_a.up.sql": "CREATE TABLE orders (id int);",
        "migrations/000002_b.up.sql":
          "BEGIN;\nDROP TABLE orders;\nCREATE TABLE orders (id int, a int);\nROLLBACK;\nALTER TABLE orders ADD PRIMARY KEY (id);",
      },
      speaks: ["primary-key-build"],
    },
    "END and START TRANSACTION are COMMIT and BEGIN": {
      files: {
        "migrations/000001_a.up.sql": "CREATE TABLE orders (id int);",
        "migrations/000002_b.up.sql":
          "START TRANSACTION;\nALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;\nEND;\nBEGIN;\nALTER TABLE orders VALIDATE CONSTRAINT c;\nEND;",
      },
      speaks: [],
    },
    "one column with every constraint is one finding": {
      files: {
        "migrations/000001_a.up.sql":
          "CREATE TABLE teams (id int PRIMARY KEY);\nCREATE TABLE users (id int PRIMARY KEY);",
        "migrations/000002_b.up.sql":
          "ALTER TABLE users ADD COLUMN team_id int NOT NULL UNIQUE CHECK (team_id > 0) REFERENCES teams;",
      },
      speaks: ["add-column-not-null"],
    },
    "names that fold, and a comment before the statement": {
      files: {
        "migrations/000001_a.up.sql": "CREATE TABLE Orders (ID INT);",
        "migrations/000002_b.up.sql": "/* ü, 名前 */\nalter table ORDERS alter column id type BIGINT;",
      },
      speaks: ["change-column-type"],
    },
  };

describe("what a rule takes for an existing table", () => {
  it.each(Object.entries(cases))("%s", async (_, { files, speaks }) => {
    const { findings } = await lintFiles(files, { preset: "recommended" });
    const about = findings.filter(
      ({ rule, file }) => locks.has(rule) && file === "migrations/000002_b.up.sql",
    );
    expect(about.map(({ rule }) => rule)).toEqual(speaks);
  });
});

const locks: ReadonlySet<string> = new Set([
  "add-column-not-null",
  "add-column-rewrite",
  "change-column-type",
  "check-validation",
  "foreign-key-validation",
  "primary-key-build",
  "require-concurrent-index",
  "set-not-null-scan",
  "unique-constraint-build",
  "validate-in-same-transaction",
]);
