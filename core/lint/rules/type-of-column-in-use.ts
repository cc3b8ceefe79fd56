import { plainName } from "../../catalog/plain-name.ts";
import { commandPlace } from "../facts/command-place.ts";
import { changesType } from "../help/dependents-words.ts";
import { defineRule } from "../rule.ts";

export const typeOfColumnInUse = defineRule({
  name: "type-of-column-in-use",
  summary: "A change of type of a column that a view, rule, policy, trigger or generated column uses.",
  why: "PostgreSQL refuses it with 0A000, and the runner stops there; golang-migrate marks the database as dirty.",
  instead: "Drop what uses the column first and make it again afterwards, in the same migration.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "RememberAllDependentForRebuilding, src/backend/commands/tablecmds.c.",
  kinds: ["AlterTableStmt"],
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));\nCREATE VIEW names AS SELECT name FROM users;",
        up: "ALTER TABLE users ALTER COLUMN name TYPE text;",
        down: "ALTER TABLE users ALTER COLUMN name TYPE varchar(50);",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text, low text GENERATED ALWAYS AS (lower(name)) STORED);",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar(300);",
        down: "ALTER TABLE users ALTER COLUMN name TYPE text;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE FUNCTION names() RETURNS SETOF text BEGIN ATOMIC SELECT name FROM users; END;",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar;",
        down: "ALTER TABLE users ALTER COLUMN name TYPE text;",
      },
      {
        up: "CREATE TABLE users (id int PRIMARY KEY);\nCREATE VIEW ids AS SELECT id FROM users;\nALTER TABLE users ALTER COLUMN id TYPE bigint;",
        down: "DROP VIEW ids;\nDROP TABLE users;",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));\nCREATE VIEW names AS SELECT name FROM users;",
        up: "DROP VIEW names;\nALTER TABLE users ALTER COLUMN name TYPE text;\nCREATE VIEW names AS SELECT name FROM users;",
        down: "DROP VIEW names;\nALTER TABLE users ALTER COLUMN name TYPE varchar(50);\nCREATE VIEW names AS SELECT name FROM users;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));\nCREATE VIEW ids AS SELECT id FROM users;",
        up: "ALTER TABLE users ALTER COLUMN name TYPE text;",
        down: "SELECT 1;",
        note: "The view uses another column.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE FUNCTION names() RETURNS SETOF text LANGUAGE sql AS 'SELECT name FROM users';",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar;",
        down: "ALTER TABLE users ALTER COLUMN name TYPE text;",
        note: "What stands in a text is not known to PostgreSQL.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));\nCREATE INDEX ON users (name);",
        up: "ALTER TABLE users ALTER COLUMN name TYPE text;",
        down: "SELECT 1;",
        note: "An index is no hindrance.",
      },
    ],
  },
  check: {
    statement({ statement, outcome, parsed, report }) {
      const { failure } = outcome;
      if (failure?.reason !== "dependents" || !changesType(statement, failure.key)) return;
      const users = failure.dependents.map(({ key }) => {
        const kind = /^(?:materialized )?\w+/.exec(key)?.[0] ?? "";
        return `${kind} ${plainName(key.slice(kind.length + 1))}`;
      });
      if (users.length === 0) return;
      report({
        ...commandPlace(parsed, statement, outcome.failedCommand),
        message: `the type of ${plainName(failure.key.slice("column ".length))} cannot change while ${users.join(" and ")} uses it`,
        label: "PostgreSQL refuses it with 0A000",
        help: `drop ${users.join(" and ")} before this statement and make it again after it`,
      });
    },
  },
});
