import { blocks } from "../../catalog/locks.ts";
import { plainName } from "../../catalog/plain-name.ts";
import type { Lock } from "../../catalog/simulate/outcome.ts";
import { existingTable, isPartitioned } from "../facts/existing-table.ts";
import { insidePlace } from "../facts/inside-place.ts";
import { batchInside, massWriteInside, rowByRow } from "../facts/mass-write.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const doBlockBlocks = defineRule({
  name: "do-block-blocks",
  summary: "A DO block builds an index, refreshes a view, or reads or writes all rows of a table in use.",
  why: "What is inside is one statement: it cannot use CONCURRENTLY, cannot be split over transactions, and holds every lock until its end.",
  instead:
    "Take the command out of the DO block, into a migration of its own, and write it so that it lets others through. The rules then say how.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "A DO block runs in one transaction, or in that of the script (manual, DO). Only SQL that stands in it as it is can be read; EXECUTE of composed text is not analysed.",
  alsoKnownAs: { migrationpilot: "MP063" },
  kinds: ["DoStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ BEGIN\n  CREATE INDEX users_name_idx ON users (name);\nEND $$;",
        down: "DROP INDEX CONCURRENTLY users_name_idx;",
      },
      {
        before: "CREATE TABLE users (id int PRIMARY KEY);",
        up: "DO $$ BEGIN\n  ALTER TABLE users ALTER COLUMN id TYPE bigint;\nEND $$;",
        down: "ALTER TABLE users ALTER COLUMN id TYPE int;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ BEGIN\n  UPDATE users SET name = trim(name) WHERE name IS NOT NULL;\nEND $$;",
        down: "SELECT 1;",
        note: "One transaction for the whole table.",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "DO $$ BEGIN\n  ALTER TABLE events ADD CONSTRAINT events_id_check CHECK (id > 0);\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND $$;",
        down: "ALTER TABLE events DROP CONSTRAINT events_id_check;",
        note: "All partitions are read.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ BEGIN\n  LOOP\n    UPDATE users SET name = '' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n  END LOOP;\nEND $$;",
        down: "SELECT 1;",
        note: "Without COMMIT the batches are one transaction.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ DECLARE r record; BEGIN\n  FOR r IN SELECT id, name FROM users LOOP\n    UPDATE users SET name = trim(r.name) WHERE id = r.id;\n  END LOOP;\nEND $$;",
        down: "SELECT 1;",
        note: "One row at a time, and one transaction for the whole table.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM users;",
        up: "DO $$ BEGIN\n  REFRESH MATERIALIZED VIEW counts;\nEND $$;",
        down: "SELECT 1;",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW ids AS SELECT id FROM users;\nCREATE UNIQUE INDEX ids_id ON ids (id);",
        up: "DO $$ BEGIN\n  REFRESH MATERIALIZED VIEW CONCURRENTLY ids;\nEND $$;",
        down: "SELECT 1;",
        note: "Beside its readers.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ DECLARE r record; BEGIN\n  FOR r IN SELECT id, name FROM users LOOP\n    UPDATE users SET name = trim(r.name) WHERE id = r.id;\n    COMMIT;\n  END LOOP;\nEND $$;",
        down: "SELECT 1;",
        note: "Each row is let go at once.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ DECLARE first bigint := 7; BEGIN\n  UPDATE users SET name = 'x' WHERE id = first;\nEND $$;",
        down: "SELECT 1;",
        note: "What the variable picks is not known.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ BEGIN\n  LOOP\n    UPDATE users SET name = '' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n    COMMIT;\n  END LOOP;\nEND $$;",
        down: "SELECT 1;",
        note: "In batches.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "DO $$ DECLARE r record; BEGIN\n  FOR r IN VALUES (1), (2) LOOP\n    UPDATE users SET name = (SELECT name FROM users WHERE id > r.column1 LIMIT 1) WHERE id = r.column1;\n  END LOOP;\nEND $$;",
        down: "SELECT 1;",
        note: "For few rows, which stand in the block.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "DO $$ BEGIN\n  ALTER TABLE users ADD COLUMN name text;\nEND $$;",
        down: "ALTER TABLE users DROP COLUMN name;",
        note: "It is done at once.",
      },
      {
        up: "DO $$ BEGIN\n  CREATE TABLE users (id bigint PRIMARY KEY, name text);\n  CREATE INDEX users_name_idx ON users (name);\nEND $$;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
    ],
  },
  check: {
    statement(context) {
      const { outcome, report } = context;
      for (const lock of outcome.locks) {
        const table = existingTable(context, lock.key);
        const work = table && workUnder(lock, table.name);
        // An index on a partitioned table is built on its partitions, which are locked too.
        if (!work || (isPartitioned(table) && lock.mode === "SHARE")) continue;
        const who = blocks(lock.mode).reads ? "reads and writes" : "writes";
        report({
          ...insidePlace(context, lock.inside),
          message: `the DO block ${work} and blocks all ${who} of it meanwhile`,
          label: `takes ${lock.mode} on ${table.name} until the block ends`,
          help: "take the command out of the DO block, into a migration of its own",
        });
        // One word: the rules of the commands say the rest once they stand by themselves.
        return;
      }
      for (const lock of outcome.locks) {
        const view = refreshed(context, lock);
        if (view === undefined) continue;
        report({
          ...insidePlace(context, lock.inside),
          message: `the DO block refreshes ${view} and blocks everybody who reads it until the block ends`,
          label: `takes ACCESS EXCLUSIVE on ${view}`,
          help: `refresh it beside its readers, for which it needs a unique index over its key\n  REFRESH MATERIALIZED VIEW CONCURRENTLY ${view};`,
        });
        return;
      }
      for (const node of outcome.inside ?? []) {
        const write = massWriteInside(context, node);
        if (!write) continue;
        const rows = write.everyRow ? "every row" : "all rows that a condition finds";
        report({
          ...insidePlace(context, node),
          message: `the DO block ${write.verb === "UPDATE" ? "updates" : "deletes"} ${rows} of ${write.table.name} in one transaction`,
          label: "these rows stay locked until the block ends",
          help: "take the command out of the migration, and run it in batches, each in a transaction of its own",
        });
        return;
      }
      if (outcome.endsTransaction) return;
      for (const { node, rows } of outcome.repeated ?? []) {
        const one = rows && rowByRow(context, node, rows);
        if (one) {
          report({
            ...insidePlace(context, node),
            message: `the DO block writes ${one.name} row by row, all of it in one transaction`,
            label: "each row stays locked until the block ends",
            help: "write in batches, each in a transaction of its own: a statement for many rows, or COMMIT in the loop and the block alone in its file, where no transaction is open",
          });
          return;
        }
        const table = batchInside(context, node);
        if (!table) continue;
        report({
          ...insidePlace(context, node),
          message: `the DO block writes ${table.name} in batches, but all of them in one transaction`,
          label: "the rows of every batch stay locked until the block ends",
          help: "end each batch with COMMIT, and leave the block alone in its file, where no transaction is open",
        });
        return;
      }
    },
  },
});

/** A materialized view that was there before, and that its readers wait for. */
function refreshed({ catalog, existedBefore }: StatementContext, { key, inside }: Lock): string | undefined {
  const isRefresh = inside && "RefreshMatViewStmt" in inside && !inside.RefreshMatViewStmt.concurrent;
  const view = isRefresh && existedBefore(key) ? catalog.at(key) : undefined;
  return view?.kind === "materialized view" ? plainName(view.name) : undefined;
}

/** What takes long while nobody can write. */
function workUnder({ mode, rewrite, scan }: Lock, table: string): string | undefined {
  if (!blocks(mode).writes) return undefined;
  if (rewrite) return `writes every row of ${table} anew`;
  if (mode === "SHARE") return `builds an index on ${table}`;
  return scan ? `reads every row of ${table}` : undefined;
}
