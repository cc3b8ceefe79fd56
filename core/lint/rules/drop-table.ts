import type { Node } from "@pgsql/types";
import { rowsWereCopied } from "../facts/copied-rows.ts";
import { declareLoss, isDeclaredLossy } from "../facts/declared.ts";
import { type ExistingTable, existingTable } from "../facts/existing-table.ts";
import { insidePlace } from "../facts/inside-place.ts";
import { droppedTables, ranStatements } from "../facts/ran-statements.ts";
import { freeName } from "../help/free-name.ts";
import { defineRule } from "../rule.ts";

export const dropTable = defineRule({
  name: "drop-table",
  summary: "A table that was there before this migration is dropped.",
  why: "Its rows are gone for good: the down can make the table again, not what was in it. Code that still uses the table fails at once.",
  instead: `Stop using the table, rename it in one migration and drop it in a later one, after a backup:

\`\`\`sql
ALTER TABLE orders RENAME TO orders_unused;
\`\`\`

\`pg_dump --table=orders_unused\` before the drop keeps the rows. Where the loss is meant, write \`-- switchback: lossy <reason>\`.`,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "DROP TABLE takes ACCESS EXCLUSIVE, also on the tables that its foreign keys refer to (manual 13.3.1, DROP TABLE).",
  alsoKnownAs: { squawk: "ban-drop-table", atlas: "DS102", strong_migrations: "drop_table" },
  kinds: ["DropStmt", "DoStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "DROP TABLE orders;",
        down: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE baskets (id bigint PRIMARY KEY);",
        up: "DROP TABLE IF EXISTS orders, baskets;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "DO $$ BEGIN\n  DROP TABLE orders;\nEND $$;",
        down: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      },
    ],
    good: [
      {
        up: "CREATE TABLE orders (id bigint PRIMARY KEY);\nDROP TABLE orders;",
        down: "SELECT 1;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "CREATE TEMP TABLE scratch AS SELECT id FROM orders;\nDROP TABLE scratch;",
        down: "SELECT 1;",
        note: "A temporary table.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "CREATE TABLE purchases (id bigint PRIMARY KEY);\nINSERT INTO purchases SELECT id FROM orders;\nDROP TABLE orders;",
        down: "SELECT 1;",
        note: "The rows were copied before.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "DO $$ BEGIN\n  CREATE TABLE purchases AS SELECT id FROM orders;\n  DROP TABLE orders;\nEND $$;",
        down: "SELECT 1;",
        note: "Here too.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "DO $$ BEGIN\n  IF NOT EXISTS (SELECT 1 FROM orders) THEN\n    DROP TABLE orders;\n  END IF;\nEND $$;",
        down: "SELECT 1;",
        note: "Only where it is empty.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "-- switchback: lossy nobody has written to it since 2024\nDROP TABLE orders;",
        down: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        note: "The loss is declared.",
      },
    ],
  },
  check: {
    statement(context) {
      const { outcome, report, statement } = context;
      if (outcome.failure || isDeclaredLossy(context)) return;
      const tables = ranStatements(context, context.earlier).flatMap(({ node, earlier }) =>
        droppedTables(node, outcome.effects).flatMap((key): (ExistingTable & { node: Node })[] => {
          const table = existingTable(context, key);
          return table && !rowsWereCopied(earlier, table.name) ? [{ ...table, node }] : [];
        }),
      );
      const [first] = tables;
      if (!first) return;
      const names = tables.map(({ name }) => name).join(", ");
      report({
        ...("DoStmt" in statement.node && insidePlace(context, first.node)),
        message: `dropping ${names} loses ${tables.length === 1 ? "its" : "their"} rows, and no down can bring them back`,
        label: "the rows are gone for good",
        help: `keep it under another name until nothing misses it, and back it up before the drop\n  ALTER TABLE ${first.name} RENAME TO ${freeName(context.catalog, first.key.slice("table ".length), [], "unused")};\n${declareLoss}`,
      });
    },
  },
});
