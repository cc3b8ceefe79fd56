import type { ExistingTable } from "../facts/existing-table.ts";
import { heldLock } from "../facts/held-lock.ts";
import { massWrites } from "../facts/mass-write.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const unbatchedBackfill = defineRule({
  name: "unbatched-backfill",
  summary: "UPDATE or DELETE goes through a whole table in one transaction.",
  why: "Every row that it touches stays locked until the end, writers of these rows wait, replicas fall behind, and the old row versions cannot be vacuumed meanwhile.",
  instead: `Write in batches of some thousand rows, each in a transaction of its own, outside of the migration:

\`\`\`sql
UPDATE users SET status = 'active'
WHERE id IN (SELECT id FROM users WHERE status IS NULL LIMIT 10000);
-- again until it reports UPDATE 0
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "Row locks are held until the end of the transaction (manual 13.3.2).",
  alsoKnownAs: { strong_migrations: "backfill_data" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "UPDATE users SET status = 'active' WHERE status IS NULL;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "UPDATE users SET name = trim(name);",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, team text);\nCREATE TABLE teams (id bigint PRIMARY KEY, name text);",
        up: "UPDATE users SET team = teams.name FROM teams WHERE teams.id = users.id;",
      },
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY, seen timestamptz);",
        up: "DELETE FROM sessions WHERE seen < now() - interval '1 year';",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "WITH done AS (UPDATE users SET status = 'active' RETURNING id)\nSELECT count(*) FROM done;",
        down: "SELECT 1;",
        note: "In a WITH as well.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, status text);\nCREATE TABLE old_users (LIKE users);",
        up: "WITH gone AS (DELETE FROM users RETURNING *)\nINSERT INTO old_users SELECT * FROM gone;",
        down: "SELECT 1;",
        note: "No row is lost, but each is locked.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, status text);\nCREATE VIEW people AS SELECT id, status FROM users;",
        up: "UPDATE people SET status = 'active';",
        down: "SELECT 1;",
        note: "Through a view.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "UPDATE users SET status = 'active' WHERE status IS DISTINCT FROM 'active';",
        down: "SELECT 1;",
        note: "All rows but those of one value.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "UPDATE users SET status = v.new FROM (VALUES ('on', 'active'), ('off', 'gone')) AS v (old, new) WHERE users.status = v.old;",
        down: "SELECT 1;",
        note: "Two values, but of a column that is no key.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE plans (code text PRIMARY KEY, price int);",
        up: "UPDATE plans SET price = 10 WHERE code IN ('basic', 'pro');",
        note: "Few rows, named by their values.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "UPDATE users SET status = 'active' WHERE id IN (SELECT id FROM users WHERE status IS NULL LIMIT 1000);",
        note: "One batch.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "UPDATE users SET status = 'active' WHERE id > 1000 AND id <= 2000;",
        note: "One batch.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "WITH batch AS (SELECT id FROM users WHERE status IS NULL LIMIT 1000 FOR UPDATE SKIP LOCKED)\nUPDATE users SET status = 'active' FROM batch WHERE batch.id = users.id;",
        note: "One batch, named before.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "WITH batch AS (SELECT id FROM users WHERE status = 'gone' LIMIT 1000)\nDELETE FROM users WHERE id IN (SELECT id FROM batch);",
        note: "One batch, named before.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "DELETE FROM users WHERE ctid = ANY (ARRAY(SELECT ctid FROM users WHERE status = 'gone' LIMIT 1000));",
        down: "SELECT 1;",
        note: "One batch.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text);",
        up: "UPDATE users AS u SET status = v.status FROM (VALUES (1, 'active'), (2, 'gone')) AS v (id, status) WHERE u.id = v.id::bigint;",
        down: "SELECT 1;",
        note: "Few rows, each named by its key.",
      },
      {
        before:
          "CREATE TABLE permissions (id bigint PRIMARY KEY, code text UNIQUE);\nCREATE TABLE grants (role text, permission bigint REFERENCES permissions);",
        up: "DELETE FROM grants WHERE permission IN (SELECT id FROM permissions WHERE code IN ('orders:read', 'orders:write'));",
        down: "SELECT 1;",
        note: "Two permissions, each named by its key.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, status text);\nUPDATE users SET status = 'active';",
        note: "The table is new.",
      },
    ],
  },
  check: {
    statement(context) {
      // What comes from somewhere else cannot be divided by a condition on the table itself; DELETE of everything is
      // delete-all-rows, unless something is made of the rows.
      const found = massWrites(context).find(
        ({ verb, everyRow, within }) =>
          verb === "UPDATE" || (verb === "DELETE" && (!everyRow || within === true)),
      );
      // Under a lock that blocks others it is backfill-under-lock.
      if (!found || heldLock(context)) return;
      const { verb, table, everyRow } = found;
      const key = keyOfRows(context, table);
      const head = verb === "UPDATE" ? `UPDATE ${table.name} SET …` : `DELETE FROM ${table.name}`;
      const [one = "", ...more] = key;
      const row = more.length === 0 ? one : `(${key.join(", ")})`;
      const sql = `${head} WHERE ${row} IN (SELECT ${key.join(", ")} FROM ${table.name} WHERE … LIMIT 10000);`;
      context.report({
        message: everyRow
          ? `${verb} locks every row of ${table.name} until the end of its transaction`
          : `${verb} locks all rows of ${table.name} that its condition finds until the end of its transaction`,
        label: "one transaction for the whole table",
        help: steps({
          words: "write in batches, each in a transaction of its own, until none is left",
          sql: [sql],
        }),
      });
    },
  },
});

/** What tells the rows apart: the primary key, else where they lie, which each partition and child counts for itself. */
function keyOfRows({ catalog }: StatementContext, { key, object }: ExistingTable): readonly string[] {
  // No file makes it: its columns are not known.
  if (!object) return ["id"];
  for (const child of catalog.childrenOf(key)) {
    if (child.kind === "constraint" && child.attributes.type === "primary key")
      return child.attributes.columns;
  }
  const isAlone =
    object.attributes.partitionKey === undefined &&
    ![...catalog.dependentsOf(key)].some((it) => it.kind === "table" && it.attributes.inherits);
  return isAlone ? ["ctid"] : ["tableoid", "ctid"];
}
