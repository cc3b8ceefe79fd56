import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { columnsOf } from "../enumerate.ts";
import { narrowing } from "../narrowing.ts";
import { typeSql } from "../new-column-sql.ts";
import { defineRule, type StatementContext } from "../rule.ts";
import { steps } from "../steps.ts";
import { placeOf, type TableCommand, tableCommands } from "../table-command.ts";

export const changeColumnType = defineRule({
  name: "change-column-type",
  summary: "A change of type that writes every row anew.",
  why: "The whole table and its indexes are written anew under ACCESS EXCLUSIVE: nobody reads or writes it until it is done. Values that the new type cannot hold make the migration fail, or are rounded.",
  instead: `Add a column of the new type, keep both alike with a trigger, fill it in batches, and swap the names when the application reads the new one:

\`\`\`sql
ALTER TABLE orders ADD COLUMN total_new bigint;
-- trigger, batches, deployment; then
ALTER TABLE orders DROP COLUMN total;
ALTER TABLE orders RENAME COLUMN total_new TO total;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Nothing is written anew where the bits stay as they are: varchar(n) to a longer one, to varchar or text; numeric(p,s) to a higher precision with the same scale or to numeric; higher precision of times and intervals; cidr to inet; timestamp to timestamptz and back while TimeZone is UTC, since 12 (`ATColumnChangeRequiresRewrite`, src/backend/commands/tablecmds.c; every pair of types is tried on a server by the tests).",
  alsoKnownAs: {
    squawk: "changing-column-type",
    eugene: "E5",
    strong_migrations: "change_column",
    atlas: "PG301",
  },
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id int PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id TYPE bigint;",
        down: "ALTER TABLE orders ALTER COLUMN id TYPE int;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(100));",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar(50);",
        down: "ALTER TABLE users ALTER COLUMN name TYPE varchar(100);",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, seen timestamp);",
        up: "ALTER TABLE users ALTER COLUMN seen TYPE timestamptz USING seen AT TIME ZONE 'UTC';",
        down: "ALTER TABLE users ALTER COLUMN seen TYPE timestamp USING seen AT TIME ZONE 'UTC';",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, settings json);",
        up: "ALTER TABLE users ALTER COLUMN settings TYPE jsonb;",
        down: "ALTER TABLE users ALTER COLUMN settings TYPE json;",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50), price numeric(8,2), seen timestamp(3));",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar(100), ALTER COLUMN price TYPE numeric(12,2), ALTER COLUMN seen TYPE timestamp(6);",
        down: "SELECT 1;",
        note: "Wider than before.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50), net cidr);",
        up: "ALTER TABLE users ALTER COLUMN name TYPE text, ALTER COLUMN net TYPE inet;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, seen timestamp);",
        up: "SET TIME ZONE 'UTC';\nALTER TABLE users ALTER COLUMN seen TYPE timestamptz;",
        down: "SET TIME ZONE 'UTC';\nALTER TABLE users ALTER COLUMN seen TYPE timestamp;",
        note: "The same bits while the session is in UTC.",
      },
      {
        up: "CREATE TABLE orders (id int PRIMARY KEY);\nALTER TABLE orders ALTER COLUMN id TYPE bigint;",
        down: "DROP TABLE orders;",
        note: "The table is new.",
      },
      {
        up: "ALTER TABLE legacy ALTER COLUMN name TYPE text;",
        down: "ALTER TABLE legacy ALTER COLUMN name TYPE varchar(50);",
        note: "Made outside of the folder: its type is not known.",
      },
    ],
  },
  kinds: ["AlterTableStmt"],
  check: {
    statement(context) {
      report(
        context,
        tableCommands(context).filter(
          ({ command, lock }) => command.subtype === "AT_AlterColumnType" && lock.rewrite,
        ),
      );
    },
  },
});

/** All columns of one statement are written in one pass. */
function report(context: StatementContext, found: readonly TableCommand[]): void {
  const [first] = found;
  if (!first) return;
  const { table } = first;
  const changes = found.map((it) => changeOf(context, it));
  const losses = [...new Set(changes.flatMap(({ loss }) => loss ?? []))];
  const alter = `ALTER TABLE ${table.name}`;
  context.report({
    ...placeOf(found),
    message: `changing ${whatOf(table.name, changes)} writes every row of ${table.name} anew${losses.length === 0 ? "" : `, and ${losses.join(", ")}`}`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until all rows are written`,
    help: steps(
      {
        words: "here; then keep both alike with a trigger and fill it in batches",
        sql: changes.map(({ next, type }) => `${alter} ADD COLUMN ${next} ${type};`),
      },
      {
        words: "when the application reads the new one",
        sql: changes.flatMap(({ column, next }) => [
          `${alter} DROP COLUMN ${column};`,
          `${alter} RENAME COLUMN ${next} TO ${column};`,
        ]),
      },
    ),
  });
}

function whatOf(table: string, changes: readonly Change[]): string {
  const [first] = changes;
  if (changes.length === 1 && first) {
    const from = first.before === undefined ? "" : ` from ${first.before}`;
    return `${table}.${first.column}${from} to ${first.type}`;
  }
  return columnsOf(
    table,
    changes.map(({ column, type }) => `${column} to ${type}`),
  );
}

interface Change {
  readonly column: string;
  /** Name of the column that would take its place. */
  readonly next: string;
  /** Unknown of a column that comes from outside of the folder. */
  readonly before: string | undefined;
  readonly type: string;
  readonly loss: string | undefined;
}

function changeOf({ parsed, catalog }: StatementContext, { table, command, range }: TableCommand): Change {
  const column = quoteIdentifier(command.name ?? "");
  const full = table.key.slice("table ".length);
  const before = catalog.get("column", `${full}.${column}`)?.attributes.type;
  const def = command.def && "ColumnDef" in command.def ? command.def.ColumnDef : undefined;
  const type = typeSql(parsed.text, parsed.offsetAt(def?.typeName?.location ?? 0), range.end);
  return {
    column,
    next: quoteIdentifier(`${command.name}_new`),
    before,
    type,
    loss: before === undefined ? undefined : narrowing(before, type),
  };
}
