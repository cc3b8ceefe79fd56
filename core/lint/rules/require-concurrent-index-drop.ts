import type { Node } from "@pgsql/types";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { namesOf } from "../../catalog/simulate/statements/drop.ts";
import { tokens } from "../../sql/tokens.ts";
import { bareTransaction, withoutTransaction } from "../facts/bare-transaction.ts";
import { existingTable } from "../facts/existing-table.ts";
import { enumerate } from "../help/enumerate.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type Report, type StatementContext } from "../rule.ts";

export const requireConcurrentIndexDrop = defineRule({
  name: "require-concurrent-index-drop",
  summary: "DROP INDEX without CONCURRENTLY on a table that was there before this migration.",
  why: "It takes ACCESS EXCLUSIVE on the table: behind one long query it waits, and every read and write of the table waits behind it.",
  instead: `Drop it without blocking, alone in its file:

\`\`\`sql
DROP INDEX CONCURRENTLY orders_created_idx;
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "DROP INDEX takes ACCESS EXCLUSIVE on the table, DROP INDEX CONCURRENTLY takes SHARE UPDATE EXCLUSIVE; it drops one index, without CASCADE, and none that a constraint or a partitioned table needs (manual, DROP INDEX).",
  alsoKnownAs: {
    squawk: "require-concurrent-index-deletion",
    strong_migrations: "remove_index",
    atlas: "PG102",
  },
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);\nCREATE INDEX orders_created_idx ON orders (created_at);",
        up: "DROP INDEX orders_created_idx;",
        down: "CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);\nCREATE INDEX orders_created_idx ON orders (created_at);",
        up: "BEGIN;\nDROP INDEX IF EXISTS orders_created_idx;\nCOMMIT;",
        down: "CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);\nCREATE INDEX orders_created_idx ON orders (created_at);",
        up: "DROP INDEX CONCURRENTLY orders_created_idx;",
        down: "CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);\nCREATE INDEX events_at_idx ON events (at);",
        up: "DROP INDEX events_at_idx;",
        down: "CREATE INDEX events_at_idx ON events (at);",
        note: "CONCURRENTLY is not possible on a partitioned table.",
      },
      {
        up: "DROP INDEX IF EXISTS orders_created_idx;",
        down: "SELECT 1;",
        note: "There is no such index.",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, a int);\nCREATE INDEX orders_a_idx ON orders (a);",
        up: "DROP INDEX orders_a_idx;\nALTER TABLE orders DROP COLUMN a;",
        down: "ALTER TABLE orders ADD COLUMN a int;\nCREATE INDEX orders_a_idx ON orders (a);",
        note: "This transaction takes ACCESS EXCLUSIVE on the table anyway.",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, a int);\nCREATE INDEX orders_a_idx ON orders (a);",
        up: "ALTER TABLE orders RENAME TO old_orders;\nDROP INDEX orders_a_idx;",
        down: "CREATE INDEX orders_a_idx ON old_orders (a);\nALTER TABLE old_orders RENAME TO orders;",
        note: "So does a rename.",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, a int);\nCREATE INDEX orders_a_idx ON orders (a);",
        up: "DROP INDEX orders_a_idx;\nDROP TABLE orders;",
        down: "SELECT 1;",
        note: "And so does the drop of the table.",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');\nCREATE INDEX events_id_idx ON events (id);",
        up: "DROP INDEX events_id_idx;",
        down: "SELECT 1;",
        note: "No index of a partitioned table is dropped CONCURRENTLY, nor is that of a partition before it.",
      },
    ],
  },
  kinds: ["DropStmt"],
  check: {
    statement(context) {
      const { statement, outcome } = context;
      if (!("DropStmt" in statement.node) || outcome.failure) return;
      const drop = statement.node.DropStmt;
      if (drop.removeType !== "OBJECT_INDEX" || drop.concurrent) return;
      const dropped = outcome.effects.flatMap(({ action, key }) => (action === "drop" ? [key] : []));
      const indexes = dropped.flatMap((key) => {
        const index = context.catalog.at(key);
        // Those of the partitions go with that of the whole, which cannot be dropped CONCURRENTLY.
        const isOwn = index?.kind === "index" && index.attributes.partitionOf === undefined;
        return isOwn && context.existedBefore(key) ? [index] : [];
      });
      const blocking = indexes.flatMap((index) => {
        const table = index.parent === undefined ? undefined : existingTable(context, index.parent);
        const partitioned = table?.object?.attributes.partitionKey !== undefined;
        if (!table || partitioned || isLockedAnyway(context, table.name)) return [];
        return [{ index: plainName(index.name), table: table.name }];
      });
      if (blocking.length === 0) return;
      const tables = enumerate([...new Set(blocking.map(({ table }) => table))]);
      const names = blocking.map(({ index }) => index);
      const single = (drop.objects ?? []).length === 1 && drop.behavior !== "DROP_CASCADE";
      context.report({
        message: `dropping ${enumerate(names)} takes ACCESS EXCLUSIVE on ${tables}: every read and write waits behind it`,
        label: `takes ACCESS EXCLUSIVE on ${tables}`,
        help: steps({
          words: `drop ${names.length === 1 ? "it" : "each"} without blocking, alone in a migration of its own`,
          sql: names.map((name) => `DROP INDEX CONCURRENTLY ${name};`),
        }),
        ...(single && fixOf(context)),
      });
    },
  },
});

/** Another statement of this transaction alters the table: CONCURRENTLY would gain nothing, and the two belong together. */
function isLockedAnyway({ parsed, statement, transaction }: StatementContext, table: string): boolean {
  if (transaction.kind === "none") return false;
  return parsed.statements.some(({ index, node }) => {
    if (index === statement.index || index < transaction.firstStatement) return false;
    return locksWhole(node, lastPart(table));
  });
}

/** ALTER TABLE, a drop of the table, and a rename of it or of a part of it. */
function locksWhole(node: Node, table: string): boolean {
  if ("AlterTableStmt" in node) return node.AlterTableStmt.relation?.relname === table;
  if ("DropStmt" in node) {
    const { removeType, objects = [] } = node.DropStmt;
    return removeType === "OBJECT_TABLE" && objects.some((it) => namesOf(it).at(-1) === table);
  }
  if (!("RenameStmt" in node)) return false;
  const { renameType, relation, newname } = node.RenameStmt;
  return relation?.relname === table || (renameType === "OBJECT_TABLE" && newname === table);
}

function fixOf({ parsed, statement, script }: StatementContext): Pick<Report, "fix"> {
  const transaction = bareTransaction(parsed.statements);
  const { wrapped, unwrapsItself } = script.execution;
  if ((wrapped && !unwrapsItself) || (parsed.statements.length > 1 && !transaction)) return {};
  const word = [...tokens(parsed.text, statement.start, statement.end)].find(
    (token) => parsed.text.slice(token.start, token.end).toLowerCase() === "index",
  );
  if (!word) return {};
  const { path } = script.file;
  const insert = {
    kind: "replace" as const,
    file: path,
    start: word.end,
    end: word.end,
    text: " CONCURRENTLY",
  };
  const rest = transaction ? withoutTransaction(path, parsed.text, transaction) : [];
  return { fix: { title: "Drop with CONCURRENTLY", edits: [insert, ...rest] } };
}
