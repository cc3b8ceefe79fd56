import { blocks } from "../../catalog/locks.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { targetName, targetsOf } from "../../catalog/simulate/written-by.ts";
import { filledRelation } from "../facts/filled-relation.ts";
import { type HeldLock, heldLock } from "../facts/held-lock.ts";
import { commandsOf } from "../facts/later-commands.ts";
import { massWrite } from "../facts/mass-write.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const backfillUnderLock = defineRule({
  name: "backfill-under-lock",
  summary: "Rows are written in the transaction that holds a table against everybody else.",
  why: "The lock of the DDL is held until the transaction ends, so the application waits not for the quick ALTER TABLE but for the whole backfill.",
  instead: `Give the DDL a migration of its own, and write the rows in a later one, in batches:

\`\`\`sql
-- 000012_add_status.up.sql
ALTER TABLE users ADD COLUMN status text;
-- later, in batches
UPDATE users SET status = 'active' WHERE id BETWEEN 1 AND 10000;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Locks are held until the end of the transaction (manual 13.3.1). Several statements in one file are one transaction for golang-migrate.",
  alsoKnownAs: { eugene: "E4", strong_migrations: "backfill_data" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN status text;\nUPDATE users SET status = 'active';",
        down: "ALTER TABLE users DROP COLUMN status;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE people (id bigint PRIMARY KEY, name text);",
        up: "BEGIN;\nALTER TABLE people ADD COLUMN seen timestamptz;\nINSERT INTO people (id, name) SELECT id, name FROM users;\nCOMMIT;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE people (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE people ADD COLUMN seen timestamptz;\nMERGE INTO people AS p USING users AS u ON u.id = p.id\n  WHEN NOT MATCHED THEN INSERT (id, name) VALUES (u.id, u.name);",
        down: "ALTER TABLE people DROP COLUMN seen;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, total int);",
        up: "ALTER TABLE users ADD COLUMN status text;\nCREATE MATERIALIZED VIEW totals AS SELECT sum(total) FROM orders;",
        down: "DROP MATERIALIZED VIEW totals;\nALTER TABLE users DROP COLUMN status;",
        note: "The query reads all orders, and nobody gets to users until it is done.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, bio text);",
        up: "CREATE TABLE profiles (user_id bigint REFERENCES users (id), bio text);\nINSERT INTO profiles SELECT id, bio FROM users;",
        down: "DROP TABLE profiles;",
        note: "Nobody waits for the new table, but for users: its foreign key keeps every write out.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users RENAME TO old_users;\nCREATE TABLE users (LIKE old_users INCLUDING ALL);\nINSERT INTO users SELECT * FROM old_users;\nDROP TABLE old_users;",
        down: "SELECT 1;",
        note: "The lock goes with the table to its new name.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE totals (sum numeric);",
        up: "TRUNCATE totals;\nINSERT INTO totals SELECT sum(id) FROM users;",
        down: "SELECT 1;",
        note: "Readers wait for the table until it is full again.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE guests (id bigint PRIMARY KEY);\nCREATE TABLE people (id bigint);",
        up: "ALTER TABLE people ADD COLUMN seen timestamptz;\nINSERT INTO people (id) SELECT id FROM users UNION ALL SELECT id FROM guests;",
        down: "ALTER TABLE people DROP COLUMN seen;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, bio text);",
        up: "CREATE TABLE profiles (user_id bigint PRIMARY KEY, bio text);\nINSERT INTO profiles SELECT id, bio FROM users;",
        down: "DROP TABLE profiles;",
        note: "No table that others use is locked.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN status text;\nCREATE MATERIALIZED VIEW actives AS SELECT id FROM users WITH NO DATA;",
        down: "DROP MATERIALIZED VIEW actives;\nALTER TABLE users DROP COLUMN status;",
        note: "It is filled later.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nALTER TABLE users ADD COLUMN status text;\nCOMMIT;\nUPDATE users SET status = 'active' WHERE id = 1;",
        note: "The DDL is committed before.",
      },
      {
        before: "CREATE TABLE plans (id bigint PRIMARY KEY, code text);",
        up: "ALTER TABLE plans ADD COLUMN price int;\nUPDATE plans SET price = 10 WHERE code = 'basic';",
        note: "Few rows, named by their values.",
      },
      {
        before: "CREATE TABLE plans (id bigint PRIMARY KEY, code text);",
        up: "ALTER TABLE plans ADD COLUMN price int;\nMERGE INTO plans USING (VALUES (1, 10), (2, 20)) AS v (id, price) ON v.id = plans.id WHEN MATCHED THEN UPDATE SET price = v.price;",
        down: "ALTER TABLE plans DROP COLUMN price;",
        note: "Few rows, written in the statement.",
      },
      {
        before:
          "CREATE TABLE roles (id bigint PRIMARY KEY, name text UNIQUE);\nCREATE TABLE permissions (id bigint PRIMARY KEY, code text UNIQUE);\nCREATE TABLE grants (role bigint, permission bigint, PRIMARY KEY (role, permission));",
        up: "ALTER TABLE permissions ADD COLUMN title text;\nINSERT INTO grants SELECT r.id, p.id FROM (VALUES ('admin', 'orders:read'), ('clerk', 'orders:read')) AS v (role, code)\n  JOIN roles AS r ON r.name = v.role JOIN permissions AS p ON p.code = v.code;",
        down: "ALTER TABLE permissions DROP COLUMN title;",
        note: "Few rows: each name finds one role and one permission.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN status text;\nUPDATE users SET status = 'active';",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE plans (id bigint PRIMARY KEY);\nINSERT INTO plans VALUES (1), (2);",
        note: "Nobody waits for a new table.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nSAVEPOINT a;\nALTER TABLE users ADD COLUMN status text;\nROLLBACK TO a;\nUPDATE users SET id = - id;\nCOMMIT;",
        down: "SELECT 1;",
        note: "The savepoint let the lock go: `unbatched-backfill` speaks of it.",
      },
    ],
  },
  check: {
    statement(context) {
      const filled = filledRelation(context);
      if (filled !== undefined) {
        reportFilling(context, filled);
        return;
      }
      const write = massWrite(context);
      const held = write && heldLock(context, write.table.key);
      // One word per transaction; that all rows are deleted is for delete-all-rows to say.
      if (!write || !held || (write.verb === "DELETE" && write.everyRow) || wasSaid(context, held)) return;
      const { start, end } = held.statement;
      const who = blocks(held.mode).reads ? "reads and writes" : "writes";
      context.report({
        message: `${write.verb} on ${write.table.name} runs while this transaction blocks all ${who} of ${held.table}`,
        label: `${held.mode} on ${held.table} is held meanwhile`,
        help: `move it to a migration of its own after this one, and write in batches${requiredAfter(context, write.table.key)}`,
        related: [{ message: `${held.mode} is taken here`, file: context.script.file.path, start, end }],
      });
    },
  },
});

/** What wants the values that it writes moves too. */
function requiredAfter(context: StatementContext, table: ObjectKey): string {
  const { parsed, statement } = context;
  const filled = targetsOf(statement.node).targets.map((it) => targetName(it)?.name);
  const columns = parsed.statements.slice(statement.index + 1).flatMap(({ node }) => {
    const relation = "AlterTableStmt" in node ? node.AlterTableStmt.relation : undefined;
    if (relation?.relname !== lastPart(table)) return [];
    return commandsOf(node).flatMap((it) =>
      it.subtype === "AT_SetNotNull" && filled.includes(it.name) ? (it.name ?? []) : [],
    );
  });
  if (columns.length === 0) return "";
  const names = [...new Set(columns)].map(quoteIdentifier).join(", ");
  return `; SET NOT NULL of ${names} then belongs behind it, in the migration after that`;
}

/** Nobody waits for what is new, but for what is locked meanwhile. */
function reportFilling(context: StatementContext, filled: string): void {
  const held = heldLock(context);
  if (!held || wasSaid(context, held)) return;
  const { start, end } = held.statement;
  const who = blocks(held.mode).reads ? "reads and writes" : "writes";
  context.report({
    message: `${filled} is filled while this transaction blocks all ${who} of ${held.table}`,
    label: `${held.mode} on ${held.table} is held meanwhile`,
    help: "move it to a migration of its own after this one",
    related: [{ message: `${held.mode} is taken here`, file: context.script.file.path, start, end }],
  });
}

/** An earlier statement after the lock writes many rows too: moving the DDL away helps both. */
function wasSaid(context: StatementContext, { statement: locking }: HeldLock): boolean {
  return context.earlier.some((step) => {
    if (step.statement.index <= locking.index) return false;
    const then = { ...context, ...step };
    return massWrite(then) !== undefined || filledRelation(then) !== undefined;
  });
}
