import type { Node } from "@pgsql/types";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { isRequired } from "../facts/required-column.ts";
import { isFollowed } from "../facts/sure-failure.ts";
import { defineRule, type MigrationContext } from "../rule.ts";

export const downNotNull = defineRule({
  name: "down-not-null",
  summary: "The down makes a column NOT NULL that may hold NULLs by then.",
  why: "Between up and down the application writes rows without the value, or the column comes back empty: PostgreSQL refuses the NOT NULL (23502) and the rollback stops there.",
  instead: `Fill what is missing before the NOT NULL:

\`\`\`sql
UPDATE users SET email = '' WHERE email IS NULL;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "SET NOT NULL and ADD COLUMN … NOT NULL without a default fail on rows without a value (manual, ALTER TABLE).",
  directions: ["down"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users DROP COLUMN email;",
        down: "ALTER TABLE users ADD COLUMN email text NOT NULL;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, active boolean NOT NULL);",
        up: "ALTER TABLE users DROP COLUMN active;",
        down: "ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT false;\nALTER TABLE users ALTER COLUMN active DROP DEFAULT;",
        note: "The default fills the rows before it is dropped.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        down: "UPDATE users SET email = '' WHERE email IS NULL;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        note: "What is missing is filled.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL DEFAULT '');",
        up: "ALTER TABLE users DROP COLUMN email;",
        down: "ALTER TABLE users ADD COLUMN email text NOT NULL DEFAULT '';",
      },
      {
        before: "CREATE TABLE users (id bigint NOT NULL);",
        up: "DROP TABLE users;",
        down: "CREATE TABLE users (id bigint NOT NULL);",
        note: "A new table has no rows.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        down: "-- switchback: lossy rows without an address go\nDELETE FROM users WHERE email IS NULL;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        note: "Rows without a value are deleted.",
      },
    ],
  },
  check: { migration },
});

function migration(context: MigrationContext): void {
  const { down, start, afterUp, catalog } = context;
  if (!down || !isFollowed(context)) return;
  const written = new Set<string>();
  for (const { statement, outcome } of down.steps) {
    if (outcome.failure) return;
    for (const effect of outcome.effects) if (effect.action === "write") written.add(effect.key);
    const forced = forcedColumns(statement.node);
    if (forced.size === 0) continue;
    for (const effect of outcome.effects) {
      if (
        !forced.has(lastPart(effect.key)) ||
        !effect.key.startsWith("column ") ||
        (effect.action !== "alter" && effect.action !== "create")
      )
        continue;
      const [before, then, now] = [
        catalog.atSavepoint(start, effect.key),
        catalog.atSavepoint(afterUp, effect.key),
        catalog.at(effect.key),
      ];
      if (before?.kind !== "column" || now?.kind !== "column" || !now.attributes.notNull) continue;
      const table = now.parent ?? "";
      // Only on a table that kept its rows, and where nothing wrote the missing values.
      if (written.has(table) || catalog.atSavepoint(afterUp, table) === undefined) continue;
      const returns = then === undefined && hasNoValue(now.attributes);
      const narrows =
        then?.kind === "column" && then.attributes.notNull === undefined && effect.action === "alter";
      if (!returns && !narrows) continue;
      const name = plainName(now.name);
      context.report(down.script, {
        start: statement.start,
        end: statement.end,
        message: returns
          ? `the down adds ${name} as NOT NULL without a default, which fails as soon as the table has a row`
          : `the down makes ${name} NOT NULL, which fails as soon as one row was written without it`,
        label: "rows without a value stop the rollback",
        help: returns
          ? "give it a default, or add it nullable"
          : "fill or delete the rows without a value before it",
      });
      break;
    }
  }
}

function hasNoValue(column: {
  readonly default?: string;
  readonly identity?: string;
  readonly generated?: string;
}) {
  return column.default === undefined && column.identity === undefined && column.generated === undefined;
}

/** Columns that an ALTER TABLE adds or makes NOT NULL. */
function forcedColumns(node: Node): ReadonlySet<string> {
  const names = new Set<string>();
  if (!("AlterTableStmt" in node)) return names;
  for (const it of node.AlterTableStmt.cmds ?? []) {
    if (!("AlterTableCmd" in it)) continue;
    const { subtype, name, def } = it.AlterTableCmd;
    if (subtype === "AT_SetNotNull" && name !== undefined) names.add(name);
    // A default that a later statement drops has filled the rows by then.
    if (subtype === "AT_AddColumn" && def && "ColumnDef" in def && isRequired(def.ColumnDef))
      names.add(def.ColumnDef.colname ?? "");
  }
  return names;
}
