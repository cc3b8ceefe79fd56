import { concurrentRemedies, setBefore, unlimitedWait } from "../facts/timeout-setting.ts";
import { defineRule } from "../rule.ts";

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
    "Lock requests queue behind each other, so a waiting ACCESS EXCLUSIVE blocks readers. 0 means no limit, and statement_timeout counts the wait too (manual 19.11.1). golang-migrate sends a file of several statements as one transaction, in which SET LOCAL holds.",
  alsoKnownAs: { squawk: "require-timeout-settings", eugene: "E9" },
  yieldsTo: concurrentRemedies,
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "CREATE INDEX users_name_idx ON users (name);\nCREATE INDEX users_both_idx ON users (name, id);",
        down: "DROP INDEX CONCURRENTLY users_name_idx, users_both_idx;",
      },
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
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nSET lock_timeout = '5s';\nROLLBACK;\nALTER TABLE users ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "It was rolled back.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "SET LOCAL statement_timeout = '10min';\nALTER TABLE users ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "A limit that comes after ten minutes.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "-- switchback-ignore rename-column: nothing reads it yet\nALTER TABLE users RENAME COLUMN name TO full_name;",
        down: "ALTER TABLE users RENAME COLUMN full_name TO name;",
        note: "The fix leaves the comment on its statement.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nSAVEPOINT a;\nSET LOCAL lock_timeout = '5s';\nROLLBACK TO a;\nALTER TABLE users ADD COLUMN status text;\nCOMMIT;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "The savepoint took it back.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "LOCK TABLE users NOWAIT;\nALTER TABLE users ADD COLUMN status text;\nALTER TABLE orders ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;\nALTER TABLE orders DROP COLUMN status;",
        note: "The one is held already, the other is waited for.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "CREATE INDEX users_name_idx ON users (name);",
        down: "DROP INDEX CONCURRENTLY users_name_idx;",
        note: "It should be built CONCURRENTLY, which must stay alone.",
      },
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;",
        down: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "SET lock_timeout = '5s';\nALTER TABLE users ADD COLUMN status text;\nALTER TABLE users ADD COLUMN more text;",
        down: "ALTER TABLE users DROP COLUMN status, DROP COLUMN more;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "SELECT set_config('statement_timeout', '60s', true), set_config('lock_timeout', '5s', true);\nALTER TABLE users ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN status text;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "SET LOCAL statement_timeout = '5s';\nALTER TABLE users ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "The wait is a part of the statement.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "DO $$ BEGIN\n  SET LOCAL lock_timeout = '5s';\n  ALTER TABLE users ADD COLUMN status text;\nEND $$;",
        down: "ALTER TABLE users DROP COLUMN status;",
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
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "LOCK TABLE users NOWAIT;\nALTER TABLE users ADD COLUMN status text;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "It is held already.",
      },
    ],
  },
  check: {
    statement(context) {
      const waiting = unlimitedWait(context, "lock_timeout");
      if (!waiting) return;
      const { table, mode, endedBy } = waiting;
      const limit = endedBy ? `no limit before ${endedBy}` : "no limit";
      context.report({
        message: `the wait for ${mode} on ${table.name} has ${limit}, and everybody else waits behind it`,
        label: "no lock_timeout is set by here",
        ...setBefore(context, "lock_timeout", "5s"),
      });
    },
  },
});
