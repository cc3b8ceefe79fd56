import { defineRule } from "../rule.ts";
import { setBefore, unlimitedWait } from "../timeout-setting.ts";

export const missingLockTimeout = defineRule({
  name: "missing-lock-timeout",
  summary: "A lock on a table in use is waited for without limit.",
  why: "While the migration waits behind one long query, every other query on the table waits behind the migration: the application stands still without anything having been changed.",
  instead: `Limit the wait, and try again when it ran out:

\`\`\`sql
SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD COLUMN status text;
\`\`\`

\`SET LOCAL\` lasts until the end of the transaction, so the next migration on the same connection is not touched.`,
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts:
    "Lock requests queue behind each other, so a waiting ACCESS EXCLUSIVE blocks readers. 0 means no limit (manual 19.11.1, lock_timeout). golang-migrate sends a file of several statements as one transaction, in which SET LOCAL holds.",
  alsoKnownAs: { squawk: "require-timeout-settings", eugene: "E9" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nSET LOCAL lock_timeout = 0;\nALTER TABLE users ADD COLUMN status text;\nCOMMIT;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "0 switches it off.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nSET LOCAL lock_timeout = '5s';\nCOMMIT;\nBEGIN;\nALTER TABLE users ADD COLUMN status text;\nCOMMIT;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "LOCAL ended with its transaction.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE users ADD COLUMN status text;\nCOMMIT;\nALTER TABLE users ADD COLUMN more text;",
        down: "ALTER TABLE users DROP COLUMN status, DROP COLUMN more;",
        note: "The first lock is covered, the second is not.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "SET lock_timeout = '5s';\nALTER TABLE users ADD COLUMN status text;\nALTER TABLE users ADD COLUMN more text;",
        down: "ALTER TABLE users DROP COLUMN status, DROP COLUMN more;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "SELECT set_config('lock_timeout', '5s', true);\nALTER TABLE users ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN status text;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "CREATE INDEX CONCURRENTLY users_name_idx ON users (name);",
        down: "DROP INDEX CONCURRENTLY users_name_idx;",
        note: "It blocks nobody, and a timeout would leave an invalid index.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "SELECT count(*) FROM users;\nUPDATE users SET name = 'x' WHERE id = 1;",
        down: "SELECT 1;",
        note: "Reads and single rows block nobody.",
      },
    ],
  },
  check: {
    statement(context) {
      const waiting = unlimitedWait(context, "lock_timeout");
      if (!waiting) return;
      const { table, mode } = waiting;
      const fix = setBefore(context, "lock_timeout", "5s");
      context.report({
        message: `the wait for ${mode} on ${table.name} has no limit, and everybody else waits behind it`,
        label: "no lock_timeout is set by here",
        help: "set one before the first lock\n  SET LOCAL lock_timeout = '5s';",
        ...(fix && { fix }),
      });
    },
  },
});
