import { type CatalogObject, keyOf, type ObjectKey } from "../../catalog/model.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { commandsOf } from "../facts/later-commands.ts";
import { placeOf, type TableCommand, tableCommands } from "../facts/table-command.ts";
import { columnsOf } from "../help/enumerate.ts";
import { notNullProof } from "../help/not-null-proof.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const setNotNullScan = defineRule({
  name: "set-not-null-scan",
  summary: "SET NOT NULL that reads the whole table.",
  why: "Every row is read under ACCESS EXCLUSIVE: nobody reads or writes the table until it is done.",
  instead: `Let a constraint be checked first, in migrations of their own:

\`\`\`sql
-- since 18
ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;
-- 12 to 17
ALTER TABLE users ADD CONSTRAINT users_email_set CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_email_set;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_email_set;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Since 12 the scan is left out where a valid CHECK proves that no NULL can exist (ALTER TABLE runs its DROPs first, so the CHECK must go in a statement of its own); since 18 NOT NULL constraints take NOT VALID (manual, ALTER TABLE, and the release notes). Before 12 only the CHECK itself helps.",
  alsoKnownAs: {
    squawk: "adding-not-nullable-field",
    eugene: "E2",
    strong_migrations: "set_not_null",
    atlas: "PG303",
  },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        postgres: 16,
        note: "The CHECK was never validated.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT c CHECK (email IS NOT NULL));",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL, DROP CONSTRAINT c;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL, ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;",
        note: "Within one statement the CHECK is dropped first, and proves nothing any more.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text CHECK (name IS NOT NULL));",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        postgres: 16,
        note: "The CHECK is about another column.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT c NOT NULL email NOT VALID;",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        note: "It validates the constraint, under its own lock.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN plan text DEFAULT 'free';\nALTER TABLE users ALTER COLUMN plan SET NOT NULL;",
        down: "ALTER TABLE users DROP COLUMN plan;",
        note: "NOT NULL where the column is added would read no row.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "TRUNCATE users;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        note: "It has no rows any more.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text CHECK (email IS NOT NULL));",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        note: "A valid CHECK proves it.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL AND email <> '') NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT c;",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT c;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL, ADD CONSTRAINT c CHECK (email IS NOT NULL AND email <> '') NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT c;",
        postgres: 12,
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "SELECT 1;",
        note: "It is NOT NULL already.",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nALTER TABLE events_2024 ALTER COLUMN id SET NOT NULL;",
        up: "ALTER TABLE events ALTER COLUMN id SET NOT NULL;",
        down: "ALTER TABLE events ALTER COLUMN id DROP NOT NULL;",
        note: "Each partition knows it already, and the whole has no rows itself.",
      },
    ],
  },
  kinds: ["AlterTableStmt"],
  check: {
    statement(context) {
      const found = tableCommands(context).filter(
        ({ command, lock }) => command.subtype === "AT_SetNotNull" && lock.scan,
      );
      const [first] = found;
      if (!first) return;
      const { table } = first;
      const columns = found.map(({ command }) => quoteIdentifier(command.name ?? ""));
      // One scan, however many columns it looks at.
      context.report({
        ...placeOf(found),
        message: `SET NOT NULL on ${columnsOf(table.name, columns)} blocks reads and writes of ${table.name} while every row is checked`,
        label: `takes ACCESS EXCLUSIVE on ${table.name} until the check is done`,
        help: helpFor(context, first, columns),
      });
    },
  },
});

function helpFor(context: StatementContext, first: TableCommand, columns: readonly string[]): string {
  const { postgres } = context;
  const { table } = first;
  const alter = `ALTER TABLE ${table.name}`;
  const [column = "", ...more] = columns;
  const begun = more.length === 0 ? begunProof(context, table.key, column) : undefined;
  if (begun && postgres >= 12) {
    const validate = `${alter} VALIDATE CONSTRAINT ${quoteIdentifier(lastPart(begun.name))};`;
    const set = `${alter} ALTER COLUMN ${column} SET NOT NULL;`;
    return steps(
      { words: "here, while others read and write", sql: [validate] },
      ...(begun.attributes.type === "check"
        ? [{ words: "in the next migration, now without a scan", sql: [set] }]
        : []),
    );
  }
  if (postgres >= 11 && columns.every((it) => isAddedWithDefault(context, table.key, it)))
    return "write NOT NULL where the column is added: its default fills every row, so none is looked at";
  const dropped = more.length === 0 ? droppedProof(context, table.key, column) : undefined;
  if (dropped !== undefined && postgres >= 12) {
    return steps(
      {
        words: "while the CHECK is there, which proves it",
        sql: [`${alter} ALTER COLUMN ${column} SET NOT NULL;`],
      },
      { words: "then, as a statement of its own", sql: [`${alter} DROP CONSTRAINT ${dropped};`] },
    );
  }
  const all = columns.map((it) => notNullProof(context, first, it));
  return steps(
    { words: "here, for new rows only", sql: all.map(({ add }) => add) },
    { words: "in the next migration", sql: all.map(({ validate }) => validate) },
    ...(postgres >= 12 && postgres < 18
      ? [
          {
            words: "in the one after it, now without a scan",
            sql: all.flatMap(({ column: it, drop }) => [
              `${alter} ALTER COLUMN ${it} SET NOT NULL;`,
              ...(drop === undefined ? [] : [drop]),
            ]),
          },
        ]
      : []),
  );
}

/** A constraint of an earlier migration that says it already, of new rows only. */
function begunProof(
  { catalog, existedBefore }: StatementContext,
  table: ObjectKey,
  column: string,
): CatalogObject<"constraint"> | undefined {
  for (const child of catalog.childrenOf(table)) {
    if (child.kind !== "constraint" || !child.attributes.notValidated) continue;
    if (!existedBefore(`constraint ${child.name}`)) continue;
    const { type, columns, definition } = child.attributes;
    const says =
      type === "not null" ? columns.includes(column) : definition.includes(`(${column} IS NOT NULL)`);
    if (says) return child;
  }
  return undefined;
}

/** A CHECK that proves it, and that another subcommand drops: PostgreSQL drops first, in whatever order they stand. */
function droppedProof(
  { catalog, statement }: StatementContext,
  table: ObjectKey,
  column: string,
): string | undefined {
  for (const { subtype, name } of commandsOf(statement.node)) {
    if (subtype !== "AT_DropConstraint" || name === undefined) continue;
    const dropped = quoteIdentifier(name);
    const check = catalog.get("constraint", `${table.slice("table ".length)}.${dropped}`);
    if (check?.attributes.type !== "check" || check.attributes.notValidated) continue;
    if (check.attributes.definition.includes(`(${column} IS NOT NULL)`)) return dropped;
  }
  return undefined;
}

/** Added by this script, with a value for the rows that are there. */
function isAddedWithDefault(
  { catalog, earlier }: StatementContext,
  table: ObjectKey,
  column: string,
): boolean {
  const key = keyOf("column", `${table.slice("table ".length)}.${column}`);
  const object = catalog.at(key);
  if (object?.kind !== "column" || object.attributes.default === undefined) return false;
  return earlier.some(({ statement: { node }, outcome }) => {
    if (!outcome.effects.some((effect) => effect.action === "create" && effect.key === key)) return false;
    return commandsOf(node).some(
      ({ subtype, def }) =>
        subtype === "AT_AddColumn" &&
        def !== undefined &&
        "ColumnDef" in def &&
        quoteIdentifier(def.ColumnDef.colname ?? "") === column &&
        (def.ColumnDef.constraints ?? []).some(
          (it) => "Constraint" in it && it.Constraint.contype === "CONSTR_DEFAULT",
        ),
    );
  });
}
