import { shorten } from "../../author/down/inverse/shorten.ts";
import { dropStatement } from "../../catalog/drop-statement.ts";
import { describeKey, nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { keyOf } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { Failure } from "../../catalog/simulate/outcome.ts";
import { sameQuery } from "../../catalog/simulate/query/same-query.ts";
import type { Change } from "../../report/model.ts";
import { bringBack } from "../bring-back.ts";
import { type Place, placeOf } from "../change-place.ts";
import { extensionLeft } from "../extension-left.ts";
import { forgottenRenames } from "../forgotten-renames.ts";
import { goesWithWhole } from "../goes-with-whole.ts";
import { meantBy, mistypedDrops } from "../mistyped-drops.ts";
import { type RenamedForGood, renamedForGood } from "../renamed-for-good.ts";
import { rowsLeft } from "../rows-left.ts";
import { defineRule, type MigrationContext, type Report, type SimulatedScript } from "../rule.ts";
import { downFailure, isDoubtful, isFollowed } from "../sure-failure.ts";

export const downIncomplete = defineRule({
  name: "down-incomplete",
  summary: "After up and down something is left, lost or changed.",
  why: "A database that was rolled back differs from one that never went up, and going up again may fail.",
  instead: `Let the down undo every statement of the up, in reverse order:

\`\`\`sql
-- up
CREATE TYPE user_status AS ENUM ('active', 'blocked');
ALTER TABLE users ADD COLUMN status user_status;
-- down
ALTER TABLE users DROP COLUMN status;
DROP TYPE user_status;
\`\`\`

Where there is no way back, say so: \`-- switchback: irreversible <reason>\`.`,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Enum values that cannot be removed, comments, column order, generated names and extensions that stay do not count.",
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TYPE user_status AS ENUM ('active', 'blocked');\nALTER TABLE users ADD COLUMN status user_status;",
        down: "ALTER TABLE users DROP COLUMN status;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email ON users (email);",
        up: "ALTER TABLE users ADD COLUMN name text;",
        down: "ALTER TABLE users DROP COLUMN name;\nDROP INDEX users_email;",
        note: "The down drops what the up did not create.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE usrs;",
        note: "A name that does not exist.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, state text);",
        up: "CREATE TYPE user_state AS ENUM ('on');\nALTER TABLE users ALTER COLUMN state TYPE user_state USING state::user_state;",
        down: "SELECT 1;",
        note: "The type cannot go while a column has it.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE VIEW v AS SELECT id FROM users;",
        up: "CREATE OR REPLACE VIEW v AS SELECT id, name FROM users;",
        down: "CREATE OR REPLACE VIEW v AS SELECT id FROM users;",
        note: "CREATE OR REPLACE takes no column away: PostgreSQL refuses the down.",
      },
      {
        before:
          "CREATE TYPE state AS ENUM ('on');\nCREATE TABLE users (id bigint PRIMARY KEY, state state DEFAULT 'on');",
        up: "ALTER TYPE state ADD VALUE IF NOT EXISTS 'off';",
        down: "ALTER TYPE state RENAME TO old_state;\nCREATE TYPE state AS ENUM ('on');\nALTER TABLE users ALTER COLUMN state TYPE state USING state::text::state;\nDROP TYPE old_state;",
        note: "The default is of the old type still: drop it before, and set it again after.",
      },
      {
        before: "CREATE TABLE person (id bigserial PRIMARY KEY);",
        up: "ALTER TABLE person RENAME TO people;\nALTER SEQUENCE person_id_seq RENAME TO people_id_seq;",
        down: "ALTER TABLE people RENAME TO person;",
      },
      {
        before: "CREATE TABLE person (id int PRIMARY KEY);",
        up: "ALTER TABLE person RENAME TO people;\nALTER INDEX person_pkey RENAME TO people_pkey;",
        down: "ALTER TABLE people RENAME TO person;",
        note: "The up, run again, finds no index person_pkey.",
      },
      {
        before: "CREATE TABLE person (id serial PRIMARY KEY);\nCREATE VIEW persons AS SELECT id FROM person;",
        up: "ALTER TABLE person RENAME TO people;",
        down: "SELECT 1;",
        note: "One cause, although index, sequence and view name the table.",
      },
      {
        before: "CREATE TABLE paths (path text DEFAULT '$.a b');",
        up: "ALTER TABLE paths ALTER COLUMN path SET DEFAULT '$.ab';",
        down: "SELECT 1;",
      },
      {
        before: "CREATE FUNCTION total() RETURNS int LANGUAGE sql AS 'SELECT 1';",
        up: "DROP FUNCTION total();\nCREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';",
        down: "CREATE OR REPLACE FUNCTION total() RETURNS int LANGUAGE sql AS 'SELECT 1';",
        note: "CREATE OR REPLACE keeps the result: PostgreSQL refuses the down.",
      },
      {
        before: "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\nCREATE PUBLICATION p FOR TABLE a;",
        up: "ALTER PUBLICATION p ADD TABLE b;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE legacy (id serial PRIMARY KEY);",
        up: "DROP TABLE legacy;",
        down: "CREATE TABLE legacy (id int DEFAULT nextval('legacy_id_seq') PRIMARY KEY);",
        note: "The sequence fell with the table.",
      },
      {
        before: "CREATE TABLE roles (id int PRIMARY KEY, name text);",
        up: "ALTER TABLE roles ADD COLUMN rank int;\nINSERT INTO roles (id, name, rank) VALUES (2, 'editor', 1), (3, 'viewer', 2);",
        down: "ALTER TABLE roles DROP COLUMN rank;",
        note: "The rows stay, and the second up stops at the primary key.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE EXTENSION citext;\nALTER TABLE users ADD COLUMN login citext;",
        down: "ALTER TABLE users DROP COLUMN login;",
        note: "An extension may stay, but then the up has to say IF NOT EXISTS.",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('ok');\nCREATE TABLE users (id int, m mood DEFAULT 'ok');",
        up: "CREATE TYPE state AS ENUM ('ok');\nALTER TABLE users ALTER COLUMN m DROP DEFAULT;\nALTER TABLE users ALTER COLUMN m TYPE state USING m::text::state;",
        down: "ALTER TABLE users ALTER COLUMN m SET DEFAULT 'ok'::mood;\nALTER TABLE users ALTER COLUMN m TYPE mood USING m::text::mood;\nDROP TYPE state;",
        note: "A default of another enum: PostgreSQL refuses it before the type.",
      },
      {
        before: "CREATE TABLE base (id int);\nCREATE TABLE child (extra text) INHERITS (base);",
        up: "ALTER TABLE base ADD COLUMN tenant int;",
        down: "ALTER TABLE ONLY base DROP COLUMN tenant;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email UNIQUE);",
        up: "ALTER TABLE users DROP CONSTRAINT users_email;",
        down: "ALTER TABLE users ADD UNIQUE (email);",
        note: "The name is another one, and the up asks for the old one when it is run again.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE VIEW v AS SELECT id, name FROM users;",
        up: "DROP VIEW v;",
        down: "CREATE VIEW v AS SELECT id, name AS other FROM users;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN email text UNIQUE;",
        down: "ALTER TABLE users DROP COLUMN email;",
        note: "Constraint and index fall with their column.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE EXTENSION IF NOT EXISTS citext;\nALTER TABLE users ADD COLUMN login citext;",
        down: "ALTER TABLE users DROP COLUMN login;",
        note: "Another migration may use the extension by then.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT grown CHECK (age > 17) NOT VALID;",
        up: "ALTER TABLE users VALIDATE CONSTRAINT grown;",
        down: "SELECT 1;",
        note: "A constraint that was validated meanwhile does no harm.",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('sad');",
        up: "ALTER TYPE mood ADD VALUE 'happy';",
        down: "SELECT 1;",
        note: "The value stays: PostgreSQL has no DROP VALUE.",
      },
      {
        before:
          "CREATE TABLE users (id int PRIMARY KEY, name varchar(9), at timestamp);\nCREATE VIEW named AS SELECT u.id, CASE WHEN at > now() THEN 'x' ELSE name END FROM users u WHERE name <> 'y' GROUP BY id, 2;",
        up: "DROP VIEW named;",
        down: "CREATE VIEW named AS SELECT u.id, CASE WHEN (u.at > now()) THEN 'x'::character varying ELSE u.name END AS name FROM public.users u WHERE ((u.name)::text <> 'y'::text) GROUP BY u.id, CASE WHEN (u.at > now()) THEN 'x'::character varying ELSE u.name END;",
        note: "The view as PostgreSQL prints it is the one that was written.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email ON users (email);",
        up: "ALTER INDEX IF EXISTS users_email RENAME TO users_by_email;",
        down: "SELECT 1;",
        note: "The up runs again, whatever the name.",
      },
      {
        before:
          "CREATE TABLE docs (id int, data jsonb);\nCREATE INDEX docs_kind ON docs ((jsonb_path_query_first(data, '$.meta.kind')));",
        up: "DROP INDEX docs_kind;",
        down: 'CREATE INDEX docs_kind ON docs ((jsonb_path_query_first(data, \'$."meta"."kind"\')));',
        note: "The path as PostgreSQL prints it.",
      },
      {
        before:
          "CREATE TABLE users (id int);\nDO $$ BEGIN EXECUTE 'CREATE INDEX ' || 'made ON users (id)'; END $$;",
        up: "ALTER TABLE users ADD COLUMN email text;",
        down: "ALTER TABLE users DROP COLUMN email;\nDROP INDEX made;",
        note: "What the DO block made is not known.",
      },
      {
        before: "CREATE FUNCTION total(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
        up: "CREATE OR REPLACE FUNCTION total(a int) RETURNS int LANGUAGE sql AS 'SELECT 2';",
        down: "CREATE OR REPLACE FUNCTION total(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
      },
      {
        before: "CREATE MATERIALIZED VIEW totals AS SELECT 1 AS n WITH NO DATA;",
        up: "REFRESH MATERIALIZED VIEW totals;",
        down: "SELECT 1;",
        note: "Rows are not the schema.",
      },
      {
        up: "CREATE SUBSCRIPTION orders CONNECTION 'host=hub' PUBLICATION orders WITH (connect = false);",
        down: "DROP SUBSCRIPTION orders;",
      },
      {
        up: "DROP TABLE legacy;",
        down: "CREATE TABLE legacy (id bigint PRIMARY KEY);",
        note: "A table that the folder did not make is put back.",
      },
    ],
  },
  directions: ["down"],
  check: { migration },
});

function migration(context: MigrationContext): void {
  const { up, down } = context;
  if (!up || !down || down.steps.length === 0 || !isFollowed(context)) return;
  if (down.steps.some(({ outcome }) => outcome.failure)) {
    const found = downFailure(context);
    if (found && found.failure.reason !== "dependents") {
      const { start, end } = found.statement;
      context.report(down.script, { start, end, ...failureReport(context, found.failure) });
    }
    return;
  }
  // What is left because of a misspelt name is told where the name stands.
  const mistyped = new Set(mistypedDrops(context).map(({ meant }) => meant));
  const forgotten = forgottenRenames(context);
  for (const { rename, statement, sql } of forgotten.renames) {
    const { start, end } = statement;
    context.report(up.script, {
      message: `${describeKey(rename.key)} is called ${lastPart(rename.to)} after the down`,
      start,
      end,
      label: "renamed here",
      help: `give it its old name back in the down\n  ${shorten(sql)};`,
    });
  }
  const all = forgotten.changes;
  const renamed = renamedForGood(context, all);
  const extension = extensionLeft(context, all);
  if (renamed) reportRenamed(context, renamed);
  else if (extension) reportExtension(context, extension);
  else reportRows(context, up);
  const changes = all.filter(
    (change) =>
      change.class === "real" &&
      !goesWithWhole(context, change) &&
      !isSameView(context, change) &&
      !comesFromAbove(context, change) &&
      !isDoubtful(context, `${change.kind} ${change.object}`) &&
      !mistyped.has(`${change.kind} ${change.object}`),
  );
  const left = changes.filter((change) => change.before === null);
  const fix = left.length > 0 ? appendDrops(context, down, left) : undefined;
  for (const { place, changes: own } of byPlace(context, changes)) {
    const gone = own.filter(({ before }) => before === null);
    const drops = gone.map((change) => dropOf(context, change, left));
    const dropped = drops.length > 0 && drops.every((drop) => drop !== undefined);
    const users = dropped ? usersAmong(context, gone, left) : [];
    const help =
      drops.length < own.length
        ? bringBack(context, place.script, own)
        : dropped
          ? helpWith(users, drops.reverse())
          : undefined;
    const [only, ...more] = own;
    const isChanged = only && more.length === 0 && only.before !== null && only.after !== null;
    context.report(place.script.script, {
      message: messageOf(context, own),
      ...place.at,
      ...(help !== undefined && { help }),
      ...((isChanged || more.length > 0) && { changes: own }),
      ...(drops.length === own.length && left[0] && own.includes(left[0]) && fix && { fix }),
    });
  }
}

function reportRenamed(context: MigrationContext, { change, effect }: RenamedForGood): void {
  const { script, at } = placeOf(context, change);
  context.report(script.script, {
    message: `${change.words.replace(/ down$/, " the down")}, ${effect}`,
    ...at,
    help: "give it its old name back in the down",
    ...(change.before !== change.after && { changes: [change] }),
  });
}

function reportExtension(context: MigrationContext, change: Change): void {
  const { script, at } = placeOf(context, change);
  const { object } = change;
  context.report(script.script, {
    message: `the down leaves extension ${object} behind, so the up does not run again`,
    ...at,
    help: `say CREATE EXTENSION IF NOT EXISTS ${object} in the up, or drop it in the down`,
  });
}

function reportRows(context: MigrationContext, up: SimulatedScript): void {
  const left = rowsLeft(context);
  if (!left) return;
  const { start, end } = left.statement;
  context.report(up.script, {
    message: `the down leaves the rows that are inserted into ${plainName(nameIn(left.table))}, so the up does not run again`,
    start,
    end,
    label: "these rows are there already",
    help: left.remove
      ? `delete them in the down\n  ${shorten(left.remove)};`
      : "delete them in the down, or let the INSERT pass over them with ON CONFLICT DO NOTHING",
  });
}

interface PlacedChanges {
  readonly place: Place;
  readonly changes: readonly Change[];
}

/** What one statement made, took or changed is one cause, and one finding. */
function byPlace(context: MigrationContext, changes: readonly Change[]): PlacedChanges[] {
  const places = new Map<string, { readonly place: Place; readonly changes: Change[] }>();
  for (const change of changes) {
    const place = placeOf(context, change);
    const key = `${place.script.script.file.path}:${place.at.start}`;
    const known = places.get(key);
    if (known) known.changes.push(change);
    else places.set(key, { place, changes: [change] });
  }
  return [...places.values()];
}

/** What a partition or a child was given by its parent goes with the parent's, and cannot go by itself. */
function comesFromAbove({ catalog }: MigrationContext, { kind, object, before }: Change): boolean {
  const left = before === null ? catalog.at(`${kind} ${object}`) : undefined;
  if (left?.kind === "index") return left.attributes.partitionOf !== undefined;
  return (left?.kind === "column" || left?.kind === "constraint") && left.attributes.inherited === true;
}

/** A down often has the view as PostgreSQL prints it, and the history as somebody wrote it. */
function isSameView({ catalog, start }: MigrationContext, { kind, object }: Change): boolean {
  if (kind !== "view" && kind !== "materialized view") return false;
  const key = keyOf(kind, object);
  const [before, after] = [catalog.atSavepoint(start, key), catalog.at(key)].map((it) => {
    const { definition, ...rest } = (it?.attributes ?? {}) as { definition?: string };
    return { definition, rest: JSON.stringify(rest) };
  });
  if (before?.definition === undefined || after?.definition === undefined) return false;
  return before.rest === after.rest && sameQuery(before.definition, after.definition);
}

function failureReport(context: MigrationContext, failure: Failure): Pick<Report, "message" | "help"> {
  if (failure.reason === "refused")
    return { message: `the down stops here: ${failure.why}`, help: failure.help };
  const object = describeKey(failure.key);
  if (failure.reason !== "missing") return { message: `the down stops here: ${object} exists already` };
  const meant = meantBy(context, failure.key);
  return {
    message: `the down stops here: ${object} does not exist by then`,
    ...(meant !== undefined && { help: `did you mean ${describeKey(meant)}?` }),
  };
}

function messageOf(context: MigrationContext, changes: readonly Change[]): string {
  const [first, ...more] = changes;
  const names = listed(changes.map(nameOf));
  const one = more.length === 0;
  if (changes.every(({ before }) => before === null)) return `the down leaves ${names} behind`;
  if (changes.every(({ after }) => after === null))
    return `${names} ${one ? "was" : "were"} there before the up and ${one ? "is" : "are"} missing after the down`;
  if (one && first) return `after the down ${first.words}`;
  const parents = new Set(changes.map((change) => parentOf(context, change)));
  const [parent] = parents;
  return parents.size === 1 && parent !== undefined
    ? `after the down ${plainKey(parent)} is another one, in ${names}`
    : `after the down ${changes.length} things are not as before: ${names}`;
}

function nameOf({ kind, object }: Change): string {
  return `${kind} ${plainName(object)}`;
}

/** The whole that a changed object is a part of. */
function parentOf(context: MigrationContext, { kind, object }: Change): ObjectKey | undefined {
  const key = `${kind} ${object}`;
  return (context.catalog.at(key) ?? context.catalog.atSavepoint(context.start, key))?.parent;
}

function plainKey(key: ObjectKey): string {
  return key.replace(" public.", " ");
}

/** Three by name; the others stand below. */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const last = shown.at(-1) ?? "";
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${last}` : last;
}

function dropOf(context: MigrationContext, change: Change, left: readonly Change[]): string | undefined {
  const key = `${change.kind} ${change.object}`;
  const object = context.catalog.at(key);
  const goes = new Set(left.map(({ kind, object: name }) => `${kind} ${name}`));
  return object && isFree(context, key, goes) ? dropStatement(object) : undefined;
}

/** More lines are no help at a glance. */
const mostUsers = 4;

function helpWith(users: readonly string[], drops: readonly (string | undefined)[]): string {
  const shown = users.length > mostUsers ? [] : users;
  const where = users.length > shown.length ? "the down, behind the drops of what needs it," : "the down";
  return `end ${where} with\n  ${[...shown, ...drops].join("\n  ")}`;
}

/** What is left besides and needs one of these, or a part of it, last made first: a finding of its own, but it has to go before. */
function usersAmong(context: MigrationContext, gone: readonly Change[], left: readonly Change[]): string[] {
  const { catalog } = context;
  const found = new Set<Change>();
  const needed: ObjectKey[] = gone.map(({ kind, object }) => `${kind} ${object}`);
  // A list hands out what is added to it while it is walked.
  for (const key of needed) {
    const parts = [key, ...[...catalog.childrenOf(key)].map(({ kind, name }) => keyOf(kind, name))];
    for (const user of parts.flatMap((part) => [...catalog.dependentsOf(part)])) {
      const top = user.parent !== undefined && !parts.includes(user.parent) ? [user.parent] : [];
      for (const candidate of [keyOf(user.kind, user.name), ...top]) {
        const change = left.find(({ kind, object }) => `${kind} ${object}` === candidate);
        if (!change || gone.includes(change) || found.has(change)) continue;
        found.add(change);
        needed.push(candidate);
      }
    }
  }
  const ordered = left.filter((change) => found.has(change)).reverse();
  return ordered.flatMap((change) => dropOf(context, change, left) ?? []);
}

/** Does nothing that stays need the object? */
function isFree({ catalog }: MigrationContext, key: ObjectKey, goes: ReadonlySet<ObjectKey>): boolean {
  return [...catalog.dependentsOf(key)].every(({ kind, name, parent, dependsOn }) => {
    if (goes.has(keyOf(kind, name)) || parent === key || (parent !== undefined && goes.has(parent)))
      return true;
    return dependsOn.some(({ on, type }) => on === key && type !== "normal");
  });
}

/** Drops for everything that is left, last made first. */
function appendDrops(context: MigrationContext, down: SimulatedScript, left: readonly Change[]) {
  const drops = left.map((change) => dropOf(context, change, left)).reverse();
  const last = down.steps.at(-1)?.statement;
  if (!last || drops.some((drop) => drop === undefined)) return undefined;
  const { text } = down.parsed;
  const semicolon = /^\s*;/.exec(text.slice(last.end))?.[0] ?? "";
  const at = last.end + semicolon.length;
  const inserted = `${semicolon === "" ? ";" : ""}\n${drops.join("\n")}`;
  return {
    title: left.length === 1 ? "Drop it at the end of the down" : "Drop what is left at the end of the down",
    edits: [{ kind: "replace" as const, file: down.script.file.path, start: at, end: at, text: inserted }],
  };
}
