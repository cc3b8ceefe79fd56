import { blocks, type LockMode } from "../../catalog/locks.ts";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Statement } from "../../sql/statement.ts";
import { heldLock, locksHeld } from "../facts/held-lock.ts";
import { type TableCommand, tableCommands } from "../facts/table-command.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const validateInSameTransaction = defineRule({
  name: "validate-in-same-transaction",
  summary:
    "VALIDATE CONSTRAINT in the transaction that added the constraint as NOT VALID, or that keeps others out of that table or another for something else.",
  why: "The lock of ADD CONSTRAINT, or of what else came before, is held until the transaction ends, so the check runs under it: NOT VALID gained nothing.",
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
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\nALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0) NOT VALID;",
        up: "ALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders VALIDATE CONSTRAINT c;",
        down: "ALTER TABLE orders DROP COLUMN note;",
        note: "ADD COLUMN takes an instant, but its lock stays.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "ALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0) NOT VALID, VALIDATE CONSTRAINT c;",
        down: "ALTER TABLE orders DROP CONSTRAINT c;",
        note: "One statement holds the strongest lock of its parts.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\nALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0) NOT VALID;",
        up: "ALTER TABLE users ADD COLUMN note text;\nALTER TABLE orders VALIDATE CONSTRAINT c;",
        down: "ALTER TABLE users DROP COLUMN note;",
        note: "Another table is locked for as long as orders are checked.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "ALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0) NOT VALID;\nALTER TABLE orders RENAME TO purchases;\nALTER TABLE purchases VALIDATE CONSTRAINT c;",
        down: "ALTER TABLE purchases DROP CONSTRAINT c;\nALTER TABLE purchases RENAME TO orders;",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\nALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0);",
        up: "ALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders VALIDATE CONSTRAINT c;",
        down: "ALTER TABLE orders DROP COLUMN note;",
        note: "It is valid already, and no row is looked at.",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\nALTER TABLE orders ADD CONSTRAINT c CHECK (total IS NOT NULL) NOT VALID;",
        up: "ALTER TABLE orders VALIDATE CONSTRAINT c;\nALTER TABLE orders ALTER COLUMN total SET NOT NULL;\nALTER TABLE orders DROP CONSTRAINT c;",
        down: "ALTER TABLE orders ALTER COLUMN total DROP NOT NULL, ADD CONSTRAINT c CHECK (total IS NOT NULL) NOT VALID;",
        note: "The locks come after the check.",
      },
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
        if (found.command.subtype !== "AT_ValidateConstraint" || !found.lock.scan) continue;
        const name = quoteIdentifier(found.command.name ?? "");
        const holder = heldBy(context, found) ?? heldLock(context);
        if (!holder) continue;
        const { mode, statement } = holder;
        const other = "table" in holder ? holder.table : undefined;
        const who = blocks(mode).reads ? "read or write" : "write to";
        const { file } = context.script;
        context.report({
          ...found.place,
          message: `validating ${name} checks every row of ${found.table.name} under ${mode}${other === undefined ? "" : ` on ${other}`}, which ${statement === context.statement ? "the rest of the statement takes" : "this transaction still holds"}`,
          label:
            other === undefined
              ? `while nobody can write to ${found.table.name}`
              : `while nobody can ${who} ${other}`,
          help: `move it to the next migration\n  ALTER TABLE ${found.table.name} VALIDATE CONSTRAINT ${name};`,
          related: [
            {
              message: `${mode} is taken here`,
              file: file.path,
              start: statement.start,
              end: statement.end,
            },
          ],
        });
      }
    },
  },
});

interface Holder {
  readonly statement: Statement;
  readonly mode: LockMode;
}

/** The first statement that keeps others from writing until the check is done; it may be the same one. */
function heldBy(context: StatementContext, { table }: TableCommand): Holder | undefined {
  const { statement, outcome } = context;
  const own = outcome.locks.map(({ key, mode }) => ({ statement, key, mode }));
  return [...locksHeld(context), ...own].find(
    ({ statement: { kind }, key, mode }) => key === table.key && blocks(mode).writes && kind !== "LockStmt",
  );
}
