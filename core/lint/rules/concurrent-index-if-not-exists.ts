import { qualify, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { defineRule } from "../rule.ts";

export const concurrentIndexIfNotExists = defineRule({
  name: "concurrent-index-if-not-exists",
  summary: "CREATE INDEX CONCURRENTLY IF NOT EXISTS, which takes a broken index for a good one.",
  why: "A build that fails leaves an INVALID index of that name behind. The next attempt finds it, does nothing, and the migration counts as done: queries never use the index, a UNIQUE one does not hold.",
  instead: `Let the next attempt fail, or drop what the last one left, in a migration of its own before it:

\`\`\`sql
DROP INDEX CONCURRENTLY IF EXISTS orders_created_idx;
-- next migration
CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "A failed concurrent build leaves an invalid index (manual, CREATE INDEX, Building Indexes Concurrently); IF NOT EXISTS looks at the name alone.",
  alsoKnownAs: { migrationpilot: "MP070" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, code text);",
        up: "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS orders_code_idx ON orders (code);",
        down: "DROP INDEX CONCURRENTLY orders_code_idx;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX IF NOT EXISTS orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
        note: "A plain build leaves nothing behind.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "DROP INDEX CONCURRENTLY IF EXISTS orders_created_idx;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
        note: "What was left is dropped first.",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);\nCREATE INDEX orders_created_idx ON orders (created_at);",
        up: "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_created_idx ON orders (created_at);",
        down: "SELECT 1;",
        note: "An earlier migration made it, and would not have ended with a build that failed.",
      },
    ],
  },
  kinds: ["IndexStmt"],
  check: {
    statement({ statement, outcome, parsed, report }) {
      if (!("IndexStmt" in statement.node)) return;
      const { concurrent, if_not_exists, idxname, relation } = statement.node.IndexStmt;
      if (!concurrent || !if_not_exists || !idxname) return;
      // An earlier migration made it, and would not have ended with a build that failed.
      if (outcome.skipped.length > 0) return;
      const isDropped = parsed.statements.some(
        ({ index, node }) =>
          index < statement.index &&
          "DropStmt" in node &&
          node.DropStmt.removeType === "OBJECT_INDEX" &&
          JSON.stringify(node.DropStmt.objects).includes(`"${idxname}"`),
      );
      if (isDropped) return;
      const name = quoteIdentifier(idxname);
      // An index lies in the schema of its table.
      const full = relation?.schemaname ? qualify(relation.schemaname, idxname) : name;
      report({
        message: `IF NOT EXISTS takes an invalid ${name}, left by a build that failed, for a finished one`,
        label: "looks at the name alone",
        help: `leave out IF NOT EXISTS; after a failed build run this before the next attempt\n  DROP INDEX CONCURRENTLY IF EXISTS ${full};`,
      });
    },
  },
});
