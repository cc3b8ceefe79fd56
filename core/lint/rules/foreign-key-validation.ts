import type { Node } from "@pgsql/types";
import { blocks } from "../../catalog/locks.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { oneLine } from "../../sql/one-line.ts";
import { rowsWereCopiedInto } from "../facts/copied-rows.ts";
import { existingTable, otherExistingTables } from "../facts/existing-table.ts";
import { heldMode } from "../facts/held-lock.ts";
import { isRequired } from "../facts/required-column.ts";
import { type TableCommand, tableCommands } from "../facts/table-command.ts";
import { createdConstraint } from "../help/created-constraint.ts";
import { notValidFix } from "../help/not-valid-fix.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const foreignKeyValidation = defineRule({
  name: "foreign-key-validation",
  summary: "A foreign key on an existing table that is checked at once.",
  why: "Every row is looked up in the other table while both are locked: no INSERT, UPDATE or DELETE on either gets through until it is done.",
  instead: `Add it for new rows only, and check the old ones in the next migration, which lets writes through:

\`\`\`sql
-- first migration
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
-- next migration
ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on both tables, VALIDATE CONSTRAINT takes SHARE UPDATE EXCLUSIVE on its table and ROW SHARE on the other (manual, ALTER TABLE). A new column without a default holds only NULL, so its foreign key checks nothing. Before 18 a partitioned table takes no NOT VALID foreign key.",
  alsoKnownAs: {
    squawk: "adding-foreign-key-constraint",
    eugene: "E1",
    strong_migrations: "add_foreign_key",
    atlas: "PG306",
  },
  kinds: ["AlterTableStmt"],
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
        up: "ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders ADD COLUMN user_id bigint DEFAULT 1 REFERENCES users (id);",
        down: "ALTER TABLE orders DROP COLUMN user_id;",
        note: "With a default every row is looked up.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint, at date, user_id bigint) PARTITION BY RANGE (at);",
        up: "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;",
        postgres: 17,
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, plan text);",
        up: "CREATE TABLE plans (user_id bigint, plan text);\nINSERT INTO plans SELECT id, plan FROM users;\nALTER TABLE plans ADD CONSTRAINT plans_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);",
        down: "DROP TABLE plans;",
        note: "The table is new, but no longer empty: users waits while its rows are looked up.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders ADD COLUMN user_id bigint;\nALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);",
        down: "ALTER TABLE orders DROP COLUMN user_id;",
        note: "The lock of ADD COLUMN is held meanwhile: reads of orders wait as well.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id) NOT ENFORCED);",
        up: "ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey ENFORCED;",
        down: "ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey NOT ENFORCED;",
        note: "Since 18: all the rows that nobody has checked yet, under ACCESS EXCLUSIVE.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
        up: "ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey DEFERRABLE;",
        down: "ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey NOT DEFERRABLE;",
        note: "No row is looked at.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
        up: "ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
        down: "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);",
        down: "DROP TABLE orders;",
        note: "The table is new and empty.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);",
        down: "ALTER TABLE orders DROP COLUMN user_id;",
        note: "All values of the new column are NULL: nothing is looked up.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
        up: "ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nALTER TABLE events_2024 ADD CONSTRAINT events_2024_user FOREIGN KEY (id) REFERENCES users (id);",
        up: "ALTER TABLE events ADD CONSTRAINT events_user FOREIGN KEY (id) REFERENCES users (id);",
        down: "ALTER TABLE events DROP CONSTRAINT events_user;",
        postgres: 17,
        note: "Each partition has it already.",
      },
    ],
  },
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        if (!found.lock.scan || found.lock.rewrite) continue;
        const { def } = found.command;
        if (def && "ATAlterConstraint" in def) enforces(context, found, def.ATAlterConstraint.conname ?? "");
        if (def && "Constraint" in def && def.Constraint.contype === "CONSTR_FOREIGN")
          addsKey(context, found);
        if (
          def &&
          "ColumnDef" in def &&
          onlyForeignKeys(def.ColumnDef.constraints) &&
          !isRequired(def.ColumnDef)
        )
          addsColumn(context, found);
      }
      addsKeyToFilledTable(context);
    },
  },
});

function addsKey(context: StatementContext, found: TableCommand): void {
  const { table, range, place } = found;
  const name = createdConstraint(context, found);
  const partitioned = table.object?.attributes.partitionKey !== undefined && context.postgres < 18;
  const key = oneLine(context.parsed.text, range.start, range.end);
  context.report({
    ...place,
    message:
      `adding the foreign key ${name ?? ""} blocks ${whoWaits(context, found)} while every row of ${table.name} is checked`.replace(
        "  ",
        " ",
      ),
    label: isClosed(context, found)
      ? `ACCESS EXCLUSIVE on ${table.name} lasts until the check is done`
      : "takes SHARE ROW EXCLUSIVE on both tables until the check is done",
    help: partitioned
      ? `before 18 a partitioned table takes no NOT VALID: add the key to each partition as NOT VALID, validate it there in a later migration, and add it to ${table.name} last`
      : steps(
          { words: "here, for new rows only", sql: [`ALTER TABLE ${table.name} ${key} NOT VALID;`] },
          {
            words: "in the next migration, which lets writes through",
            sql: [`ALTER TABLE ${table.name} VALIDATE CONSTRAINT ${name ?? "…"};`],
          },
        ),
    ...(!partitioned && notValidFix(context, found, name)),
  });
}

/** Another key, checked while others write, comes to the same. */
function enforces(context: StatementContext, found: TableCommand, constraint: string): void {
  const { table, place } = found;
  const [name, other] = [constraint, `${constraint}_enforced`].map(quoteIdentifier);
  const key = context.after.get("constraint", `${table.key.slice("table ".length)}.${name}`);
  const definition = key?.attributes.definition ?? "…";
  context.report({
    ...place,
    message: `enforcing the foreign key ${name} blocks ${whoWaits(context, found)} while every row of ${table.name} is checked`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the check is done`,
    help: steps(
      {
        words: "here, for new rows only",
        sql: [`ALTER TABLE ${table.name} ADD CONSTRAINT ${other} ${definition} NOT VALID;`],
      },
      {
        words: "in the next migration, which lets writes through",
        sql: [
          `ALTER TABLE ${table.name} VALIDATE CONSTRAINT ${other};`,
          `ALTER TABLE ${table.name} DROP CONSTRAINT ${name};`,
          `ALTER TABLE ${table.name} RENAME CONSTRAINT ${other} TO ${name};`,
        ],
      },
    ),
  });
}

function addsColumn(context: StatementContext, found: TableCommand): void {
  const { table, range } = found;
  context.report({
    ...range,
    message: `the foreign key of the new column blocks ${tablesOf(context, found)} while the default of every row is looked up`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the check is done`,
    help: "add the column without REFERENCES, add the foreign key as NOT VALID, and VALIDATE it in the next migration",
  });
}

/** Nobody waits for a new table, but for the one that it points to, while the rows that were copied are looked up. */
function addsKeyToFilledTable(context: StatementContext): void {
  const { statement, outcome } = context;
  if (!("AlterTableStmt" in statement.node) || outcome.failure) return;
  const own = outcome.locks.find(({ scan, rewrite }) => scan && !rewrite)?.key;
  if (own === undefined || existingTable(context, own) || !rowsWereCopiedInto(context.earlier, own)) return;
  const keys = (statement.node.AlterTableStmt.cmds ?? []).filter(isForeignKey);
  const [parent] = outcome.locks.flatMap(({ key }) => existingTable(context, key) ?? []);
  if (keys.length === 0 || !parent) return;
  const table = plainName(own.slice("table ".length));
  context.report({
    message: `adding a foreign key to ${table}, which this migration filled, blocks writes to ${parent.name} while every row of it is looked up`,
    label: `takes SHARE ROW EXCLUSIVE on ${parent.name} until the check is done`,
    help: "add it before the rows are copied, or as NOT VALID here and VALIDATE it in the next migration",
  });
}

function isForeignKey(node: Node): boolean {
  const def = "AlterTableCmd" in node ? node.AlterTableCmd.def : undefined;
  return (
    def !== undefined &&
    "Constraint" in def &&
    def.Constraint.contype === "CONSTR_FOREIGN" &&
    !def.Constraint.skip_validation
  );
}

function onlyForeignKeys(constraints: readonly unknown[] | undefined): boolean {
  const kinds = (constraints ?? []).map(
    (node) => (node as { Constraint?: { contype?: string } }).Constraint?.contype,
  );
  return kinds.includes("CONSTR_FOREIGN") && !kinds.some((kind) => kind !== undefined && builds.has(kind));
}

const builds = new Set(["CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_CHECK"]);

function whoWaits(context: StatementContext, found: TableCommand): string {
  const tables = tablesOf(context, found);
  if (!isClosed(context, found)) return `writes to ${tables}`;
  const [own, ...others] = tables.split(" and ");
  const rest = others.length > 0 ? `, and writes to ${others.join(" and ")},` : "";
  return `reads and writes of ${own}${rest}`;
}

/** Something else in the transaction or in the statement keeps even readers from the table. */
function isClosed(context: StatementContext, { table }: TableCommand): boolean {
  const held = heldMode(context, table.key);
  const own = context.outcome.locks.filter(({ key }) => key === table.key).map(({ mode }) => mode);
  return [...own, ...(held ? [held] : [])].some((mode) => blocks(mode).reads);
}

function tablesOf(context: StatementContext, { table }: TableCommand): string {
  const others = otherExistingTables(context, table).filter(
    // The partitions of either table are a part of it.
    ({ object }) => object?.attributes.partitionOf === undefined,
  );
  return [table.name, ...others.map(({ name }) => name)].join(" and ");
}
