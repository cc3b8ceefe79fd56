import type { Node } from "@pgsql/types";
import { narrowing } from "../../catalog/narrowing.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { chooseName } from "../../catalog/simulate/generated-names.ts";
import { existingTable } from "../facts/existing-table.ts";
import { remade, remadeSteps } from "../facts/remade.ts";
import { placeOf, type TableCommand, tableCommands } from "../facts/table-command.ts";
import { changesType } from "../help/dependents-words.ts";
import { columnsOf, enumerate } from "../help/enumerate.ts";
import { heldByColumn } from "../help/held-by-column.ts";
import { collateSql, typeSql } from "../help/new-column-sql.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const changeColumnType = defineRule({
  name: "change-column-type",
  summary: "A change of type that writes every row anew, or goes through them for an index or a CHECK.",
  why: "The whole table and its indexes are written anew under ACCESS EXCLUSIVE: nobody reads or writes it until it is done. Values that the new type cannot hold make the migration fail, or are rounded or cut.",
  instead: `Add a column of the new type, keep both alike with a trigger, fill it in batches, and let it take the old one's name, in one transaction that drops the trigger too:

\`\`\`sql
ALTER TABLE orders ADD COLUMN total_new bigint;
-- trigger, batches, its indexes and constraints; then in one transaction
DROP TRIGGER orders_total_new ON orders;
ALTER TABLE orders DROP COLUMN total;
ALTER TABLE orders RENAME COLUMN total_new TO total;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Nothing is written anew where the bits stay as they are: varchar(n) to a longer one, to varchar or text; numeric(p,s) to a higher precision with the same scale or to numeric; higher precision of times and intervals; cidr to inet; timestamp to timestamptz and back while TimeZone is UTC, since 12 (`ATColumnChangeRequiresRewrite`, src/backend/commands/tablecmds.c; every pair of types is tried on a server by the tests). Even then the CHECKs of the column are tried again, and its indexes with an expression, with a WHERE, or with another collation or other operators than before are built again under the same lock (`CheckIndexCompatible`, src/backend/commands/indexcmds.c).",
  alsoKnownAs: {
    squawk: "changing-column-type",
    eugene: "E5",
    strong_migrations: "change_column",
    atlas: "PG301",
  },
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE events (at date, kind varchar(10)) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nCREATE INDEX events_kind_idx ON events (kind);",
        up: "ALTER TABLE events ALTER COLUMN kind TYPE varchar(20);",
        down: "ALTER TABLE events ALTER COLUMN kind TYPE varchar(10);",
        note: "No row is written anew, but the indexes of the partitions are always built again.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(100));",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar(200) USING name::text;",
        down: "ALTER TABLE users ALTER COLUMN name TYPE varchar(100);",
        note: "varchar(200) alone would do without; text has no length, and each value is tried.",
      },
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
        before: "CREATE TABLE orders (id serial PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id SET DATA TYPE bigserial;",
        down: "SELECT 1;",
        note: "There is no such type: only CREATE TABLE and ADD COLUMN know serial. Schema diffs write it.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, code text);",
        up: "ALTER TABLE orders ALTER COLUMN code TYPE integer;",
        down: "SELECT 1;",
        note: "No cast leads there by itself: PostgreSQL wants a USING.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(100));",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar(50) USING name::varchar(50);",
        down: "ALTER TABLE users ALTER COLUMN name TYPE varchar(100);",
        note: "The cast cuts what is longer, where the type alone would refuse it.",
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
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100));\nCREATE INDEX users_email_lower_idx ON users (lower(email));",
        up: "ALTER TABLE users ALTER COLUMN email TYPE text;",
        down: "SELECT 1;",
        note: "No row is written, but an index over an expression is built again.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50) CONSTRAINT name_given CHECK (name <> ''));",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar(100);",
        down: "SELECT 1;",
        note: "The CHECK is tried on every row.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE INDEX users_name_idx ON users (name);",
        up: 'ALTER TABLE users ALTER COLUMN name TYPE text COLLATE "C";',
        down: "ALTER TABLE users ALTER COLUMN name TYPE text;",
        note: "The index sorts by another collation.",
      },
      {
        before: "CREATE EXTENSION citext;\nCREATE TABLE users (id bigint PRIMARY KEY, name text UNIQUE);",
        up: "ALTER TABLE users ALTER COLUMN name TYPE citext;",
        down: "ALTER TABLE users ALTER COLUMN name TYPE text;",
        note: "citext has the bits of text, and an order of its own.",
      },
      {
        before:
          "CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);",
        up: "ALTER TABLE orders ALTER COLUMN user_id TYPE bigint;",
        down: "ALTER TABLE orders ALTER COLUMN user_id TYPE int;",
        note: "Its foreign key is made again, which locks users too.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));\nCREATE UNIQUE INDEX ON users (name);\nALTER TABLE users ADD CONSTRAINT c CHECK (name <> '') NOT VALID;",
        up: "ALTER TABLE users ALTER COLUMN name TYPE varchar(100);",
        down: "SELECT 1;",
        note: "The index sorts as before, and the CHECK was never validated.",
      },
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
      const refused = refusal(context);
      if (refused) {
        context.report(refused);
        return;
      }
      const changes = tableCommands(context).filter(
        ({ command }) => command.subtype === "AT_AlterColumnType",
      );
      const rewriting = changes.filter(({ lock }) => lock.rewrite);
      if (rewriting.length > 0) report(context, rewriting);
      else
        reportRemade(
          context,
          changes.filter(({ lock }) => lock.scan),
        );
    },
  },
});

/** What PostgreSQL does not do at all writes no row. */
function refusal({ statement, outcome: { failure } }: StatementContext) {
  if (failure?.reason !== "refused" || !changesType(statement, failure.key)) return undefined;
  return {
    message: `the migration fails: ${failure.why}`,
    label: "refused by PostgreSQL",
    help: failure.help,
  };
}

/** All columns of one statement are written in one pass. */
function report(context: StatementContext, found: readonly TableCommand[]): void {
  const [first] = found;
  if (!first) return;
  const { table } = first;
  const changes = found.map((it) => changeOf(context, it));
  const losses = [...new Set(changes.flatMap(({ loss }) => loss ?? []))];
  const alter = `ALTER TABLE ${table.name}`;
  const tied = tiedTables(context, found);
  const others =
    tied.length === 0
      ? ""
      : `, and locks ${enumerate(tied)} as well for ${tied.length === 1 ? "a foreign key" : "foreign keys"}`;
  context.report({
    ...placeOf(found),
    message: `changing ${whatOf(table.name, changes)} writes every row of ${table.name} anew${others}${losses.length === 0 ? "" : `, and ${losses.join(", ")}`}`,
    label: `takes ACCESS EXCLUSIVE on ${enumerate([table.name, ...tied])} until all rows are written`,
    help: steps(
      {
        words: "here; then keep both alike with a trigger and fill it in batches",
        sql: changes.map(({ next, type }) => `${alter} ADD COLUMN ${next} ${type};`),
      },
      {
        words: swapWords(changes),
        sql: changes.flatMap(({ column, next }) => [
          `${alter} DROP COLUMN ${column};`,
          `${alter} RENAME COLUMN ${next} TO ${column};`,
        ]),
      },
    ),
  });
}

/** At the other ends of foreign keys, which are made again: nobody reads or writes those tables meanwhile either. */
function tiedTables(context: StatementContext, found: readonly TableCommand[]): string[] {
  const written = new Set(found.map(({ index }) => index));
  const keys = context.outcome.locks
    .filter(
      ({ command, rewrite, scan }) => command !== undefined && written.has(command) && !rewrite && !scan,
    )
    .map(({ key }) => key);
  return [...new Set(keys)].flatMap((key) => existingTable(context, key)?.name ?? []);
}

/** The rows stay as they are, but somebody goes through them before anybody else gets to them. */
function reportRemade(context: StatementContext, found: readonly TableCommand[]): void {
  const [first] = found;
  if (!first) return;
  const { table } = first;
  const columns = found.map(({ command }) => quoteIdentifier(command.name ?? ""));
  const objects = remade(context, table);
  const ways = remadeSteps(context, table, objects);
  const work = (["index", "constraint"] as const).flatMap((kind) => {
    const names = objects.filter((it) => it.kind === kind).map(({ name }) => quoteIdentifier(lastPart(name)));
    const verb = `${names.length === 1 ? "is" : "are"} ${kind === "index" ? "built" : "checked"}`;
    return names.length === 0 ? [] : [`${enumerate(names)} ${verb}`];
  });
  context.report({
    ...placeOf(found),
    why: "No row is written anew, but under ACCESS EXCLUSIVE nobody reads or writes the table until it is done.",
    message: `changing the type of ${columnsOf(table.name, columns)} blocks reads and writes of ${table.name} while ${work.join(" and ")} again`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until that is done`,
    help: ways
      ? steps(
          { words: "take away in migrations before it, each index alone in its file", sql: ways.away },
          { words: "and make again in migrations after it", sql: ways.again },
        )
      : "set a lock_timeout and choose a quiet hour: there is no way to build it beforehand",
  });
}

/** The old name is never gone, and after it nothing may name the old column. */
function swapWords(changes: readonly Change[]): string {
  const held = changes.flatMap(({ next, held: it }) =>
    it === undefined ? [] : [`${next} has ${it} as well`],
  );
  const when = ["when no row differs", ...held].join(", and ");
  return `${when}, in one transaction that drops the trigger too`;
}

function whatOf(table: string, changes: readonly Change[]): string {
  const [first] = changes;
  if (changes.length === 1 && first) {
    const from = first.before === undefined ? "" : ` from ${plainName(first.before)}`;
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
  /** What goes with the old column. */
  readonly held: string | undefined;
}

function changeOf({ parsed, catalog }: StatementContext, { table, command, range }: TableCommand): Change {
  const column = quoteIdentifier(command.name ?? "");
  const full = table.key.slice("table ".length);
  const before = catalog.get("column", `${full}.${column}`)?.attributes.type;
  const def = command.def && "ColumnDef" in command.def ? command.def.ColumnDef : undefined;
  const written = typeSql(parsed.text, parsed.offsetAt(def?.typeName?.location ?? 0), range.end);
  const type = `${written}${collateSql(def)}`;
  const next = chooseName(command.name ?? "", undefined, "new", (name) =>
    catalog.has(`column ${full}.${quoteIdentifier(name)}`),
  );
  const way = def?.raw_default && usingWay(def.raw_default);
  return {
    column,
    next: quoteIdentifier(next),
    before,
    type,
    held: heldByColumn(catalog, `${full}.${column}`),
    loss: before === undefined || way === "computed" ? undefined : narrowing(before, written, way === "cast"),
  };
}

/** What USING makes of the values: nothing, a cast that knows the limit, or what only PostgreSQL can tell. */
function usingWay(node: Node): "plain" | "cast" | "computed" {
  if ("ColumnRef" in node) return "plain";
  if (!("TypeCast" in node) || !node.TypeCast.arg) return "computed";
  const inner = usingWay(node.TypeCast.arg);
  return inner === "plain" && (node.TypeCast.typeName?.typmods ?? []).length > 0 ? "cast" : inner;
}
