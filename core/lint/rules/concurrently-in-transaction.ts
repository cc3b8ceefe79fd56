import type { Node } from "@pgsql/types";
import { bareTransaction, withoutTransaction } from "../facts/bare-transaction.ts";
import { openTransaction } from "../facts/open-transaction.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const concurrentlyInTransaction = defineRule({
  name: "concurrently-in-transaction",
  summary: "CONCURRENTLY where a transaction is open.",
  why: "PostgreSQL refuses it with 25001, and the runner stops there; golang-migrate marks the database as dirty. For runners that send a file as one query its statements are one transaction, also without BEGIN.",
  instead:
    "Leave the statement alone in its file, without BEGIN and COMMIT, and move the others to migrations before or after it.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "golang-migrate sends a file as one simple query; with two or more statements that is one implicit transaction, and after a COMMIT inside of it the next one is still in the same query (manual 53.2.2.1). It holds for CREATE INDEX, DROP INDEX, REINDEX and DETACH PARTITION, not for REFRESH MATERIALIZED VIEW.",
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
    ],
    good: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
      },
    ],
  },
  kinds: ["IndexStmt", "DropStmt", "ReindexStmt", "AlterTableStmt"],
  check: {
    statement(context) {
      const { statement, script, transaction, report } = context;
      const command = concurrentCommand(statement.node);
      if (!command || transaction.kind === "none") return;
      const fix = fixOf(context);
      const isJoined = transaction.kind === "implicit" && script.execution.together !== undefined;
      report({
        message: `${command} CONCURRENTLY cannot run inside a transaction, and here one is open`,
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

function concurrentCommand(node: Node): string | undefined {
  if ("IndexStmt" in node) return node.IndexStmt.concurrent ? "CREATE INDEX" : undefined;
  if ("DropStmt" in node) return node.DropStmt.concurrent ? "DROP INDEX" : undefined;
  if ("ReindexStmt" in node) return node.ReindexStmt.params?.some(isConcurrently) ? "REINDEX" : undefined;
  if ("AlterTableStmt" in node)
    return node.AlterTableStmt.cmds?.some(detaches) ? "DETACH PARTITION" : undefined;
  return undefined;
}

/** `REINDEX TABLE CONCURRENTLY t` and `REINDEX (CONCURRENTLY) TABLE t`, but not `(CONCURRENTLY false)`. */
function isConcurrently(node: Node): boolean {
  if (!("DefElem" in node) || node.DefElem.defname !== "concurrently") return false;
  const { arg } = node.DefElem;
  if (!arg) return true;
  if ("Boolean" in arg) return arg.Boolean.boolval === true;
  if ("Integer" in arg) return arg.Integer.ival === 1;
  return "String" in arg && /^(true|on|1)$/i.test(arg.String.sval ?? "");
}

function detaches(node: Node): boolean {
  if (!("AlterTableCmd" in node)) return false;
  const { def } = node.AlterTableCmd;
  return def !== undefined && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
}

function fixOf({ parsed, script }: StatementContext) {
  const transaction = bareTransaction(parsed.statements);
  if (!transaction || script.execution.wrapped) return undefined;
  return {
    title: "Remove BEGIN and COMMIT",
    edits: withoutTransaction(script.file.path, parsed.text, transaction),
  };
}
