import { plainName } from "../../catalog/plain-name.ts";
import { defineRule } from "../rule.ts";

export const createTableExists = defineRule({
  name: "create-table-exists",
  summary: "CREATE TABLE IF NOT EXISTS of a table that an earlier migration made.",
  why: "It does nothing, whatever columns it names: a database that was built from all migrations has the old table, and the down of this one drops it.",
  instead: "Change the table with ALTER TABLE, or choose another name.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "IF NOT EXISTS compares names only (manual, CREATE TABLE).",
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY, email text);",
      },
      {
        before: 'CREATE TABLE "users" (id bigint PRIMARY KEY);',
        up: "CREATE TABLE IF NOT EXISTS Users (id bigint PRIMARY KEY);",
        note: "Unquoted names are folded to lower case.",
      },
    ],
    good: [
      { up: "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);" },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE SCHEMA shop;\nCREATE TABLE IF NOT EXISTS shop.users (id bigint PRIMARY KEY);",
        note: "Another schema.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: 'CREATE TABLE IF NOT EXISTS "Users" (id bigint PRIMARY KEY);',
        note: "Another name.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nDROP TABLE users;",
        up: "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);",
        note: "It was dropped in between.",
      },
    ],
  },
  check: {
    statement({ statement, outcome, catalog, existedBefore, report }) {
      if (!("CreateStmt" in statement.node)) return;
      const key = outcome.skipped.find((it) => it.startsWith("table "));
      const existing = key === undefined ? undefined : catalog.at(key);
      if (key === undefined || !existing?.origin || !existedBefore(key)) return;
      const { migration, file, start, end } = existing.origin;
      report({
        message: `${plainName(existing.name)} exists since ${migration}: this CREATE TABLE does nothing`,
        label: "passed over",
        help: "change the table with ALTER TABLE, or choose another name",
        related: [{ message: "made here", file, start, end }],
      });
    },
  },
});
