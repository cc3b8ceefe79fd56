import type { Constraint } from "@pgsql/types";
import { oneLine } from "../../sql/one-line.ts";
import { isRequired } from "../facts/required-column.ts";
import { type TableCommand, tableCommands } from "../facts/table-command.ts";
import { createdConstraint } from "../help/created-constraint.ts";
import { notValidFix } from "../help/not-valid-fix.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const checkValidation = defineRule({
  name: "check-validation",
  summary: "A CHECK or NOT NULL constraint on an existing table that is checked at once.",
  why: "Every row is read under ACCESS EXCLUSIVE: nobody reads or writes the table until it is done.",
  instead: `Add it for new rows only, and check the old ones in the next migration, which lets reads and writes through:

\`\`\`sql
-- first migration
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;
-- next migration
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "ADD CHECK takes ACCESS EXCLUSIVE and scans, VALIDATE CONSTRAINT scans under SHARE UPDATE EXCLUSIVE (manual, ALTER TABLE). ADD CONSTRAINT … NOT NULL exists since 18 and takes NOT VALID too.",
  alsoKnownAs: {
    squawk: "constraint-missing-not-valid",
    eugene: "E2",
    strong_migrations: "add_check_constraint",
    atlas: "PG305",
  },
  kinds: ["AlterTableStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_total_check;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders ADD COLUMN total numeric DEFAULT 0 CHECK (total >= 0);",
        down: "ALTER TABLE orders DROP COLUMN total;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "ALTER TABLE orders ADD CONSTRAINT orders_total_set NOT NULL total;",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_total_set;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_total_check;",
      },
      {
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\nALTER TABLE orders ADD CHECK (total >= 0);",
        down: "DROP TABLE orders;",
        note: "The table is new.",
      },
      {
        up: "CREATE TEMP TABLE import (total numeric);\nALTER TABLE import ADD CHECK (total >= 0);",
        down: "SELECT 1;",
        note: "Nobody else sees a temporary table.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
        up: "ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT ENFORCED;",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_total_check;",
        note: "What is not enforced is not checked.",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nALTER TABLE events_2024 ADD CONSTRAINT events_id_check CHECK (id > 0);",
        up: "ALTER TABLE events ADD CONSTRAINT events_id_check CHECK (id > 0);",
        down: "ALTER TABLE events DROP CONSTRAINT events_id_check;",
        note: "Each partition has it already.",
      },
    ],
  },
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        if (!found.lock.scan || found.lock.rewrite) continue;
        const { def } = found.command;
        if (def && "Constraint" in def && kinds.has(def.Constraint.contype ?? "")) {
          addsConstraint(context, found, def.Constraint);
        }
        if (def && "ColumnDef" in def) {
          const constraints = (def.ColumnDef.constraints ?? []).flatMap((node) =>
            "Constraint" in node ? [node.Constraint] : [],
          );
          const isCheck = constraints.some(({ contype }) => contype === "CONSTR_CHECK");
          // Building an index is the greater cause, and has a rule of its own.
          const builds = constraints.some(
            ({ contype }) => contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY",
          );
          if (isCheck && !builds && !isRequired(def.ColumnDef))
            addsColumn(context, found, def.ColumnDef.colname ?? "");
        }
      }
    },
  },
});

const kinds: ReadonlySet<string> = new Set(["CONSTR_CHECK", "CONSTR_NOTNULL"]);

function addsConstraint(context: StatementContext, found: TableCommand, { contype }: Constraint): void {
  const { table, range, place } = found;
  const name = createdConstraint(context, found);
  const sql = oneLine(context.parsed.text, range.start, range.end);
  const word = contype === "CONSTR_CHECK" ? "CHECK" : "NOT NULL";
  context.report({
    ...place,
    message:
      `adding the ${word} constraint ${name ?? ""} blocks reads and writes of ${table.name} while every row is checked`.replace(
        "  ",
        " ",
      ),
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the check is done`,
    help: steps(
      { words: "here, for new rows only", sql: [`ALTER TABLE ${table.name} ${sql} NOT VALID;`] },
      {
        words: "in the next migration, which lets reads and writes through",
        sql: [`ALTER TABLE ${table.name} VALIDATE CONSTRAINT ${name ?? "…"};`],
      },
    ),
    ...notValidFix(context, found, name),
  });
}

function addsColumn(context: StatementContext, { table, range }: TableCommand, column: string): void {
  context.report({
    ...range,
    message: `the CHECK of the new column ${column} blocks reads and writes of ${table.name} while every row is checked`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the check is done`,
    help: "add the column without CHECK, add the CHECK as NOT VALID, and VALIDATE it in the next migration",
  });
}
