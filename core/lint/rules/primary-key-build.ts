import type { Constraint } from "@pgsql/types";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { createdConstraint } from "../created-constraint.ts";
import { isPartitioned } from "../existing-table.ts";
import { indexColumns, scratchIndexName } from "../index-sql.ts";
import { partitionedKeyHelp } from "../partitioned-key.ts";
import { defineRule, type StatementContext } from "../rule.ts";
import { type Step, steps } from "../steps.ts";
import { type TableCommand, tableCommands } from "../table-command.ts";

export const primaryKeyBuild = defineRule({
  name: "primary-key-build",
  summary: "A primary key that builds its index, or looks for NULLs, under lock.",
  why: "The index is built, and columns that may be NULL are read, under ACCESS EXCLUSIVE: nobody reads or writes the table until it is done.",
  instead: `Make the columns NOT NULL and build the index first, then make it the key:

\`\`\`sql
-- alone in its migration
CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON users (id);
-- next migration, once id is NOT NULL
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "ADD PRIMARY KEY takes ACCESS EXCLUSIVE; with USING INDEX nothing is built, but columns that are not NOT NULL yet are set so with a scan, unless a valid CHECK proves it (manual, ALTER TABLE).",
  alsoKnownAs: { squawk: "adding-serial-primary-key-field", eugene: "W14", atlas: "PG104" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint NOT NULL);",
        up: "ALTER TABLE users ADD PRIMARY KEY (id);",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;",
      },
      {
        before: "CREATE TABLE users (id bigint);\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        up: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;\nALTER TABLE users ALTER COLUMN id DROP NOT NULL;\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        note: "The column may hold NULL, so the table is read.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "ALTER TABLE ONLY events ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);",
        down: "ALTER TABLE events DROP CONSTRAINT events_pkey;",
        note: "Nothing is built: it is valid once every partition has a key of its own.",
      },
      {
        before: "CREATE TABLE users (id bigint NOT NULL);\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        up: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;\nCREATE UNIQUE INDEX users_pkey ON users (id);",
      },
      {
        before:
          "CREATE TABLE users (id bigint CHECK (id IS NOT NULL));\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        up: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;\nALTER TABLE users ALTER COLUMN id DROP NOT NULL;\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        note: "A valid CHECK proves that no NULL is there.",
      },
      {
        up: "CREATE TABLE users (id bigint);\nALTER TABLE users ADD PRIMARY KEY (id);",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        up: "CREATE TEMP TABLE import AS SELECT 1 AS id;\nALTER TABLE import ADD PRIMARY KEY (id);",
        down: "SELECT 1;",
        note: "Nobody else sees a temporary table.",
      },
    ],
  },
  kinds: ["AlterTableStmt"],
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        const { def } = found.command;
        if (!def || !("Constraint" in def) || def.Constraint.contype !== "CONSTR_PRIMARY") continue;
        if (!found.lock.scan || found.lock.rewrite) continue;
        if (def.Constraint.indexname) adopts(context, found, def.Constraint);
        else builds(context, found, def.Constraint);
      }
    },
  },
});

function builds(context: StatementContext, found: TableCommand, constraint: Constraint): void {
  const { table, place } = found;
  const name = createdConstraint(context, found) ?? scratchIndexName(table.name, constraint.keys, "pkey");
  const nullable = nullableColumns(context, found, strings(constraint.keys));
  const first = notNullFirst(found, nullable);
  context.report({
    ...place,
    message: `the primary key ${name} blocks reads and writes of ${table.name} while its index is built`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the build is done`,
    help: isPartitioned(table)
      ? partitionedKeyHelp(context, found, constraint, name, first)
      : steps(
          ...first,
          {
            words: "in a migration of its own",
            sql: [`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table.name} ${indexColumns(constraint)};`],
          },
          {
            words: "in the next one",
            sql: [`ALTER TABLE ${table.name} ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${name};`],
          },
        ),
  });
}

function adopts(context: StatementContext, found: TableCommand, constraint: Constraint): void {
  const { table, place } = found;
  const index = indexNamed(context, found, constraint.indexname ?? "");
  const nullable = nullableColumns(context, found, index?.map(lastPart) ?? []);
  context.report({
    ...place,
    message: `making ${table.name}.${nullable.join(", ")} NOT NULL for the primary key blocks reads and writes of ${table.name} while every row is checked`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the check is done`,
    help: steps(...notNullFirst(found, nullable)),
  });
}

function indexNamed(context: StatementContext, { table }: TableCommand, name: string) {
  for (const child of context.catalog.childrenOf(table.key)) {
    if (child.kind === "index" && lastPart(child.name) === name) return child.attributes.columns;
  }
  return undefined;
}

function nullableColumns(
  { catalog }: StatementContext,
  { table }: TableCommand,
  columns: readonly string[],
): string[] {
  const full = table.key.slice("table ".length);
  return columns.flatMap((column) => {
    const name = quoteIdentifier(column);
    return catalog.get("column", `${full}.${name}`)?.attributes.notNull ? [] : [name];
  });
}

function notNullFirst({ table }: TableCommand, columns: readonly string[]): Step[] {
  if (columns.length === 0) return [];
  const alter = `ALTER TABLE ${table.name}`;
  return [
    {
      words: "first let a check prove that no NULL is left, in two migrations",
      sql: columns.flatMap((column) => {
        const name = quoteIdentifier(`${lastPart(table.name)}_${lastPart(column)}_set`);
        return [
          `${alter} ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID;`,
          `${alter} VALIDATE CONSTRAINT ${name};`,
        ];
      }),
    },
  ];
}
