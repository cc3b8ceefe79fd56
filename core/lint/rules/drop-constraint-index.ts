import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { defineRule } from "../rule.ts";

export const dropConstraintIndex = defineRule({
  name: "drop-constraint-index",
  summary: "DROP INDEX of an index that belongs to a constraint.",
  why: "PostgreSQL refuses it with 2BP01, and the runner stops there; golang-migrate marks the database as dirty.",
  instead:
    "Drop the constraint; its index goes with it:\n\n```sql\nALTER TABLE users DROP CONSTRAINT users_email_key;\n```",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  alsoKnownAs: { migrationpilot: "MP097" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "DROP INDEX users_email_key;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "DROP INDEX CONCURRENTLY IF EXISTS users_pkey;",
        down: "SELECT 1;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "ALTER TABLE users DROP CONSTRAINT users_email_key;",
        down: "ALTER TABLE users ADD UNIQUE (email);",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);",
        up: "DROP INDEX CONCURRENTLY users_email_key;",
        down: "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);",
        note: "A unique index without a constraint.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "ALTER TABLE users DROP CONSTRAINT users_email_key;\nDROP INDEX IF EXISTS users_email_key;",
        down: "ALTER TABLE users ADD UNIQUE (email);",
        note: "It is gone by then.",
      },
    ],
  },
  kinds: ["DropStmt"],
  check: {
    statement({ statement, catalog, outcome, report }) {
      if (!("DropStmt" in statement.node) || statement.node.DropStmt.removeType !== "OBJECT_INDEX") return;
      const { failure } = outcome;
      if (failure?.reason !== "dependents") return;
      const index = catalog.at(failure.key);
      if (index?.kind !== "index" || index.attributes.constraint === undefined || !index.parent) return;
      const table = plainName(index.parent.replace(/^(table|materialized view) /, ""));
      const constraint = quoteIdentifier(lastPart(index.attributes.constraint));
      report({
        message: `${plainName(index.name)} belongs to the constraint ${constraint} of ${table} and cannot be dropped by itself`,
        label: "PostgreSQL refuses it with 2BP01",
        help: `drop the constraint, and the index goes with it\n  ALTER TABLE ${table} DROP CONSTRAINT ${constraint};`,
      });
    },
  },
});
