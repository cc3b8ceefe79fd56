import type { Lock } from "../../catalog/simulate/outcome.ts";
import { concurrentRemedies, setBefore, unlimitedWait } from "../facts/timeout-setting.ts";
import { defineRule } from "../rule.ts";

export const missingStatementTimeout = defineRule({
  name: "missing-statement-timeout",
  summary: "A statement that goes through a table in use, and blocks it meanwhile, has no limit.",
  why: "Where it takes longer than anybody thought, the application waits until a person notices and cancels it.",
  instead: `Limit the time of a statement to what the application can bear:

\`\`\`sql
SET LOCAL statement_timeout = '60s';
ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0);
\`\`\``,
  severity: "info",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts:
    "0 means no limit (manual 19.11.1, statement_timeout). A build with CONCURRENTLY blocks nobody and may take its time.",
  joins: "missing-lock-timeout",
  yieldsTo: concurrentRemedies,
  alsoKnownAs: { squawk: "require-timeout-settings" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
        up: "SET LOCAL lock_timeout = '5s';\nALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);",
        down: "ALTER TABLE users DROP CONSTRAINT c;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
        up: "SET lock_timeout = '5s';\nSET statement_timeout = '0';\nALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);",
        down: "ALTER TABLE users DROP CONSTRAINT c;",
        note: "0 switches it off.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
        up: "SET LOCAL lock_timeout = '5s';\nSET LOCAL transaction_timeout = '60s';\nALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);",
        down: "ALTER TABLE users DROP CONSTRAINT c;",
        note: "It ends with its transaction (since 17).",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
        up: "SET LOCAL statement_timeout = '60s';\nALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);",
        down: "ALTER TABLE users DROP CONSTRAINT c;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "CREATE INDEX CONCURRENTLY users_name_idx ON users (name);",
        down: "DROP INDEX CONCURRENTLY users_name_idx;",
        note: "It blocks nobody.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN age int;",
        down: "ALTER TABLE users DROP COLUMN age;",
        note: "It takes no time once it has its lock.",
      },
    ],
  },
  check: {
    statement(context) {
      const waiting = unlimitedWait(context, "statement_timeout", goesThroughRows);
      if (!waiting) return;
      context.report({
        message: `nothing ends this statement where going through ${waiting.table.name} under ${waiting.mode} takes too long`,
        label: "no statement_timeout is set by here",
        ...setBefore(context, "statement_timeout", "60s"),
      });
    },
  },
});

function goesThroughRows({ scan, rewrite }: Lock): boolean {
  return scan === true || rewrite === true;
}
