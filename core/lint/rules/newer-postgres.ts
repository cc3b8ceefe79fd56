import { newerFunction } from "../facts/newer-function.ts";
import { newerSyntax } from "../facts/newer-syntax.ts";
import { defineRule } from "../rule.ts";

export const newerPostgres = defineRule({
  name: "newer-postgres",
  summary: "A statement that the PostgreSQL of the target does not understand.",
  why: "It is refused there, and the deployment stops. The proof does not show it where it runs on a newer version than production does.",
  instead:
    "Write what the older version knows, or upgrade it first and set `target` to what production runs.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Release notes of PostgreSQL 10 to 18 (manual, appendix E). The rule judges for `target`, and for `postgres` where that says nothing.",
  examples: {
    bad: [
      {
        up: "CREATE TABLE items (id uuid PRIMARY KEY DEFAULT uuidv7());",
        down: "DROP TABLE items;",
        postgres: 17,
      },
      {
        up: "CREATE TABLE items (id bigint PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) VIRTUAL);",
        down: "DROP TABLE items;",
        postgres: 17,
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "CREATE TABLE plans (id bigint PRIMARY KEY, name text UNIQUE NULLS NOT DISTINCT);",
        down: "DROP TABLE plans;",
        postgres: 14,
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
        up: "CREATE OR REPLACE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f();",
        down: "DROP TRIGGER t ON users;",
        postgres: 13,
      },
      {
        up: "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
        down: "DROP TABLE users;",
        postgres: 9,
      },
    ],
    good: [
      {
        before: "CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';",
        up: "CREATE TABLE items (id uuid PRIMARY KEY DEFAULT uuidv7());",
        down: "DROP TABLE items;",
        postgres: 17,
        note: "The folder has one of its own.",
      },
      {
        up: "CREATE TABLE items (id uuid PRIMARY KEY DEFAULT util.uuidv7());",
        down: "DROP TABLE items;",
        postgres: 17,
        note: "Nor is it one of PostgreSQL's.",
      },
      {
        up: "CREATE TABLE items (id bigint PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED);",
        down: "DROP TABLE items;",
        postgres: 12,
      },
      {
        up: "CREATE TABLE plans (id bigint PRIMARY KEY, name text UNIQUE NULLS NOT DISTINCT);",
        down: "DROP TABLE plans;",
        postgres: 15,
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, age int NOT NULL CHECK (age > 0), boss bigint REFERENCES users);",
        down: "DROP TABLE users;",
        postgres: 10,
        note: "Plain constraints are as old as SQL.",
      },
    ],
  },
  check: {
    statement({ statement, postgres, catalog, report }) {
      const newer = newerSyntax(statement.node, postgres) ?? newerFunction(statement.node, postgres, catalog);
      if (!newer) return;
      const { since, words, instead } = newer;
      report({
        message: `${words} came with PostgreSQL ${since}, and the target is ${postgres}`,
        label: "refused there",
        help: instead ? `${instead}, or upgrade first` : "upgrade first, or do without",
      });
    },
  },
});
