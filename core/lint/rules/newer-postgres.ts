import type { Node } from "@pgsql/types";
import { placeOfCommand } from "../facts/command-place.ts";
import { placeOfElement } from "../facts/element-place.ts";
import { isMadeFunction } from "../facts/made-function.ts";
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
      {
        up: "CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid());",
        down: "DROP TABLE users;",
        postgres: 12,
        note: "It was a function of the extension pgcrypto.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, bio text);",
        up: "ALTER TABLE users ADD COLUMN about text STORAGE EXTERNAL;",
        down: "ALTER TABLE users DROP COLUMN about;",
        postgres: 15,
      },
      {
        before: "CREATE VIEW today AS SELECT 1 AS n;",
        up: "ALTER VIEW today SET (security_invoker = true);",
        down: "ALTER VIEW today RESET (security_invoker);",
        postgres: 14,
      },
      {
        before: "CREATE TABLE prices (id bigint PRIMARY KEY, amount numeric(10, 2));",
        up: "UPDATE prices SET amount = 1 WHERE id = 1 RETURNING old.amount;",
        down: "SELECT 1;",
        postgres: 17,
      },
      {
        up: "CREATE TABLE stays (id bigint PRIMARY KEY, nights datemultirange);",
        down: "DROP TABLE stays;",
        postgres: 13,
      },
    ],
    good: [
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
      {
        before: "CREATE EXTENSION pgcrypto;",
        up: "CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid());",
        down: "DROP TABLE users;",
        postgres: 12,
        note: "The extension has it.",
      },
      {
        before: "CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';",
        up: "CREATE TABLE users (id uuid PRIMARY KEY DEFAULT uuidv7());",
        down: "DROP TABLE users;",
        postgres: 16,
        note: "It is a function of their own.",
      },
      {
        before: "CREATE TABLE old (id bigint PRIMARY KEY);",
        up: "DELETE FROM old WHERE old.id = 1 RETURNING old.id;",
        down: "SELECT 1;",
        postgres: 17,
        note: "A table may be called so.",
      },
    ],
  },
  check: {
    statement({ statement, parsed, postgres, catalog, report }) {
      const sql = parsed.text.slice(statement.start, statement.end);
      const newerIn = (node: Node) =>
        newerSyntax(node, postgres, sql, (name) => isMadeFunction(catalog, name));
      const newer = newerIn(statement.node);
      if (!newer) return;
      const { since, words, instead } = newer;
      const isMeant = (part: Node) => newerIn(part)?.words === words;
      report({
        ...("CreateStmt" in statement.node
          ? placeOfElement(parsed, statement, isMeant)
          : placeOfCommand(parsed, statement, (command) => isMeant({ AlterTableCmd: command }))),
        message: `${words} came with PostgreSQL ${since}, and the target is ${postgres}`,
        label: "refused there",
        help: instead ? `${instead}, or upgrade first` : "upgrade first, or do without",
      });
    },
  },
});
