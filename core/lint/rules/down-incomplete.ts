import { shorten } from "../../author/down/inverse/shorten.ts";
import { dropStatement } from "../../catalog/drop-statement.ts";
import { describeKey, nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { schemaOf } from "../../catalog/schema-of.ts";
import type { Failure } from "../../catalog/simulate/outcome.ts";
import type { Change } from "../../report/model.ts";
import { changesByPlace } from "../facts/changes-by-place.ts";
import { type ForgottenRename, forgottenRenames } from "../facts/forgotten-renames.ts";
import { goesWithWhole } from "../facts/goes-with-whole.ts";
import { makerOf } from "../facts/made-by.ts";
import { meantBy, mistypedDrops, usedInstead } from "../facts/mistyped-drops.ts";
import { namesOwner } from "../facts/named-owner.ts";
import { isSameView } from "../facts/same-view.ts";
import { downFailure, isDoubtful, isFollowed } from "../facts/sure-failure.ts";
import { isSurelyMade, leftOnUnseen } from "../facts/surely-made.ts";
import { bringBack } from "../help/bring-back.ts";
import { differenceWords } from "../help/difference-words.ts";
import { failureWords } from "../help/failure-words.ts";
import { dropLeftovers, leftoversFix } from "../help/leftover-drops.ts";
import { reportNotAgain } from "../help/not-again.ts";
import { defineRule, type MigrationContext, type SimulatedScript } from "../rule.ts";

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
    "Enum values that cannot be removed, comments, column order, generated names, and extensions and roles that stay do not count.",
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;",
        down: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        note: "DETACH CONCURRENTLY leaves the bound behind as a CHECK.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users OWNER TO app;",
        down: "SELECT 1;",
      },
      {
        up: "CREATE VIEW active AS SELECT 1 AS one;",
        down: "DROP TABLE IF EXISTS active;",
        note: "IF EXISTS passes over what is missing, not over what is something else.",
      },
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
        before: "CREATE TABLE person (id int PRIMARY KEY, name text);",
        up: "ALTER TABLE person RENAME TO people;\nALTER TABLE people RENAME CONSTRAINT person_pkey TO people_pkey;",
        down: "ALTER TABLE people RENAME TO person;",
        note: "Nor a constraint of that name.",
      },
      {
        before: "CREATE TABLE projects (id bigint PRIMARY KEY);",
        up: "ALTER TABLE projects RENAME TO boards;\nCREATE VIEW projects AS SELECT id FROM boards;",
        down: "ALTER TABLE boards RENAME TO projects;\nDROP VIEW projects;",
        note: "The view still has the name.",
      },
      {
        up: "CREATE POLICY avatars ON storage.objects USING (bucket_id = 'avatars');",
        down: "SELECT 1;",
        note: "Its table comes from outside of the folder.",
      },
      {
        before: "CREATE TABLE orders (id int, state text CONSTRAINT known CHECK (state <> ''));",
        up: "ALTER TABLE orders RENAME COLUMN state TO status;",
        down: "ALTER TABLE orders RENAME COLUMN status TO order_state;",
        note: "Back, but to another name; the column is not to be dropped for it.",
      },
      {
        before: "CREATE SCHEMA crm;\nCREATE TABLE crm.people (id serial PRIMARY KEY);",
        up: "ALTER TABLE crm.people SET SCHEMA public;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE SCHEMA crm;\nCREATE TABLE crm.people (age int CONSTRAINT grown CHECK (age > 17));",
        up: "ALTER SCHEMA crm RENAME TO sales;\nALTER TABLE sales.people RENAME CONSTRAINT grown TO adult;",
        down: "ALTER SCHEMA sales RENAME TO crm;",
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
        up: "CREATE ROLE reader;",
        down: "SELECT 1;",
        note: "A role may stay, but then the up must not fail where it is there.",
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
        before: "CREATE TABLE users (id int, name text);\nCREATE VIEW v AS SELECT id, name FROM users;",
        up: "ALTER VIEW v ALTER COLUMN name SET DEFAULT 'nobody';",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE orders (id int);\nCREATE ROLE lead;\nCREATE ROLE clerk;",
        up: "GRANT SELECT ON orders TO lead WITH GRANT OPTION;\nSET ROLE lead;\nGRANT SELECT ON orders TO clerk;\nRESET ROLE;",
        down: "REVOKE SELECT ON orders FROM lead;",
        note: "What lead granted on stands in the way.",
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
        before: "CREATE TABLE orders (id int);\nCREATE ROLE lead;\nCREATE ROLE clerk;",
        up: "GRANT SELECT ON orders TO lead WITH GRANT OPTION;\nSET ROLE lead;\nGRANT SELECT ON orders TO clerk;\nRESET ROLE;",
        down: "REVOKE SELECT ON orders FROM lead CASCADE;",
        note: "Without CASCADE PostgreSQL refuses it.",
      },
      {
        up: "CREATE EXTENSION citext;\nCREATE FUNCTION same() RETURNS int LANGUAGE sql AS 'SELECT 1';\nALTER FUNCTION same() DEPENDS ON EXTENSION citext;",
        down: "DROP EXTENSION citext;",
        note: "The function goes with the extension.",
      },
      {
        up: "DROP POLICY IF EXISTS avatars ON storage.objects;\nCREATE POLICY avatars ON storage.objects USING (bucket_id = 'avatars');",
        down: "SELECT 1;",
        note: "It may have been there before.",
      },
      {
        up: "CREATE FUNCTION greet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\nCREATE TRIGGER greet AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION greet();",
        down: "DROP FUNCTION greet() CASCADE;",
      },
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
        up: "DO $$ BEGIN CREATE ROLE reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
        down: "SELECT 1;",
        note: "Another database may use the role.",
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
          "CREATE TABLE readings (at timestamptz, n bigint) PARTITION BY RANGE (at);\nCREATE TABLE readings_2026 PARTITION OF readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
        up: "ALTER TABLE readings DETACH PARTITION readings_2026;",
        down: "ALTER TABLE readings ATTACH PARTITION readings_2026 FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');",
        note: "The bounds are the same, as PostgreSQL prints them.",
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
        before: "CREATE TABLE legacy (id bigint PRIMARY KEY);\nGRANT SELECT ON legacy TO readers;",
        up: "-- switchback: lossy nobody reads it\nDROP TABLE legacy;",
        down: "CREATE TABLE public.legacy (id bigint PRIMARY KEY);\nALTER TABLE public.legacy OWNER TO app;\nGRANT SELECT ON public.legacy TO readers;",
        note: "A dump names the owner, who was whoever ran the migrations.",
      },
      {
        before: "CREATE TYPE kind AS ENUM ('image');",
        up: "ALTER TYPE kind ADD VALUE IF NOT EXISTS 'audio';",
        down: "DELETE FROM pg_enum WHERE enumlabel = 'audio' AND enumtypid = 'kind'::regtype;",
        note: "PostgreSQL's own tables are there, and what becomes of the type is not known.",
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
    reportFailure(context, down);
    return;
  }
  const { renames, changes } = forgottenRenames(context);
  for (const rename of renames) reportRename(context, rename);
  reportNotAgain(context, up, changes);
  // What is left because of a misspelt name is told where the name stands.
  const mistyped = new Set(mistypedDrops(context).map(({ meant }) => meant));
  const told = [...changes, ...leftOnUnseen(context)].filter(
    (change) =>
      change.class === "real" &&
      !goesWithWhole(context, change) &&
      !isSameView(context, change) &&
      !namesOwner(context, change) &&
      (!isDoubtful(context, `${change.kind} ${change.object}`) || isSurelyMade(context, change)) &&
      !mistyped.has(`${change.kind} ${change.object}`),
  );
  reportChanges(context, down, told);
}

function reportFailure(context: MigrationContext, down: SimulatedScript): void {
  const found = downFailure(context);
  // What still needs what is dropped is for down-order to say.
  if (!found || found.failure.reason === "dependents") return;
  const { start, end, node } = found.statement;
  context.report(down.script, {
    start,
    end,
    ...failureWords(
      "down",
      found.failure,
      (key) => ("DropStmt" in node ? meantBy(context, key) : usedInstead(context, key)),
      (key) => takenBy(down, key),
    ),
    ...dropBefore(context, found.failure),
  });
}

function reportRename(context: MigrationContext, { rename, script, statement, sql }: ForgottenRename): void {
  const { start, end } = statement;
  const isMoved = lastPart(rename.key) === lastPart(rename.to);
  const now = isMoved
    ? `in schema ${schemaOf({ name: nameIn(rename.to) })}`
    : `called ${lastPart(rename.to)}`;
  context.report(script.script, {
    message: `${describeKey(rename.key)} is ${now} after the down`,
    start,
    end,
    label: isMoved ? "moved here" : "renamed here",
    help: `${isMoved ? "move it back" : "give it its old name back"} in the down\n  ${shorten(sql)};`,
  });
}

function reportChanges(context: MigrationContext, down: SimulatedScript, changes: readonly Change[]): void {
  const left = changes.filter(isLeft);
  const fix = left.length > 0 ? leftoversFix(context, down, left) : undefined;
  for (const { place, changes: own } of changesByPlace(context, changes)) {
    const leaves = own.every(isLeft);
    const help = leaves ? dropLeftovers(context, own, left) : bringBack(context, place, own);
    const [only, ...more] = own;
    const isChanged = only && more.length === 0 && only.before !== null && only.after !== null;
    context.report(place.script.script, {
      message: differenceWords(context, own),
      ...place.at,
      ...(help !== undefined && { help }),
      ...((isChanged || more.length > 0) && { changes: own }),
      // Once, for all that is left.
      ...(leaves && left[0] && own.includes(left[0]) && fix && { fix }),
    });
  }
}

function isLeft({ before }: Change): boolean {
  return before === null;
}

/** What the up made of the same name has to go before the down makes its own. */
function dropBefore({ catalog, up }: MigrationContext, failure: Failure): { readonly help?: string } {
  if (failure.reason !== "exists" || !makerOf(up?.steps ?? [], failure.key)) return {};
  const object = catalog.at(failure.key);
  const drop = object && dropStatement(object);
  return drop === undefined ? {} : { help: `drop before it what the up made\n  ${drop}` };
}

/** The statement of the down that drops an object which it does not name: a table takes its sequences along. */
function takenBy({ steps, parsed }: SimulatedScript, key: ObjectKey): string | undefined {
  const step = steps.find(({ outcome }) =>
    outcome.effects.some((effect) => effect.action === "drop" && effect.cascaded && effect.key === key),
  );
  return step && shorten(parsed.text.slice(step.statement.start, step.statement.end));
}
