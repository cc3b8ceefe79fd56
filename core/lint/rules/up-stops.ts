import { nameIn } from "../../catalog/key-parts.ts";
import { keyOf, type ObjectKey } from "../../catalog/model.ts";
import { PastCatalog } from "../../catalog/past-catalog.ts";
import { qualify, splitQualified } from "../../catalog/quote-identifier.ts";
import { nearestKey } from "../facts/nearest-key.ts";
import { upFailure } from "../facts/sure-failure.ts";
import { changesType } from "../help/dependents-words.ts";
import { failureWords } from "../help/failure-words.ts";
import { defineRule, type MigrationContext } from "../rule.ts";

export const upStops = defineRule({
  name: "up-stops",
  summary: "An up that PostgreSQL refuses: it names what is not there, or makes what is there already.",
  why: "The deployment stops there; golang-migrate marks the database as dirty, and every later migration waits.",
  instead: `Write it for the schema that the migrations before it lead to:

\`\`\`sql
-- 000001 made users (id, email)
ALTER TABLE users ALTER COLUMN email SET NOT NULL; -- not emial
\`\`\`

IF EXISTS and IF NOT EXISTS let such a statement pass, and hide that it does nothing.`,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "The schema is followed statement by statement, as PostgreSQL's catalog would change. Silent about what may come from outside of the folder, and after anything that could not be followed.",
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE users (id int, email text);\nALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;",
        up: "ALTER TABLE users ADD CONSTRAINT users_email_nn NOT NULL email NOT VALID;",
        down: "ALTER TABLE users DROP CONSTRAINT users_email_nn;",
        note: "A column has one NOT NULL.",
      },
      {
        before: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, mails email[]);",
        up: "ALTER DOMAIN email ADD CONSTRAINT at CHECK (VALUE LIKE '%@%');",
        down: "ALTER DOMAIN email DROP CONSTRAINT at;",
        note: "PostgreSQL looks into no array.",
      },
      {
        before:
          "CREATE TABLE docs (id int);\nALTER TABLE docs ENABLE ROW LEVEL SECURITY;\nCREATE POLICY docs_read ON docs USING (true);",
        up: "ALTER POLICY doc_read ON docs USING (id > 0);",
        down: "ALTER POLICY docs_read ON docs USING (true);",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "ALTER TABLE users RENAME COLUMN emial TO mail;",
        down: "ALTER TABLE users RENAME COLUMN mail TO email;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "ALTER TABLE users ADD COLUMN email text;",
        down: "ALTER TABLE users DROP COLUMN email;",
        note: "It is there already.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nDROP TABLE users;",
        up: "ALTER TABLE users ADD COLUMN email text;",
        down: "ALTER TABLE users DROP COLUMN email;",
        note: "An earlier migration dropped it.",
      },
      {
        up: "CREATE TABLE plans (id bigint PRIMARY KEY, code text);\nCREATE TABLE users (plan text REFERENCES plans (code));",
        down: "DROP TABLE users, plans;",
        note: "Nothing says that the code is unique.",
      },
      {
        up: "CREATE TABLE events (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);",
        down: "DROP TABLE events;",
        note: "A key of a partitioned table has to hold the columns by which it is partitioned.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id int, email text);\nALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;",
        up: "ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;",
        down: "SELECT 1;",
        note: "A column has one NOT NULL: to ask for it again does nothing.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "ALTER TABLE users DROP COLUMN IF EXISTS emial;",
        down: "SELECT 1;",
        note: "It passes, and does nothing.",
      },
      {
        up: "ALTER TABLE auth.users ADD COLUMN email text;",
        down: "ALTER TABLE auth.users DROP COLUMN email;",
        note: "No file makes the table: it comes from somewhere else.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "DO $$ BEGIN EXECUTE 'ALTER TABLE users ADD email text'; END $$;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users DROP COLUMN email;",
        note: "What the block does cannot be told.",
      },
      {
        up: "CREATE TABLE events (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);",
        down: "DROP TABLE events;",
      },
    ],
  },
  directions: ["up"],
  check: { migration },
});

function migration(context: MigrationContext): void {
  const { up } = context;
  const found = upFailure(context);
  if (!up || !found) return;
  const { statement, failure, before } = found;
  // These have rules of their own.
  if (
    failure.reason === "dependents" ||
    (failure.reason === "refused" && changesType(statement, failure.key))
  )
    return;
  const { start, end } = statement;
  const past = new PastCatalog(context.catalog, before);
  context.report(up.script, { start, end, ...failureWords("up", failure, (key) => siblingOf(past, key)) });
}

/** A column, constraint, … of the same table whose name is nearly the same. */
function siblingOf(catalog: PastCatalog, key: ObjectKey): ObjectKey | undefined {
  const table = keyOf("table", qualify(...splitQualified(nameIn(key)).slice(0, -1)));
  return nearestKey(
    key,
    [...catalog.childrenOf(table)].map(({ kind, name }) => keyOf(kind, name)),
  );
}
