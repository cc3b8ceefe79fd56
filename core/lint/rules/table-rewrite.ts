import type { Node } from "@pgsql/types";
import { nameIn } from "../../catalog/key-parts.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { commandPlace } from "../facts/command-place.ts";
import { rewritingCommand } from "../facts/rewriting-command.ts";
import { defineRule } from "../rule.ts";

export const tableRewrite = defineRule({
  name: "table-rewrite",
  summary: "VACUUM FULL, CLUSTER, SET LOGGED, SET EXPRESSION or another command that writes a table anew.",
  why: "Nobody reads or writes the table until all of it and its indexes are written, and it needs as much disk space again.",
  instead:
    "Do it in a maintenance window outside of the migrations, or with a tool that works beside the application (pg_repack, pg_squeeze). Plain VACUUM blocks nobody.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "VACUUM FULL and CLUSTER take ACCESS EXCLUSIVE, and so do SET LOGGED, SET UNLOGGED, SET TABLESPACE and SET ACCESS METHOD; SET EXPRESSION (17) writes what a STORED column holds, and nothing of a VIRTUAL one (manual 13.3.1, ALTER TABLE).",
  alsoKnownAs: { squawk: "prefer-repack" },
  directions: ["up", "down"],
  examples: {
    bad: [
      { before: "CREATE TABLE users (id bigint PRIMARY KEY);", up: "VACUUM FULL users;", down: "SELECT 1;" },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CLUSTER users USING users_pkey;",
        down: "SELECT 1;",
      },
      { before: "CREATE TABLE users (id bigint PRIMARY KEY);", up: "VACUUM FULL;", down: "SELECT 1;" },
      {
        before: "CREATE UNLOGGED TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users SET LOGGED;",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;",
        up: "ALTER MATERIALIZED VIEW totals SET TABLESPACE archive;",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE items (id bigint PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED);",
        up: "ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (net * 3);",
        down: "ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (net * 2);",
        postgres: 17,
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users SET TABLESPACE pg_default;",
        down: "SELECT 1;",
        note: "It is there already.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE log (id bigint);",
        up: "DROP TABLE log;",
        down: "CREATE TABLE log (id bigint);\nALTER TABLE users SET UNLOGGED;",
        note: "`down-blocks` speaks of what a rollback goes through.",
      },
      {
        before:
          "CREATE TABLE items (id bigint PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) VIRTUAL);",
        up: "ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (net * 3);",
        down: "ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (net * 2);",
        note: "Nothing is stored.",
      },
      { before: "CREATE TABLE users (id bigint PRIMARY KEY);", up: "VACUUM users;", down: "SELECT 1;" },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "VACUUM (FULL false, ANALYZE) users;",
        down: "SELECT 1;",
        note: "FULL is switched off.",
      },
      {
        up: "CREATE UNLOGGED TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users SET LOGGED;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users SET LOGGED;\nALTER TABLE users SET ACCESS METHOD heap;",
        down: "SELECT 1;",
        note: "It is so already.",
      },
      {
        before: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);",
        up: "ALTER TABLE events SET TABLESPACE archive;",
        down: "ALTER TABLE events SET TABLESPACE pg_default;",
        note: "It has no rows of its own, and its partitions stay where they are.",
      },
      {
        before: "CREATE SEQUENCE numbers;",
        up: "ALTER SEQUENCE numbers SET UNLOGGED;",
        down: "ALTER SEQUENCE numbers SET LOGGED;",
        note: "A sequence is one row.",
      },
    ],
  },
  check: {
    statement({ statement, outcome, parsed, script, existedBefore, report }) {
      const command = outcome.failure ? undefined : rewritingCommand(statement.node);
      if (command === "VACUUM FULL" && namesNoTable(statement.node)) {
        report({
          message: `${command} without a table writes all tables of the database anew, each while nobody can read or write it`,
          label: "takes ACCESS EXCLUSIVE on one table after the other",
          help: "do it in a maintenance window outside of the migrations, or with pg_repack",
        });
        return;
      }
      const alters = "AlterTableStmt" in statement.node;
      // It takes back what the up did; that a rollback blocks is said by another rule.
      if (alters && script.direction === "down") return;
      const lock =
        command === undefined
          ? undefined
          : outcome.locks.find((it) => (it.rewrite || !alters) && existedBefore(it.key));
      if (command === undefined || !lock) return;
      const name = plainName(nameIn(lock.key));
      report({
        ...commandPlace(parsed, statement, lock.command),
        message: `${command} writes all of ${name} anew while nobody can read or write it`,
        label: `takes ACCESS EXCLUSIVE on ${name} until all rows are written`,
        help:
          command === "SET EXPRESSION"
            ? "add a column with the new expression beside it, or do it in a maintenance window outside of the migrations"
            : "do it in a maintenance window outside of the migrations, or with pg_repack",
      });
    },
  },
});

function namesNoTable(node: Node): boolean {
  return "VacuumStmt" in node && !node.VacuumStmt.rels?.length;
}
