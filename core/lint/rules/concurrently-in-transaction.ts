import { bareTransaction, withoutTransaction } from "../facts/bare-transaction.ts";
import { insidePlace } from "../facts/inside-place.ts";
import { lonelyCommand, lonelyKinds } from "../facts/lonely-command.ts";
import { openTransaction } from "../facts/open-transaction.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const concurrentlyInTransaction = defineRule({
  name: "concurrently-in-transaction",
  summary: "CONCURRENTLY, VACUUM or another command that runs in no transaction, where one is open.",
  why: "PostgreSQL refuses it with 25001, and the runner stops there; golang-migrate marks the database as dirty. For runners that send a file as one query its statements are one transaction, also without BEGIN.",
  instead:
    "Leave the statement alone in its file, without BEGIN and COMMIT, and move the others to migrations before or after it.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "golang-migrate sends a file as one simple query; with two or more statements that is one implicit transaction, and after a COMMIT inside of it the next one is still in the same query (manual 53.2.2.1). It holds for CREATE INDEX, DROP INDEX, REINDEX and DETACH PARTITION, not for REFRESH MATERIALIZED VIEW; and, without that word, for VACUUM, REINDEX of a schema or database, CLUSTER without a table, ALTER SYSTEM, databases, tablespaces, and a subscription that makes its slot.",
  alsoKnownAs: { squawk: "ban-concurrent-index-creation-in-transaction", atlas: "PG103" },
  directions: ["up", "down"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "BEGIN;\nCREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);\nCOMMIT;",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "COMMENT ON TABLE orders IS 'What was ordered';\nCREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
        down: "DROP INDEX orders_created_idx;\nCOMMENT ON TABLE orders IS NULL;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "DELETE FROM orders WHERE id < 100;\nVACUUM orders;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER SYSTEM SET work_mem = '8MB';\nSELECT pg_reload_conf();",
        down: "ALTER SYSTEM RESET work_mem;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "DO $$ BEGIN\n  CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);\nEND $$;",
        down: "SELECT 1;",
        note: "A block is in a transaction even where it stands alone.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "UPDATE orders SET id = 2 WHERE id = 1;\nANALYZE orders;",
        down: "SELECT 1;",
        note: "ANALYZE alone runs anywhere.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "VACUUM (ANALYZE) orders;",
        down: "SELECT 1;",
      },
    ],
  },
  kinds: [...lonelyKinds, "DoStmt"],
  check: {
    statement(context) {
      const { statement, outcome, script, transaction, report } = context;
      if ("DoStmt" in statement.node) {
        const node = (outcome.inside ?? []).find((it) => lonelyCommand(it) !== undefined);
        if (node === undefined) return;
        report({
          ...insidePlace(context, node),
          message: `${lonelyCommand(node)} cannot run inside a DO block`,
          label: "a block is part of the transaction that it is called in",
          help: "take it out of the block, and leave it alone in its file",
        });
        return;
      }
      const command = lonelyCommand(statement.node);
      if (!command || transaction.kind === "none") return;
      const fix = fixOf(context);
      const isJoined = transaction.kind === "implicit" && script.execution.together !== undefined;
      report({
        message: `${command} cannot run inside a transaction, and here one is open`,
        label: isJoined ? joined : openTransaction[transaction.kind],
        help: isJoined
          ? "give it a line of its own, outside of StatementBegin and StatementEnd"
          : transaction.kind === "wrapped"
            ? (script.execution.unwrap ?? byHand)
            : "leave it alone in its file, without BEGIN and COMMIT",
        ...(fix && { fix }),
      });
    },
  },
});

const joined = "the runner sends it together with others, as one query, which is one transaction";

const byHand =
  "the runner opens one around every migration: run it by hand before, and leave here what then does nothing, as IF NOT EXISTS and IF EXISTS do";

function fixOf({ parsed, script }: StatementContext) {
  const transaction = bareTransaction(parsed.statements);
  if (!transaction || script.execution.wrapped) return undefined;
  return {
    title: "Remove BEGIN and COMMIT",
    edits: withoutTransaction(script.file.path, parsed.text, transaction),
  };
}
