import { keyOf } from "../../catalog/model.ts";
import { rowsWereCopied } from "../facts/copied-rows.ts";
import { declareLoss, isDeclaredLossy } from "../facts/declared.ts";
import { existingTable } from "../facts/existing-table.ts";
import { insidePlace } from "../facts/inside-place.ts";
import { emptiedTables, ranStatements } from "../facts/ran-statements.ts";
import { freeTableName } from "../help/free-name.ts";
import { defineRule } from "../rule.ts";

export const deleteAllRows = defineRule({
  name: "delete-all-rows",
  summary: "TRUNCATE, or DELETE without a condition, on a table that was there before.",
  why: "Every row is gone for good, whatever production holds by then; TRUNCATE also blocks reads until the transaction ends, and with CASCADE it empties the tables that refer to this one.",
  instead:
    "Delete what is meant by a condition, or back the table up before. Where the loss is meant, write `-- switchback: lossy <reason>`.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "TRUNCATE takes ACCESS EXCLUSIVE, DELETE takes ROW EXCLUSIVE (manual 13.3.1).",
  alsoKnownAs: { squawk: "ban-truncate-cascade" },
  kinds: ["TruncateStmt", "DeleteStmt", "DoStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
        up: "TRUNCATE sessions;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
        up: "DELETE FROM sessions;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
        up: "DELETE FROM sessions WHERE true;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
        up: "DO $$ BEGIN\n  TRUNCATE sessions;\nEND $$;",
        down: "SELECT 1;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
        up: "DELETE FROM sessions WHERE id = 7;",
        down: "SELECT 1;",
      },
      {
        up: "CREATE TABLE sessions (id bigint PRIMARY KEY);\nINSERT INTO sessions VALUES (1);\nTRUNCATE sessions;",
        down: "SELECT 1;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
        up: "CREATE TABLE old_sessions AS SELECT * FROM sessions;\nDELETE FROM sessions;",
        down: "SELECT 1;",
        note: "The rows were copied before.",
      },
      {
        before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
        up: "-- switchback: lossy everybody logs in again\nTRUNCATE sessions;",
        down: "SELECT 1;",
        note: "The loss is declared.",
      },
    ],
  },
  check: {
    statement(context) {
      const { statement, outcome, report } = context;
      if (outcome.failure || isDeclaredLossy(context)) return;
      const inBlock = "DoStmt" in statement.node;
      const emptied = ranStatements(context, context.earlier).flatMap(({ node, earlier }) => {
        // That a DO block deletes rows in one transaction is told by do-block-blocks.
        if (inBlock && !("TruncateStmt" in node)) return [];
        const { verb, tables } = emptiedTables(node, outcome.effects);
        return tables.flatMap((key) => {
          const table = existingTable(context, key);
          // A partition goes without saying.
          const whole = keyOf("table", table?.object?.attributes.partitionOf ?? "");
          return table && !tables.includes(whole) && !rowsWereCopied(earlier, table.name)
            ? [{ verb, name: table.name, key, node }]
            : [];
        });
      });
      const names = emptied.map(({ name }) => name);
      const verb = emptied[0]?.verb ?? "";
      const [first] = emptied;
      if (first === undefined) return;
      const backup = freeTableName(context.catalog, first.key.slice("table ".length), "backup");
      report({
        ...(inBlock && insidePlace(context, first.node)),
        message: `${verb} deletes every row of ${names.join(", ")}, and no down can bring them back`,
        label: "all rows are gone for good",
        help: `name the rows that are meant by a condition, or back them up before\n  CREATE TABLE ${backup} AS TABLE ${first.name};\n${declareLoss}`,
      });
    },
  },
});
