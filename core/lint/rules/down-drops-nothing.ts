import { describeKey, nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { Script } from "../../migration/model.ts";
import { escapePattern } from "../../sql/escape-pattern.ts";
import type { Statement } from "../../sql/statement.ts";
import { mistypedDrops } from "../facts/mistyped-drops.ts";
import { defineRule } from "../rule.ts";

export const downDropsNothing = defineRule({
  name: "down-drops-nothing",
  summary: "IF EXISTS in the down names something that was never there.",
  why: "A misspelt name is passed over without a word: the rollback reports success and leaves the object behind.",
  instead: `Name what the up created:

\`\`\`sql
-- up
CREATE TABLE users (id bigint PRIMARY KEY);
-- down
DROP TABLE IF EXISTS users;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "IF EXISTS makes a DROP of what is missing a NOTICE (manual, DROP TABLE).",
  directions: ["down"],
  examples: {
    bad: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE IF EXISTS usrs;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
        down: "DROP INDEX IF EXISTS users_emial_idx;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD CONSTRAINT users_id_positive CHECK (id > 0) NOT VALID;",
        down: "ALTER TABLE users DROP CONSTRAINT IF EXISTS users_id_postive;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN nick_name text;",
        down: "ALTER TABLE users DROP COLUMN IF EXISTS nickname;",
      },
      {
        up: "CREATE TABLE people (id bigint PRIMARY KEY);\nALTER TABLE people RENAME TO users;",
        down: "DROP TABLE IF EXISTS people;\nALTER TABLE users RENAME TO people;",
        note: "It gets that name a line later.",
      },
      {
        before: "CREATE SCHEMA shop;",
        up: "CREATE TABLE shop.users (id bigint PRIMARY KEY);",
        down: "DROP TABLE IF EXISTS users;",
        note: "There is none in public.",
      },
      {
        up: "CREATE SCHEMA shop;\nCREATE TABLE shop.users (id bigint PRIMARY KEY);",
        down: "DROP TABLE IF EXISTS users;\nDROP SCHEMA shop CASCADE;",
        note: "The schema is missing: a warning, because the table goes another way.",
      },
    ],
    good: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE IF EXISTS users;",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
        down: "DROP TABLE IF EXISTS users;\nDROP INDEX IF EXISTS users_email_idx;",
        note: "The index was there, and fell with its table.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD CONSTRAINT users_id_positive CHECK (id > 0) NOT VALID;",
        down: "ALTER TABLE users DROP CONSTRAINT IF EXISTS users_id_positive, DROP CONSTRAINT IF EXISTS users_id_check;",
        note: "It has another name in some databases.",
      },
      {
        before: "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'made'; END $$;",
        up: "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'users'; END $$;",
        down: "DROP TABLE IF EXISTS users;",
        note: "What the DO block makes is not known.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users RENAME TO people;",
        down: "ALTER TABLE IF EXISTS people RENAME TO users;",
      },
    ],
  },
  check: {
    migration(context) {
      for (const { statement, key, meant } of mistypedDrops(context)) {
        const script = context.down?.script;
        if (!script) return;
        const name = describeKey(key);
        const fix = meant === undefined || meant === key ? undefined : spellAs(script, statement, key, meant);
        context.report(script, {
          start: statement.start,
          end: statement.end,
          ...(meant === undefined && { severity: "warning" as const }),
          message: `IF EXISTS hides that there is no ${name}${meant === key ? " yet" : ""}${meant === undefined ? "" : `, and ${describeKey(meant)} stays behind`}`,
          label: "drops nothing",
          help: helpWith(key, meant),
          ...(fix && { fix }),
        });
      }
    },
  },
});

function helpWith(key: ObjectKey, meant: ObjectKey | undefined): string {
  if (meant === undefined) return "name what the up created, or leave it out";
  // A later statement of the down gives it that name.
  return meant === key ? "drop it where it has that name" : `did you mean ${describeKey(meant)}?`;
}

/** Where the name stands once in the statement, and only its last part is another. */
function spellAs({ file }: Script, { start, end }: Statement, key: ObjectKey, meant: ObjectKey) {
  const [wrong, right] = [lastPart(key), lastPart(meant)];
  const text = file.text.slice(start, end);
  if (wrong === right && hasSchema.test(key)) return inSchema(file, start, text, meant);
  const at = text.indexOf(wrong);
  const once = at >= 0 && text.indexOf(wrong, at + 1) < 0;
  if (!once || key.slice(0, -wrong.length) !== meant.slice(0, -right.length)) return undefined;
  const from = start + at;
  const edit = {
    kind: "replace" as const,
    file: file.path,
    start: from,
    end: from + wrong.length,
    text: right,
  };
  return { title: `Spell it ${right}`, edits: [edit] };
}

const hasSchema = /^(?:table|view|materialized view|sequence|index|type|domain) /;

/** The name is right, and stands once in the statement: its schema is forgotten, or another one. */
function inSchema(file: Script["file"], offset: number, text: string, meant: ObjectKey) {
  const name = `"?${escapePattern(lastPart(meant))}"?`;
  const [found, ...more] = text.matchAll(new RegExp(`(?<![\\w".])(?:\\w+\\.)?${name}(?![\\w"])`, "g"));
  if (!found || more.length > 0) return undefined;
  const right = plainName(nameIn(meant));
  const start = offset + found.index;
  const edit = {
    kind: "replace" as const,
    file: file.path,
    start,
    end: start + found[0].length,
    text: right,
  };
  return { title: `Spell it ${right}`, edits: [edit] };
}
