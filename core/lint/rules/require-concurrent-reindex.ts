import { nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { isSwitchedOn } from "../../catalog/simulate/options.ts";
import { tokens } from "../../sql/tokens.ts";
import { existingTable } from "../facts/existing-table.ts";
import { insertFix } from "../help/insert-fix.ts";
import { relationName } from "../help/relation-name.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const requireConcurrentReindex = defineRule({
  name: "require-concurrent-reindex",
  summary: "REINDEX without CONCURRENTLY.",
  why: "It locks the table against writes, and each index against everything until it is built. To plan a query PostgreSQL locks every index of the table, whichever it then uses, so nearly all reads wait too.",
  instead:
    "Rebuild it without blocking, alone in its file (since 12):\n\n```sql\nREINDEX INDEX CONCURRENTLY orders_created_idx;\n```",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "REINDEX takes SHARE on the table and ACCESS EXCLUSIVE on the index, with CONCURRENTLY SHARE UPDATE EXCLUSIVE on both; only prepared plans that leave the index out get by (manual, REINDEX). CONCURRENTLY exists since 12 and not for SYSTEM.",
  alsoKnownAs: { squawk: "require-concurrent-reindex" },
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);\nCREATE INDEX orders_created_idx ON orders (created_at);",
        up: "REINDEX INDEX orders_created_idx;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "REINDEX TABLE orders;",
        down: "SELECT 1;",
        postgres: 11,
      },
      { up: "REINDEX SCHEMA public;", down: "SELECT 1;" },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;\nCREATE UNIQUE INDEX totals_id_idx ON totals (id);",
        up: "REINDEX INDEX totals_id_idx;",
        down: "SELECT 1;",
        note: "Who reads the view waits.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "REINDEX (CONCURRENTLY FALSE) TABLE orders;",
        down: "SELECT 1;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "REINDEX TABLE CONCURRENTLY orders;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "REINDEX (CONCURRENTLY, VERBOSE) TABLE orders;",
        down: "SELECT 1;",
      },
      {
        up: "CREATE TABLE orders (id bigint PRIMARY KEY);\nREINDEX TABLE orders;",
        down: "DROP TABLE orders;",
        note: "The table is new.",
      },
      { up: "REINDEX SYSTEM app;", down: "SELECT 1;", note: "CONCURRENTLY is not possible there." },
    ],
  },
  kinds: ["ReindexStmt"],
  check: {
    statement(context) {
      const { statement, outcome, postgres, parsed } = context;
      if (!("ReindexStmt" in statement.node)) return;
      const { kind, relation, params } = statement.node.ReindexStmt;
      const what = kinds[kind ?? ""];
      if (!what || isSwitchedOn(params, "concurrently")) return;
      const lock = outcome.locks.find(({ mode }) => mode === "SHARE");
      const name = lock && lockedName(context, lock.key);
      if (relation && name === undefined) return;
      const target = relation ? relationName(relation) : undefined;
      const word = [...tokens(parsed.text, statement.start, statement.end)].find(
        (token) => parsed.text.slice(token.start, token.end).toUpperCase() === what,
      );
      context.report({
        message: name
          ? `rebuilding ${target} blocks ${isTable(lock.key) ? "writes to" : "every refresh of"} ${name}, and nearly all reads, as planning one takes a lock on every index`
          : `rebuilding the indexes of the whole ${what.toLowerCase()} blocks writes to, and nearly all reads of, each of its tables in turn`,
        label: name
          ? `takes SHARE on ${name}, and ACCESS EXCLUSIVE on the index, until the build is done`
          : "takes SHARE on each table, and ACCESS EXCLUSIVE on each index",
        help:
          postgres >= 12
            ? "rebuild without blocking, alone in a migration of its own: REINDEX … CONCURRENTLY"
            : "before 12 build a second index CONCURRENTLY, drop the old one CONCURRENTLY, and rename",
        ...(word &&
          postgres >= 12 &&
          context.transaction.kind === "none" && {
            fix: insertFix(context, "Rebuild with CONCURRENTLY", word.end, " CONCURRENTLY"),
          }),
      });
    },
  },
});

function isTable(key: ObjectKey): boolean {
  return key.startsWith("table ");
}

/** Who reads a materialized view waits as well. */
function lockedName(context: StatementContext, key: ObjectKey): string | undefined {
  if (isTable(key)) return existingTable(context, key)?.name;
  return context.existedBefore(key) ? plainName(nameIn(key)) : undefined;
}

const kinds: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_INDEX: "INDEX",
  REINDEX_OBJECT_TABLE: "TABLE",
  REINDEX_OBJECT_SCHEMA: "SCHEMA",
  REINDEX_OBJECT_DATABASE: "DATABASE",
};
