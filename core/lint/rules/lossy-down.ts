import type { ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { isPutBack } from "../copied-rows.ts";
import { isFollowed } from "../down-failure.ts";
import { defineRule, type MigrationContext } from "../rule.ts";
import { takesEveryRow } from "../where-clause.ts";

export const lossyDown = defineRule({
  name: "lossy-down",
  summary: "The down deletes rows or values that were there before the up.",
  why: "A rollback is meant to bring back what was; this one loses what production holds, although the schema looks the same afterwards.",
  instead:
    "Change the object in place instead of dropping and making it again, and delete only what the up inserted. Where the loss is meant, write `-- switchback: lossy <reason>` in the migration.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "What the up itself created goes with the down: that is no loss of something that was there before.",
  directions: ["down"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ADD COLUMN email text;",
        down: "DROP TABLE users;\nCREATE TABLE users (id bigint PRIMARY KEY, name text);",
      },
      {
        before: "CREATE TABLE plans (id bigint PRIMARY KEY);",
        up: "INSERT INTO plans VALUES (7);",
        down: "DELETE FROM plans;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ALTER COLUMN name SET DEFAULT 'x';",
        down: "ALTER TABLE users DROP COLUMN name;\nALTER TABLE users ADD COLUMN name text;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ADD COLUMN email text;",
        down: "CREATE TEMP TABLE kept AS SELECT id, name FROM users;\nDROP TABLE users;\nCREATE TABLE users (id bigint PRIMARY KEY, name text);\nINSERT INTO users SELECT id, name FROM kept;",
        note: "The rows are put aside and back.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users RENAME TO users_old;\nCREATE TABLE users (id bigint, name text);",
        down: "ALTER TABLE users DROP COLUMN name;\nDROP TABLE users;\nALTER TABLE users_old RENAME TO users;",
        note: "The table that is dropped is the new one; the old one gets its name back.",
      },
      {
        up: "CREATE TABLE plans (id bigint PRIMARY KEY);\nINSERT INTO plans VALUES (7);",
        down: "DELETE FROM plans;\nDROP TABLE plans;",
        note: "The up created the table.",
      },
      {
        before: "CREATE TABLE plans (id bigint PRIMARY KEY);",
        up: "INSERT INTO plans VALUES (7);",
        down: "DELETE FROM plans WHERE id = 7;",
        note: "Only what the up inserted.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN email text;",
        down: "ALTER TABLE users DROP COLUMN email;",
        note: "The up created the column.",
      },
      {
        before: "CREATE TABLE plans (id bigint PRIMARY KEY);",
        up: "INSERT INTO plans VALUES (7);",
        down: "-- switchback: lossy the plans are loaded again at every start\nTRUNCATE plans;",
        note: "The loss is declared.",
      },
    ],
  },
  check: { migration },
});

function migration(context: MigrationContext): void {
  const { down, migration: it, start, catalog } = context;
  if (!down || !isFollowed(context) || it.declarations.lossy !== undefined) return;
  const stood = (key: ObjectKey) => catalog.atSavepoint(start, key) !== undefined;
  // What the up dropped and the down made again is empty by then, and where it moved a name away another thing stands.
  const remade = new Set(
    (context.up?.steps ?? []).flatMap(({ outcome }) =>
      outcome.effects.flatMap((effect) =>
        effect.action === "drop" || effect.action === "rename" ? [effect.key] : [],
      ),
    ),
  );
  for (const [step, { statement, outcome }] of down.steps.entries()) {
    if (outcome.failure) return;
    const { node, start: from, end } = statement;
    for (const effect of outcome.effects) {
      // What falls with a table is the table's matter: only what a statement names is looked up.
      if (effect.action !== "write" && (effect.action !== "drop" || effect.cascaded)) continue;
      if (!stood(effect.key) || remade.has(effect.key) || remade.has(tableOf(effect.key))) continue;
      const name = plainName(effect.key.slice(effect.key.indexOf(" ") + 1));
      const all =
        "TruncateStmt" in node || ("DeleteStmt" in node && takesEveryRow(node.DeleteStmt.whereClause));
      if (effect.action === "write" && all && isTable(effect.key)) {
        context.report(down.script, {
          start: from,
          end,
          message: `the down deletes every row of ${name}, also those that were there before the up`,
          label: "more than the up inserted",
          help: "delete only what the up inserted, by a condition",
        });
      }
      // Dropped for good is what down-incomplete tells.
      const comesBack = catalog.at(effect.key) !== undefined;
      if (
        effect.action === "drop" &&
        comesBack &&
        holdsData(effect.key) &&
        !isPutBack(down.steps, step, effect.key)
      ) {
        context.report(down.script, {
          start: from,
          end,
          message: `the down drops ${name}, which was there before the up, and makes it again without its data`,
          label: "the data is gone",
          help: "change it in place instead",
        });
      }
    }
  }
}

function isTable(key: ObjectKey): boolean {
  return key.startsWith("table ");
}

/** The table of a column. */
function tableOf(key: ObjectKey): ObjectKey {
  return key.replace(/^column (.+)\.(?:"(?:[^"]|"")*"|[^."]+)$/, "table $1");
}

function holdsData(key: ObjectKey): boolean {
  return isTable(key) || key.startsWith("column ");
}
