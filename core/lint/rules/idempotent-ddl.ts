import type { Node } from "@pgsql/types";
import type { FileEdit } from "../../report/model.ts";
import type { Statement } from "../../sql/statement.ts";
import { tokens } from "../../sql/tokens.ts";
import { commandRanges } from "../command-ranges.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const idempotentDdl = defineRule({
  name: "idempotent-ddl",
  summary: "A statement that fails when it is run a second time.",
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
    ],
    good: [
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
    ],
  },
  check: {
    statement(context) {
      const { outcome, earlier, parsed, statement } = context;
      if (outcome.failure || (outcome.effects.length === 0 && outcome.skipped.length === 0)) return;
      const guard = guardFor(statement.node, context);
      // One word per script is enough; its fix guards every statement.
      if (
        !guard ||
        wasDroppedBefore(context) ||
        earlier.some(({ statement: { node } }) => guardFor(node, context))
      )
        return;
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

type Insert = Extract<FileEdit, { kind: "replace" }>;

function guarding(context: StatementContext, statement: Statement): Insert[] {
  const { node, start, end } = statement;
  const { text } = context.parsed;
  const guard = guardFor(node, context);
  if (!guard) return [];
  const { path: file } = context.script.file;
  const insert = (at: number | undefined, words: string): Insert[] =>
    at === undefined ? [] : [{ kind: "replace", file, start: at, end: at, text: ` ${words}` }];
  if (!("AlterTableStmt" in node)) return insert(placeAfter(text, start, end, guard.after), guard.words);
  const commands = node.AlterTableStmt.cmds ?? [];
  const ranges = commandRanges(text, statement, commands.length) ?? [];
  return commands.flatMap((command, index) => {
    const own = commandGuard(command);
    const range = ranges[index];
    return own && range ? insert(placeAfter(text, range.start, range.end, own.after), own.words) : [];
  });
}

interface Guard {
  readonly what: string;
  readonly words: "IF NOT EXISTS" | "IF EXISTS" | "OR REPLACE";
  /** The guard stands behind the first of these key words. */
  readonly after: RegExp;
}

function guardFor(node: Node, { postgres }: StatementContext): Guard | undefined {
  const create = (what: string, after: RegExp): Guard => ({
    what: `CREATE ${what}`,
    words: "IF NOT EXISTS",
    after,
  });
  const replace = (what: string): Guard => ({
    what: `CREATE ${what}`,
    words: "OR REPLACE",
    after: /^create$/i,
  });
  if ("CreateStmt" in node && !node.CreateStmt.if_not_exists) {
    return node.CreateStmt.relation?.relpersistence === "t" ? undefined : create("TABLE", /^table$/i);
  }
  if ("CreateSchemaStmt" in node && !node.CreateSchemaStmt.if_not_exists)
    return create("SCHEMA", /^schema$/i);
  if ("CreateExtensionStmt" in node && !node.CreateExtensionStmt.if_not_exists)
    return create("EXTENSION", /^extension$/i);
  if ("CreateSeqStmt" in node && !node.CreateSeqStmt.if_not_exists) return create("SEQUENCE", /^sequence$/i);
  // An index without a name gets a new one each time; CONCURRENTLY may leave an invalid one.
  if (
    "IndexStmt" in node &&
    !node.IndexStmt.if_not_exists &&
    !node.IndexStmt.concurrent &&
    node.IndexStmt.idxname
  ) {
    return create("INDEX", /^index$/i);
  }
  if ("ViewStmt" in node && !node.ViewStmt.replace) return replace("VIEW");
  if ("CreateFunctionStmt" in node && !node.CreateFunctionStmt.replace) {
    return replace(node.CreateFunctionStmt.is_procedure ? "PROCEDURE" : "FUNCTION");
  }
  if (
    "CreateTrigStmt" in node &&
    !node.CreateTrigStmt.replace &&
    !node.CreateTrigStmt.isconstraint &&
    postgres >= 14
  ) {
    return replace("TRIGGER");
  }
  if ("DropStmt" in node && !node.DropStmt.missing_ok) {
    const words =
      /^(?:table|view|index|concurrently|sequence|schema|type|domain|function|procedure|aggregate|trigger|policy|rule|extension)$/i;
    return { what: "DROP", words: "IF EXISTS", after: words };
  }
  if ("AlterTableStmt" in node) return columnGuard(node);
  return undefined;
}

function columnGuard(node: Extract<Node, { AlterTableStmt: unknown }>): Guard | undefined {
  const guards = (node.AlterTableStmt.cmds ?? []).flatMap((command) => commandGuard(command) ?? []);
  return guards[0];
}

/** COLUMN may be left out. */
function commandGuard(node: Node): Guard | undefined {
  if (!("AlterTableCmd" in node) || node.AlterTableCmd.missing_ok) return undefined;
  const { subtype } = node.AlterTableCmd;
  if (subtype === "AT_AddColumn")
    return { what: "ADD COLUMN", words: "IF NOT EXISTS", after: /^(?:add|column)$/i };
  if (subtype === "AT_DropColumn")
    return { what: "DROP COLUMN", words: "IF EXISTS", after: /^(?:drop|column)$/i };
  return undefined;
}

/** The end of the key word; of `DROP INDEX CONCURRENTLY` and `MATERIALIZED VIEW` the last one counts. */
function placeAfter(text: string, start: number, end: number, word: RegExp): number | undefined {
  let place: number | undefined;
  for (const token of tokens(text, start, end)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const matches = token.kind === "word" && word.test(text.slice(token.start, token.end));
    if (matches) place = token.end;
    else if (place !== undefined) return place;
  }
  return undefined;
}

/** `DROP … IF EXISTS` of the same object earlier in the script makes room for it. */
function wasDroppedBefore({ earlier, outcome }: StatementContext): boolean {
  const made = outcome.effects.find((effect) => effect.action === "create")?.key;
  return earlier.some(
    ({ outcome: before }) =>
      made !== undefined &&
      (before.skipped.includes(made) ||
        before.effects.some((effect) => effect.action === "drop" && effect.key === made)),
  );
}
