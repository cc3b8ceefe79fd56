import type { ColumnDef, Constraint } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { createdConstraint } from "../created-constraint.ts";
import { isPartitioned } from "../existing-table.ts";
import { indexColumns, scratchIndexName } from "../index-sql.ts";
import { partitionedKeyHelp } from "../partitioned-key.ts";
import { isRequired } from "../required-column.ts";
import { defineRule, type StatementContext } from "../rule.ts";
import { steps } from "../steps.ts";
import { type TableCommand, tableCommands } from "../table-command.ts";

export const uniqueConstraintBuild = defineRule({
  name: "unique-constraint-build",
  summary: "A UNIQUE constraint that builds its index under lock.",
  why: "The index is built under ACCESS EXCLUSIVE: nobody reads or writes the table until it is done.",
  instead: `Build the index first, alone in a migration, then make it the constraint:

\`\`\`sql
-- first migration, alone in its file
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
-- next migration
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "ADD UNIQUE takes ACCESS EXCLUSIVE; with USING INDEX nothing is built (manual, ALTER TABLE). USING INDEX is not possible on a partitioned table.",
  alsoKnownAs: {
    squawk: "disallowed-unique-constraint",
    eugene: "E7",
    strong_migrations: "add_unique_constraint",
    atlas: "PG105",
  },
  kinds: ["AlterTableStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
        down: "ALTER TABLE users DROP CONSTRAINT users_email_key;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN email text UNIQUE;",
        down: "ALTER TABLE users DROP COLUMN email;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN code text NOT NULL DEFAULT '' UNIQUE;",
        down: "ALTER TABLE users DROP COLUMN code;",
        note: "Two rows are enough for it to fail: both get the default.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "ALTER TABLE ONLY events ADD CONSTRAINT events_id_at_key UNIQUE (id, at);",
        down: "ALTER TABLE events DROP CONSTRAINT events_id_at_key;",
        note: "Nothing is built: it is valid once every partition has one of its own.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);",
        up: "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;",
        down: "ALTER TABLE users DROP CONSTRAINT users_email_key;\nCREATE UNIQUE INDEX users_email_key ON users (email);",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD UNIQUE (email);",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN IF NOT EXISTS id bigint UNIQUE;",
        down: "SELECT 1;",
        note: "The column is there: nothing is built.",
      },
    ],
  },
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        const { def } = found.command;
        if (!def || !found.lock.scan || found.lock.rewrite) continue;
        if ("Constraint" in def && def.Constraint.contype === "CONSTR_UNIQUE") {
          addsConstraint(context, found, def.Constraint);
        }
        if ("ColumnDef" in def && isUnique(def.ColumnDef) && !isRequired(def.ColumnDef))
          addsColumn(context, found, def.ColumnDef);
      }
    },
  },
});

function isUnique({ constraints }: ColumnDef): boolean {
  const kinds = (constraints ?? []).map((node) =>
    "Constraint" in node ? node.Constraint.contype : undefined,
  );
  return kinds.includes("CONSTR_UNIQUE") && !kinds.includes("CONSTR_PRIMARY");
}

/** Where no row is written anew, each has the one value of the default. */
function sharesDefault({ constraints }: ColumnDef): boolean {
  return (constraints ?? []).some((node) => {
    const value = "Constraint" in node ? node.Constraint : undefined;
    if (value?.contype !== "CONSTR_DEFAULT" || !value.raw_expr) return false;
    return !("A_Const" in value.raw_expr && value.raw_expr.A_Const.isnull);
  });
}

function addsConstraint(context: StatementContext, found: TableCommand, constraint: Constraint): void {
  const { table, place } = found;
  const name = createdConstraint(context, found) ?? scratchIndexName(table.name, constraint.keys, "key");
  const columns = indexColumns(constraint);
  const deferrable = constraint.deferrable
    ? ` DEFERRABLE${constraint.initdeferred ? " INITIALLY DEFERRED" : ""}`
    : "";
  context.report({
    ...place,
    message: `the UNIQUE constraint ${name} blocks reads and writes of ${table.name} while its index is built`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the build is done`,
    help: isPartitioned(table)
      ? partitionedKeyHelp(context, found, constraint, name)
      : steps(
          {
            words: "in a migration of its own",
            sql: [`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table.name} ${columns};`],
          },
          {
            words: "in the next one",
            sql: [
              `ALTER TABLE ${table.name} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}${deferrable};`,
            ],
          },
        ),
  });
}

function addsColumn(context: StatementContext, { table, range }: TableCommand, column: ColumnDef): void {
  const key = [{ String: { sval: column.colname ?? "" } }];
  const name = scratchIndexName(table.name, key, "key");
  const fails = sharesDefault(column)
    ? `fails as soon as ${table.name} has two rows, which get the same default, and `
    : "";
  context.report({
    ...range,
    message: `UNIQUE on the new column ${quoteIdentifier(column.colname ?? "")} ${fails}blocks reads and writes of ${table.name} while its index is built`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the build is done`,
    help: steps(
      {
        words: `here without ${fails ? "DEFAULT and UNIQUE, and filled in batches" : "UNIQUE"}; then in a migration of its own`,
        sql: [`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table.name} ${indexColumns({ keys: key })};`],
      },
      {
        words: "in the next one",
        sql: [`ALTER TABLE ${table.name} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name};`],
      },
    ),
  });
}
