import type { AlterTableCmd } from "@pgsql/types";
import { blocks } from "../../catalog/locks.ts";
import { existingTable } from "../facts/existing-table.ts";
import { commandsOf } from "../facts/later-commands.ts";
import { isRequired } from "../facts/required-column.ts";
import { rewritingCommand } from "../facts/rewriting-command.ts";
import { defineRule } from "../rule.ts";

export const downBlocks = defineRule({
  name: "down-blocks",
  summary: "The down goes through a whole table and blocks it meanwhile.",
  why: "A rollback is run when something is wrong already: a lock that lasts as long as the table is large makes it worse.",
  instead: `Use the ways that block nobody in the down as well:

\`\`\`sql
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);
\`\`\``,
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts: "The same locks as in the up (manual 13.3.1). What the up created counts as new.",
  directions: ["down"],
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
        up: "DROP INDEX CONCURRENTLY users_email_idx;",
        down: "CREATE INDEX users_email_idx ON users (email);",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
        up: "ALTER TABLE users ALTER COLUMN age TYPE bigint;",
        down: "ALTER TABLE users ALTER COLUMN age TYPE int;",
      },
      {
        before: "CREATE TABLE owners (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE owners DROP COLUMN id;",
        down: "ALTER TABLE owners ADD COLUMN id bigserial PRIMARY KEY;",
        note: "Every row gets a number.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
        up: "DROP INDEX CONCURRENTLY users_email_idx;",
        down: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN email text;",
        down: "ALTER TABLE users DROP COLUMN email;",
        note: "The lock is short.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "DROP TABLE users;",
        down: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE INDEX users_id_idx ON users (id);",
        note: "A table that the down makes is empty.",
      },
      {
        before: "CREATE UNLOGGED TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users SET LOGGED;",
        down: "ALTER TABLE users SET UNLOGGED;",
        note: "table-rewrite says it, of the down as of the up.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users DROP COLUMN email;",
        down: "ALTER TABLE users ADD COLUMN email text NOT NULL;",
        note: "It stops at the first row, as down-not-null says.",
      },
    ],
  },
  check: {
    statement(context) {
      const { statement, outcome, report } = context;
      // What writes a table anew has a rule of its own, which looks at downs too.
      if (outcome.failure || rewritingCommand(statement.node)) return;
      const commands = commandsOf(statement.node);
      for (const { key, mode, scan, rewrite, command } of outcome.locks) {
        // It stops at the first row, as down-not-null says; a serial fills them.
        if (!rewrite && command !== undefined && addsRequired(commands[command])) continue;
        const table = (scan || rewrite) && blocks(mode).writes ? existingTable(context, key) : undefined;
        if (!table) continue;
        const who = blocks(mode).reads ? "reads and writes" : "writes";
        report({
          message: `this rollback ${rewrite ? "writes every row" : "goes through every row"} of ${table.name} and blocks ${who} of it meanwhile`,
          label: `takes ${mode} on ${table.name}`,
          help: "use the form that does not block, or plan the rollback for a quiet hour",
        });
        return;
      }
    },
  },
});

function addsRequired(command: AlterTableCmd | undefined): boolean {
  const def = command?.subtype === "AT_AddColumn" ? command.def : undefined;
  return def !== undefined && "ColumnDef" in def && isRequired(def.ColumnDef);
}
