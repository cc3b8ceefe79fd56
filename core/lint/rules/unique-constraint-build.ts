import type { ColumnDef, Constraint } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { isPartitioned } from "../facts/existing-table.ts";
import { isRequired } from "../facts/required-column.ts";
import { hasDefault, shareDefault } from "../facts/shared-default.ts";
import { type TableCommand, tableCommands } from "../facts/table-command.ts";
import { createdConstraint } from "../help/created-constraint.ts";
import { freeName } from "../help/free-name.ts";
import { deferrability, inConstraint, indexOf, namedColumns, withDeferrability } from "../help/index-sql.ts";
import { noIndexBefore } from "../help/no-index-before.ts";
import { partitionSteps } from "../help/partition-steps.ts";
import { type Step, steps } from "../help/steps.ts";
import { fillFirst, withoutTwins } from "../help/two-rows.ts";
import { defineRule, type StatementContext } from "../rule.ts";

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
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN code text NOT NULL DEFAULT '';\nALTER TABLE users ADD CONSTRAINT users_code_key UNIQUE (code);",
        down: "ALTER TABLE users DROP COLUMN code;",
        note: "The same in two statements.",
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
      {
        before:
          "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nALTER TABLE events_2024 ADD CONSTRAINT events_2024_key UNIQUE (id, at);",
        up: "ALTER TABLE events ADD CONSTRAINT events_key UNIQUE (id, at);",
        down: "ALTER TABLE events DROP CONSTRAINT events_key;",
        note: "Each partition has it already.",
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

function addsConstraint(context: StatementContext, found: TableCommand, constraint: Constraint): void {
  const { table, place } = found;
  const columns = strings(constraint.keys);
  const name = createdConstraint(context, found) ?? nameFor(context, found, columns);
  const fails = shareDefault(context, table.key, columns);
  const help =
    cannotAdopt(context, found, constraint, { name, columns }) ??
    steps(...buildSteps(found, constraint, name, columns));
  context.report({
    ...place,
    message: `the UNIQUE constraint ${name} ${fails ? `${withoutTwins(table.name)}, and ` : ""}blocks reads and writes of ${table.name} while its index is built`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the build is done`,
    help: fails ? fillFirst(columns, help) : help,
  });
}

/** Where the constraint cannot simply take over an index that was built before. */
function cannotAdopt(
  { catalog }: StatementContext,
  { table }: TableCommand,
  constraint: Constraint,
  { name, columns }: { readonly name: string; readonly columns: readonly string[] },
): string | undefined {
  if (constraint.without_overlaps) return noIndexBefore;
  if (!isPartitioned(table)) return undefined;
  const nulls = constraint.nulls_not_distinct ? " NULLS NOT DISTINCT" : "";
  const rest = indexOf(constraint, columns);
  const suffix = deferrability(constraint);
  const definition = `UNIQUE${nulls} ${indexOf({ ...constraint, nulls_not_distinct: false }, columns, inConstraint)}${suffix}`;
  const parts = partitionSteps(catalog, table, {
    name,
    columns: namedColumns({ ...constraint, keys: columns.map((sval) => ({ String: { sval } })) }),
    label: "key",
    create: "CREATE UNIQUE INDEX",
    rest,
    constraint: { type: "UNIQUE", definition, suffix },
  });
  return parts ? steps(...parts) : "add it to each partition first";
}

function nameFor({ catalog }: StatementContext, { table }: TableCommand, columns: readonly string[]): string {
  return freeName(catalog, table.key.slice("table ".length), columns, "key");
}

function buildSteps(
  { table }: TableCommand,
  constraint: Constraint,
  name: string,
  columns: readonly string[],
): Step[] {
  const key = `UNIQUE USING INDEX ${name}${deferrability(constraint)}`;
  return [
    {
      words: "in a migration of its own",
      sql: [`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table.name} ${indexOf(constraint, columns)};`],
    },
    { words: "in the next one", sql: [`ALTER TABLE ${table.name} ADD CONSTRAINT ${name} ${key};`] },
  ];
}

function addsColumn(context: StatementContext, found: TableCommand, column: ColumnDef): void {
  const { table, range } = found;
  const columns = [column.colname ?? ""];
  const written = uniqueOf(column);
  if (!written) return;
  const name =
    written.conname === undefined ? nameFor(context, found, columns) : quoteIdentifier(written.conname);
  const fails = hasDefault(column) ? `${withoutTwins(table.name)}, and ` : "";
  const here = `here without ${fails ? "DEFAULT and UNIQUE, and filled in batches" : "UNIQUE"}; then `;
  const [build, adopt] = buildSteps(found, written, name, columns);
  const partitioned = cannotAdopt(context, found, written, { name, columns });
  context.report({
    ...range,
    message: `UNIQUE on the new column ${quoteIdentifier(column.colname ?? "")} ${fails}blocks reads and writes of ${table.name} while its index is built`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the build is done`,
    help:
      partitioned !== undefined || !build || !adopt
        ? (partitioned ?? "")
        : steps({ ...build, words: `${here}${build.words}` }, adopt),
  });
}

/** The constraint behind the column, with what is written behind it. */
function uniqueOf({ constraints = [] }: ColumnDef): Constraint | undefined {
  for (const node of constraints) {
    if ("Constraint" in node && node.Constraint.contype === "CONSTR_UNIQUE")
      return withDeferrability(node.Constraint, constraints);
  }
  return undefined;
}
