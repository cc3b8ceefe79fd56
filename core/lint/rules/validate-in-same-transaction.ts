import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { defineRule, type StatementContext } from "../rule.ts";
import { type TableCommand, tableCommands } from "../table-command.ts";

export const validateInSameTransaction = defineRule({
  name: "validate-in-same-transaction",
  summary: "VALIDATE CONSTRAINT in the transaction that added the constraint as NOT VALID.",
  why: "The lock of ADD CONSTRAINT is held until the transaction ends, so the check runs under it: NOT VALID gained nothing.",
  instead: "Move VALIDATE CONSTRAINT to the next migration.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Locks are held until the end of the transaction (manual 13.3.1). Several statements in one file are one transaction for golang-migrate.",
  alsoKnownAs: { squawk: "constraint-missing-not-valid", strong_migrations: "validate_foreign_key" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_total_check;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
        up: "BEGIN;\nALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT f;\nCOMMIT;",
        down: "ALTER TABLE orders DROP CONSTRAINT f;",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;",
        up: "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "BEGIN;\nALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0) NOT VALID;\nCOMMIT;\nBEGIN;\nALTER TABLE orders VALIDATE CONSTRAINT c;\nCOMMIT;",
        down: "ALTER TABLE orders DROP CONSTRAINT c;",
        note: "Two transactions.",
      },
      {
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\nALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT c;",
        down: "DROP TABLE orders;",
        note: "The table is new.",
      },
    ],
  },
  kinds: ["AlterTableStmt"],
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        if (found.command.subtype !== "AT_ValidateConstraint") continue;
        const name = quoteIdentifier(found.command.name ?? "");
        const adding = addedEarlier(context, found, name);
        if (!adding) continue;
        const { file } = context.script;
        context.report({
          ...found.place,
          message: `validating ${name} checks every row of ${found.table.name} under ${adding.mode}, which this transaction still holds`,
          label: "in the transaction that added it",
          help: `move it to the next migration\n  ALTER TABLE ${found.table.name} VALIDATE CONSTRAINT ${name};`,
          related: [
            {
              message: `${adding.mode} is taken here`,
              file: file.path,
              start: adding.start,
              end: adding.end,
            },
          ],
        });
      }
    },
  },
});

/** The statement of the same transaction that made the constraint, and the lock it took. */
function addedEarlier({ earlier, transaction }: StatementContext, { table }: TableCommand, name: string) {
  const key = `constraint ${table.key.slice("table ".length)}.${name}`;
  for (const { statement, outcome } of earlier) {
    if (transaction.kind === "none" || statement.index < transaction.firstStatement) continue;
    if (!outcome.effects.some((effect) => effect.action === "create" && effect.key === key)) continue;
    const lock = outcome.locks.find((it) => it.key === table.key);
    if (lock) return { mode: lock.mode, start: statement.start, end: statement.end };
  }
  return undefined;
}
