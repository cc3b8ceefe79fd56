import type { ObjectKey } from "../../catalog/model.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";
import { alongSteps } from "../facts/along-steps.ts";
import { type Guard, guardFor, guarding } from "../help/rerun-guard.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const idempotentDdl = defineRule({
  name: "idempotent-ddl",
  summary: "A statement without the IF [NOT] EXISTS or OR REPLACE that lets it be run a second time.",
  why: "After a migration that stopped half-way somebody runs it again: without IF [NOT] EXISTS or OR REPLACE it stops at the first thing that was done already.",
  instead: `Let it be run again:

\`\`\`sql
CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);
CREATE OR REPLACE VIEW all_users AS SELECT id FROM users;
DROP TABLE IF EXISTS people;
\`\`\`

Not for CREATE INDEX CONCURRENTLY: a build that failed leaves an invalid index, which IF NOT EXISTS would accept. There,
drop the index first.`,
  severity: "info",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts:
    "A file in one transaction is undone as a whole, so this matters where statements commit one by one, and after a rollback that was not complete. CREATE OR REPLACE TRIGGER exists since 14 (manual, CREATE TRIGGER).",
  alsoKnownAs: { squawk: "prefer-robust-stmts" },
  directions: ["up", "down"],
  examples: {
    bad: [
      { up: "CREATE TABLE users (id bigint PRIMARY KEY);", down: "DROP TABLE IF EXISTS users;" },
      { up: "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);", down: "DROP TABLE users;" },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE VIEW all_users AS SELECT id FROM users;",
        down: "DROP VIEW IF EXISTS all_users;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN a int, ADD COLUMN IF NOT EXISTS b int, ADD c int;",
        down: "ALTER TABLE users DROP COLUMN IF EXISTS a, DROP COLUMN IF EXISTS b, DROP COLUMN IF EXISTS c;",
      },
      {
        up: "CREATE UNLOGGED TABLE scratch (id bigint PRIMARY KEY);",
        down: "DROP TABLE IF EXISTS scratch;",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('good');",
        up: "ALTER TYPE mood ADD VALUE 'bad';",
        down: "-- switchback: irreversible enum values cannot be removed",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int, CONSTRAINT grown CHECK (age > 0));",
        up: "CREATE MATERIALIZED VIEW ages AS SELECT age FROM users;",
        down: "DROP MATERIALIZED VIEW IF EXISTS ages;",
      },
      {
        up: "CREATE TABLE policy (id bigint PRIMARY KEY);\nCREATE INDEX index ON policy (id);",
        down: "DROP INDEX index;\nDROP TABLE policy;",
        note: "Names may look like key words.",
      },
      {
        before: "CREATE VIEW ones AS SELECT 1 AS one;",
        up: "DROP VIEW IF EXISTS ones;\nCREATE VIEW ones AS SELECT 1 AS one;\nCREATE SEQUENCE numbers;",
        down: "DROP SEQUENCE IF EXISTS numbers;",
        note: "The view has its place; the sequence has not.",
      },
    ],
    good: [
      {
        before: "CREATE TYPE address AS (street text);",
        up: "ALTER TYPE address ADD ATTRIBUTE zip text;",
        down: "ALTER TYPE address DROP ATTRIBUTE IF EXISTS zip;",
        note: "ADD ATTRIBUTE has no IF NOT EXISTS.",
      },
      {
        up: "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);\nCREATE OR REPLACE VIEW all_users AS SELECT id FROM users;",
        down: "DROP VIEW IF EXISTS all_users;\nDROP TABLE IF EXISTS users;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "CREATE INDEX CONCURRENTLY users_name_idx ON users (name);",
        down: "DROP INDEX CONCURRENTLY IF EXISTS users_name_idx;",
        note: "IF NOT EXISTS would accept an invalid index.",
      },
      {
        up: "CREATE TEMP TABLE scratch (id int);",
        down: "SELECT 1;",
        note: "A temporary table is gone by the next run.",
      },
      {
        up: "CREATE TEMP TABLE scratch (id int);\nDROP TABLE scratch;",
        down: "SELECT 1;",
        note: "What the script makes is there to be dropped.",
      },
      {
        up: "CREATE SCHEMA shop CREATE TABLE orders (id bigint PRIMARY KEY);",
        down: "DROP SCHEMA IF EXISTS shop CASCADE;",
        note: "PostgreSQL takes no IF NOT EXISTS where the schema has elements.",
      },
      {
        before:
          "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
        down: "DROP TRIGGER IF EXISTS users_touch ON users;",
        postgres: 13,
        note: "OR REPLACE came with 14.",
      },
      {
        up: "DROP TABLE IF EXISTS users;\nCREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE IF EXISTS users;",
        note: "It was dropped just before.",
      },
      {
        up: "DROP SCHEMA IF EXISTS shop CASCADE;\nCREATE SCHEMA shop;\nCREATE TABLE shop.orders (id bigint PRIMARY KEY, sent date);\nCREATE INDEX orders_sent ON shop.orders (sent);",
        down: "DROP SCHEMA IF EXISTS shop CASCADE;",
        note: "With its schema, so was all that is in it.",
      },
    ],
  },
  check: {
    statement(context) {
      const { parsed, statement } = context;
      const earlier = reading(context.earlier, context);
      // One word per script is enough; its fix guards every statement.
      const guard = earlier.isTold ? undefined : missingGuard(context, earlier, context);
      if (!guard) return;
      const edits = parsed.statements.slice(statement.index).flatMap((it) => guarding(context, it));
      context.report({
        message: `run a second time, ${guard.what} fails without ${guard.words}`,
        label: `no ${guard.words}`,
        help: "write IF [NOT] EXISTS or OR REPLACE where the statement has it",
        ...(edits.some((edit) => edit.start >= statement.start && edit.end <= statement.end) && {
          fix: { title: "Let the script be run again", edits },
        }),
      });
    },
  },
});

type Step = Pick<StatementContext, "statement" | "outcome">;

interface Reading {
  /** Objects that were made, and those that were dropped or found missing by a drop. */
  readonly made: Set<ObjectKey>;
  readonly gone: Set<ObjectKey>;
  /** Did a statement lack a guard? */
  isTold: boolean;
}

const reading = alongSteps<Step, Reading, [StatementContext]>(
  () => ({ made: new Set(), gone: new Set(), isTold: false }),
  (known, step, _, context) => {
    known.isTold ||= missingGuard(step, known, context) !== undefined;
    for (const { action, key } of step.outcome.effects) {
      if (action === "create") known.made.add(key);
      if (action === "drop") known.gone.add(key);
    }
    for (const key of step.outcome.skipped) known.gone.add(key);
  },
);

/** What the statement lacks: nothing where it failed, did nothing, or meets what an earlier one has prepared. */
function missingGuard(
  { statement, outcome }: Step,
  earlier: Reading,
  context: StatementContext,
): Guard | undefined {
  if (outcome.failure || (outcome.effects.length === 0 && outcome.skipped.length === 0)) return undefined;
  const guard = guardFor(statement.node, context);
  return guard && isPrepared(outcome, earlier) ? undefined : guard;
}

/** A drop of the object, its table or its schema makes room for it; what the script made is there to be dropped. */
function isPrepared({ effects, locks }: Outcome, { made, gone }: Reading): boolean {
  const changed = effects.find(({ action }) => action === "create" || action === "drop");
  if (!changed) return false;
  const { action, key } = changed;
  if (action === "drop") return made.has(key);
  const tables = locks.map((lock) => lock.key).filter((locked) => locked.startsWith("table "));
  const schema = `schema ${key.slice(key.indexOf(" ") + 1).split(".", 1)[0]}`;
  return [key, schema, ...tables].some((room) => gone.has(room));
}
