import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { isReplaced } from "../facts/column-swap.ts";
import { columnWasCopied } from "../facts/copied-rows.ts";
import { declareLoss, isDeclaredLossy } from "../facts/declared.ts";
import { existingTable } from "../facts/existing-table.ts";
import { insidePlace } from "../facts/inside-place.ts";
import { commandsOf } from "../facts/later-commands.ts";
import { type Ran, ranStatements } from "../facts/ran-statements.ts";
import { type TableCommand, tableCommands } from "../facts/table-command.ts";
import { freeTableName } from "../help/free-name.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const dropColumn = defineRule({
  name: "drop-column",
  summary: "A column that was there before this migration is dropped.",
  why: "Its values are gone for good: the down can add the column again, but empty. Code that still names the column fails at once, and so do prepared statements that select it.",
  instead: `Deploy code that no longer uses the column first, keep a copy of the values, and drop it after that:

\`\`\`sql
CREATE TABLE users_phone_backup AS SELECT id, phone FROM users;
-- a later migration
ALTER TABLE users DROP COLUMN phone;
\`\`\`

Where the loss is meant, write \`-- switchback: lossy <reason>\`.`,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Indexes and constraints of the column, also those over several columns, fall with it (manual, ALTER TABLE).",
  alsoKnownAs: { squawk: "ban-drop-column", atlas: "DS103", strong_migrations: "remove_column" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, phone text);",
        up: "CREATE TABLE audited AS SELECT id FROM users;\nALTER TABLE users DROP COLUMN phone;",
        down: "ALTER TABLE users ADD COLUMN phone text;\nDROP TABLE audited;",
        note: "Other columns were copied.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, shop_id bigint);\nCREATE TABLE orders (id bigint PRIMARY KEY, shop_id bigint);",
        up: "ALTER TABLE users ADD COLUMN venue_id bigint;\nUPDATE users SET venue_id = 1 WHERE shop_id = 7;\nALTER TABLE orders DROP COLUMN shop_id;",
        down: "ALTER TABLE orders ADD COLUMN shop_id bigint;\nALTER TABLE users DROP COLUMN venue_id;",
        note: "That of another table was told on.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, phone text);",
        up: "ALTER TABLE users DROP COLUMN phone;",
        down: "ALTER TABLE users ADD COLUMN phone text;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, a int, b int, UNIQUE (a, b));",
        up: "ALTER TABLE users DROP COLUMN IF EXISTS a, ADD COLUMN c int;",
        down: "SELECT 1;",
        note: "The UNIQUE constraint over both columns goes along.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, phone text);",
        up: "DO $$ BEGIN\n  ALTER TABLE users DROP COLUMN phone;\nEND $$;",
        down: "ALTER TABLE users ADD COLUMN phone text;",
      },
    ],
    good: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, phone text);\nALTER TABLE users DROP COLUMN phone;",
        down: "SELECT 1;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN phone text;\nALTER TABLE users DROP COLUMN phone;",
        down: "SELECT 1;",
        note: "The column is new.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text, low text GENERATED ALWAYS AS (lower(name)) STORED);",
        up: "ALTER TABLE users DROP COLUMN low;",
        down: "SELECT 1;",
        note: "A generated column can be computed again.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, phone text);",
        up: "ALTER TABLE users ADD COLUMN mobile text;\nUPDATE users SET mobile = phone;\nALTER TABLE users DROP COLUMN phone;",
        down: "SELECT 1;",
        note: "The values were copied before.",
      },
      {
        before: "CREATE TABLE tasks (id bigint PRIMARY KEY, done boolean, due date);",
        up: "ALTER TABLE tasks ADD COLUMN state text NOT NULL DEFAULT 'open';\nUPDATE tasks SET state = 'done' WHERE done;\nCREATE TABLE dates (task_id bigint, due date);\nWITH dated AS (SELECT id, due FROM tasks) INSERT INTO dates SELECT id, due FROM dated;\nALTER TABLE tasks DROP COLUMN done, DROP COLUMN due;",
        down: "SELECT 1;",
        note: "A new column says what the old one said; a CTE read the other.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users DROP COLUMN IF EXISTS phone;",
        down: "SELECT 1;",
        note: "There is no such column.",
      },
    ],
  },
  check: {
    statement(context) {
      if (isDeclaredLossy(context)) return;
      const dropped =
        "DoStmt" in context.statement.node
          ? droppedInside(context)
          : tableCommands(context).filter((found) => losesValues(context, found));
      const [first] = dropped;
      if (!first) return;
      const { table, place } = first;
      const names = dropped.flatMap(({ command, table: { key } }) =>
        key === table.key ? [quoteIdentifier(command.name ?? "")] : [],
      );
      const what = names.length > 1 ? `${table.name} (${names.join(", ")})` : `${table.name}.${names[0]}`;
      context.report({
        start: place.start,
        end: dropped.at(-1)?.place.end ?? place.end,
        message: `dropping ${what} loses ${names.length > 1 ? "their" : "its"} values${fallingWith(context, names)}, and no down can bring them back`,
        label: "the values are gone for good",
        help: `drop it when no running code names it, and back it up before\n  CREATE TABLE ${freeTableName(context.catalog, table.key.slice("table ".length), "backup")} AS SELECT * FROM ${table.name};\n${declareLoss}`,
      });
    },
  },
});

type Drop = Pick<TableCommand, "command" | "table" | "place">;

/** By what runs in a DO block for certain. */
function droppedInside(context: StatementContext): Drop[] {
  const { outcome, catalog } = context;
  return ranStatements(context, context.earlier).flatMap(({ node, earlier }) => {
    const place = insidePlace(context, node);
    const relation = "AlterTableStmt" in node ? node.AlterTableStmt.relation?.relname : undefined;
    return commandsOf(node).flatMap((command): Drop[] => {
      if (command.subtype !== "AT_DropColumn") return [];
      for (const { action, key } of outcome.effects) {
        const parent =
          action === "drop" && lastPart(key) === command.name ? catalog.at(key)?.parent : undefined;
        const table = parent && lastPart(parent) === relation ? existingTable(context, parent) : undefined;
        if (table && losesValues(context, { command, table }, earlier)) return [{ command, table, place }];
      }
      return [];
    });
  });
}

function losesValues(
  context: StatementContext,
  { command, table }: Pick<Drop, "command" | "table">,
  earlier: readonly Ran[] = context.earlier,
): boolean {
  if (command.subtype !== "AT_DropColumn") return false;
  const key = `column ${table.key.slice("table ".length)}.${quoteIdentifier(command.name ?? "")}`;
  const object = context.catalog.at(key);
  // A column that no statement was seen to make came with its table from outside of the folder.
  const wasThere = object ? context.existedBefore(key) : command.missing_ok !== true;
  if (!wasThere || (object?.kind === "column" && object.attributes.generated !== undefined)) return false;
  const name = command.name ?? "";
  return !columnWasCopied(earlier, table.name, name) && !isReplaced(context, table.key, name);
}

/** Constraints over several columns that fall with this one; they are not always missed. */
function fallingWith({ outcome, catalog }: StatementContext, dropped: readonly string[]): string {
  const names = outcome.effects.flatMap((effect) => {
    const object = effect.action === "drop" ? catalog.at(effect.key) : undefined;
    if (object?.kind !== "constraint" || object.attributes.columns.length < 2) return [];
    return object.attributes.columns.some((column) => dropped.includes(column))
      ? [lastPart(object.name)]
      : [];
  });
  return names.length === 0 ? "" : ` and takes ${names.join(", ")} along`;
}
