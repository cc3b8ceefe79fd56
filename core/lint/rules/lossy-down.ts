import { tableOf } from "../../catalog/key-parts.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { isPutBack, rowsWereCopied, rowsWereCopiedInto } from "../facts/copied-rows.ts";
import { type EffectOn, effectsOn } from "../facts/effects-on.ts";
import { notMovedBack } from "../facts/not-moved-back.ts";
import { emptiedTables, type Ran, ranStatements } from "../facts/ran-statements.ts";
import { isFollowed } from "../facts/sure-failure.ts";
import { defineRule, type MigrationContext } from "../rule.ts";

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
        before: "CREATE TABLE plans (id bigint PRIMARY KEY);",
        up: "ALTER TABLE plans ADD COLUMN name text;",
        down: "DO $$ BEGIN\n  TRUNCATE plans;\n  ALTER TABLE plans DROP COLUMN name;\nEND $$;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ALTER COLUMN name SET DEFAULT 'x';",
        down: "ALTER TABLE users DROP COLUMN name;\nALTER TABLE users ADD COLUMN name text;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users RENAME COLUMN name TO full_name;",
        down: "ALTER TABLE users DROP COLUMN full_name;\nALTER TABLE users ADD COLUMN name text;",
        note: "It has another name by then, and the same data.",
      },
      {
        before: "CREATE TABLE targets (id bigint PRIMARY KEY, port int);",
        up: "CREATE TABLE ports (target_id bigint PRIMARY KEY, port int);\nINSERT INTO ports SELECT id, port FROM targets;\nALTER TABLE targets DROP COLUMN port;",
        down: "ALTER TABLE targets ADD COLUMN port int;\nDROP TABLE ports;",
        note: "The values stand in ports, and nothing fetches them.",
      },
      {
        before: "CREATE TABLE tags (task_id bigint, tag text);",
        up: "CREATE TABLE labels AS SELECT DISTINCT tag FROM tags;\nDROP TABLE tags;",
        down: "CREATE TABLE tags (task_id bigint, tag text);\nDROP TABLE labels;",
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
        before: "CREATE TABLE entries (id bigint, at date);",
        up: "ALTER TABLE entries RENAME TO entries_old;\nCREATE TABLE entries (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE entries_rest PARTITION OF entries DEFAULT;\nINSERT INTO entries SELECT * FROM entries_old;",
        down: "TRUNCATE entries_old;\nINSERT INTO entries_old SELECT * FROM entries;\nDROP TABLE entries;\nALTER TABLE entries_old RENAME TO entries;",
        note: "What is emptied is filled again, with what the up had copied.",
      },
      {
        before: "CREATE TABLE targets (id bigint PRIMARY KEY, port int);",
        up: "CREATE TABLE ports (target_id bigint PRIMARY KEY, port int);\nINSERT INTO ports SELECT id, port FROM targets;\nALTER TABLE targets DROP COLUMN port;",
        down: "ALTER TABLE targets ADD COLUMN port int;\nUPDATE targets SET port = ports.port FROM ports WHERE target_id = id;\nDROP TABLE ports;",
        note: "The values come back from where the up had put them.",
      },
      {
        before: "CREATE TABLE boats (id bigint PRIMARY KEY, name text, fuel text);",
        up: "CREATE TABLE kept AS SELECT * FROM boats;\nALTER TABLE boats DROP COLUMN name, DROP COLUMN fuel;",
        down: "ALTER TABLE boats ADD COLUMN name text;\nMERGE INTO boats b USING kept k ON k.id = b.id WHEN MATCHED THEN UPDATE SET name = k.name;\nALTER TABLE boats ADD COLUMN fuel text;\nCREATE FUNCTION pg_temp.fill() RETURNS void LANGUAGE sql AS $$ UPDATE boats SET fuel = k.fuel FROM kept k WHERE k.id = boats.id $$;\nSELECT pg_temp.fill();\nDROP TABLE kept;",
        note: "MERGE fills the one, and what a function does is not read.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
        up: "ALTER TABLE users ALTER COLUMN age TYPE bigint;",
        down: "ALTER TABLE users ADD COLUMN age_before int;\nUPDATE users SET age_before = age;\nALTER TABLE users DROP COLUMN age;\nALTER TABLE users RENAME COLUMN age_before TO age;",
        note: "The values move over first.",
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
        before: "CREATE TABLE items (a int, b int GENERATED ALWAYS AS (a * 2) STORED);",
        up: "ALTER TABLE items ALTER COLUMN b DROP EXPRESSION;",
        down: "ALTER TABLE items DROP COLUMN b;\nALTER TABLE items ADD COLUMN b int GENERATED ALWAYS AS (a * 2) STORED;",
        note: "Before the up the values of b came from a; there is no other way back.",
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
  const up = context.up?.steps ?? [];
  /** What stood there before the up, under the name that it had then; it has this one before a step of the down. */
  const ours = (key: ObjectKey, step: number): ObjectKey | undefined => {
    const atEnd = nameBefore(down.steps, key, step);
    const before = atEnd && nameBefore(up, atEnd);
    return before !== undefined && catalog.atSavepoint(start, before) !== undefined ? before : undefined;
  };
  for (const [step, { statement, outcome }] of down.steps.entries()) {
    if (outcome.failure) return;
    const { start: from, end } = statement;
    const emptied = ranStatements({ statement, outcome }, []).flatMap(
      ({ node }) => emptiedTables(node, outcome.effects).tables,
    );
    for (const key of new Set(emptied)) {
      const was = isTable(key) ? ours(key, step) : undefined;
      if (was === undefined || isFilledAgain(up, down.steps, step, [key, was])) continue;
      context.report(down.script, {
        start: from,
        end,
        message: `the down deletes every row of ${nameOf(key)}, also those that were there before the up`,
        label: "more than the up inserted",
        help: "delete only what the up inserted, by a condition",
      });
    }
    for (const key of notMovedBack(context, step)) {
      if (!holdsData(catalog.atSavepoint(start, key)) || catalog.at(key) === undefined) continue;
      context.report(down.script, {
        start: from,
        end,
        message: `the down makes ${nameOf(key)} again without its ${isTable(key) ? "rows" : "values"}, which the up had put elsewhere`,
        label: "empty again",
        help: "copy them back, before what holds them now is dropped",
      });
    }
    for (const effect of outcome.effects) {
      // What falls with a table is the table's matter: only what a statement names is looked up.
      if (effect.action !== "drop" || effect.cascaded || !isData(effect.key)) continue;
      const before = ours(effect.key, step);
      // Dropped for good is what down-incomplete tells.
      if (
        before !== undefined &&
        catalog.at(before) !== undefined &&
        holdsData(catalog.atSavepoint(start, before)) &&
        !isPutBack(down.steps, step, effect.key, before)
      ) {
        const was = before === effect.key ? "" : ` as ${nameOf(before)}`;
        context.report(down.script, {
          start: from,
          end,
          message: `the down drops ${nameOf(effect.key)}, which was there before the up${was}, and makes it again without its data`,
          label: "the data is gone",
          help: "change it in place instead",
        });
      }
    }
  }
}

/** Were the rows of a table put aside, by either script, and do they come back? */
function isFilledAgain(
  up: readonly Ran[],
  down: readonly Ran[],
  step: number,
  [key, was]: readonly [ObjectKey, ObjectKey],
): boolean {
  const isCopied = [key, was].some(
    (name) => rowsWereCopied(up, lastPart(name)) || rowsWereCopied(down, lastPart(name), step),
  );
  return isCopied && rowsWereCopiedInto(down, key, step);
}

/** What it was called before all steps, which has this name before one of them; undefined where they made it. */
function nameBefore(steps: readonly Ran[], key: ObjectKey, step = steps.length): ObjectKey | undefined {
  let name = key;
  let last = Number.POSITIVE_INFINITY;
  for (;;) {
    const table = tableOf(name);
    const gives = ({ effect, step: place, order }: EffectOn) =>
      place < step &&
      order < last &&
      (effect.action === "create" ||
        (effect.action === "rename" && (effect.to === name || effect.to === table)));
    const given = [name, table].flatMap((it) => effectsOn(steps, it).findLast(gives) ?? []);
    const [latest] = given.sort((a, b) => b.order - a.order);
    if (!latest) return name;
    const { effect } = latest;
    if (effect.action !== "rename") return undefined;
    // `column shop.users.name` begins as `table shop.users` does, one letter later.
    name =
      effect.to === name
        ? effect.key
        : `column ${effect.key.slice("table ".length)}${name.slice(effect.to.length + 1)}`;
    last = latest.order;
  }
}

function nameOf(key: ObjectKey): string {
  return plainName(key.slice(key.indexOf(" ") + 1));
}

function isData(key: ObjectKey): boolean {
  return isTable(key) || key.startsWith("column ");
}

function isTable(key: ObjectKey): boolean {
  return key.startsWith("table ");
}

/** The values of a generated column come from the others. */
function holdsData(object: CatalogObject | undefined): boolean {
  if (object?.kind === "column") return object.attributes.generated === undefined;
  return object?.kind === "table";
}
