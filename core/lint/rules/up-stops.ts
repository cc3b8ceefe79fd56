import { nameIn } from "../../catalog/key-parts.ts";
import { keyOf, type ObjectKey } from "../../catalog/model.ts";
import { PastCatalog } from "../../catalog/past-catalog.ts";
import { qualify, splitQualified } from "../../catalog/quote-identifier.ts";
import { commandPlace } from "../facts/command-place.ts";
import { placeNaming } from "../facts/element-place.ts";
import { nearestKey } from "../facts/nearest-key.ts";
import { upFailure } from "../facts/sure-failure.ts";
import { changesType } from "../help/dependents-words.ts";
import { failureWords } from "../help/failure-words.ts";
import { defineRule, type MigrationContext } from "../rule.ts";

export const upStops = defineRule({
  name: "up-stops",
  summary:
    "An up that PostgreSQL refuses: it names what is not there, makes what is there already, or asks for what it does not do.",
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
        up: "CREATE UNLOGGED TABLE stats (at date NOT NULL) PARTITION BY RANGE (at);",
        down: "DROP TABLE stats;",
        note: "PostgreSQL 17 took it, and did nothing of it.",
      },
      {
        up: "CREATE TABLE events (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);",
        down: "DROP TABLE events;",
        note: "A key of a partitioned table has to hold the columns by which it is partitioned.",
      },
      {
        before: "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);",
        up: "CREATE INDEX CONCURRENTLY events_at_idx ON events (at);",
        down: "DROP INDEX events_at_idx;",
        note: "The index of a partitioned table is not built CONCURRENTLY, but those of its partitions are.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text, gone boolean);\nCREATE UNIQUE INDEX users_email_key ON users (email) WHERE NOT gone;",
        up: "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;",
        down: "ALTER TABLE users DROP CONSTRAINT users_email_key;",
        note: "A constraint holds for all rows, and the index has some of them.",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;",
        up: "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;",
        down: "SELECT 1;",
        note: "It needs a unique index.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (user_id bigint REFERENCES users);",
        up: "TRUNCATE users;",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE events (user_id bigint, at date) PARTITION BY RANGE (at);",
        up: "ALTER TABLE events ADD CONSTRAINT events_user_fkey FOREIGN KEY (user_id) REFERENCES users NOT VALID;",
        down: "ALTER TABLE events DROP CONSTRAINT events_user_fkey;",
        postgres: 17,
      },
      {
        before: "CREATE TYPE mood AS ENUM ('sad', 'ok');",
        up: "ALTER TYPE mood ADD VALUE 'happy' AFTER 'fine';",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, a int, b int);\nCREATE INDEX users_a ON users (a);\nCREATE INDEX users_b ON users (b);",
        up: "DROP INDEX CONCURRENTLY users_a, users_b;",
        down: "SELECT 1;",
        note: "CONCURRENTLY drops one at a time.",
      },
      {
        before: "CREATE TYPE person AS (id bigint, name text);\nCREATE TABLE people OF person;",
        up: "ALTER TYPE person ADD ATTRIBUTE age int;",
        down: "ALTER TYPE person DROP ATTRIBUTE age;",
        note: "Without CASCADE the type does not change under its table.",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "ALTER TABLE events ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;",
        down: "ALTER TABLE events DROP COLUMN seq;",
        postgres: 16,
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE VIEW names AS SELECT name FROM users;",
        up: "ALTER TABLE names ADD COLUMN email text;",
        down: "ALTER TABLE names DROP COLUMN email;",
        note: "A view has what its query says.",
      },
      {
        before: "CREATE TABLE users (name text);\nCREATE TABLE admins (level int) INHERITS (users);",
        up: "ALTER TABLE admins DROP COLUMN name;",
        down: "ALTER TABLE admins ADD COLUMN name text;",
        note: "It is inherited.",
      },
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE rest PARTITION OF events DEFAULT;\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;",
        down: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        note: "Not with a default partition.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, seen timestamptz);",
        up: "CREATE INDEX CONCURRENTLY users_new_idx ON users (id) WHERE seen > now() - interval '7 days';",
        down: "DROP INDEX CONCURRENTLY users_new_idx;",
        note: "An index is no query.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, seen timestamptz);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id uuid REFERENCES users);",
        down: "DROP TABLE orders;",
        note: "The two are never equal.",
      },
      {
        before: "CREATE TABLE lines (a int, sum int GENERATED ALWAYS AS (a * 2) VIRTUAL);",
        up: "CREATE INDEX lines_sum_idx ON lines (sum);",
        down: "DROP INDEX lines_sum_idx;",
        note: "A virtual column is stored nowhere.",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "ALTER TABLE ONLY events ALTER COLUMN id SET NOT NULL;",
        down: "SELECT 1;",
        note: "The partitions must have it too.",
      },
      {
        before: "CREATE TABLE events (at date) PARTITION BY RANGE (at);",
        up: "CREATE INDEX ON events (at);",
        down: "SELECT 1;",
        postgres: 10,
        note: "Each partition has its own, before 11.",
      },
    ],
    good: [
      {
        up: "CREATE UNLOGGED TABLE stats (at date NOT NULL) PARTITION BY RANGE (at);",
        down: "DROP TABLE stats;",
        postgres: 17,
        note: "Up to 17 it is taken.",
      },
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
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;\nCREATE UNIQUE INDEX totals_id_idx ON totals (id);",
        up: "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, boss bigint REFERENCES users);\nCREATE TABLE orders (user_id bigint REFERENCES users);",
        up: "TRUNCATE users, orders;",
        down: "SELECT 1;",
        note: "Both are emptied, and a table may refer to itself.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE events (user_id bigint, at date) PARTITION BY RANGE (at);",
        up: "ALTER TABLE events ADD CONSTRAINT events_user_fkey FOREIGN KEY (user_id) REFERENCES users NOT VALID;",
        down: "ALTER TABLE events DROP CONSTRAINT events_user_fkey;",
        note: "Since 18.",
      },
      {
        before: "CREATE TYPE person AS (id bigint, name text);\nCREATE TABLE people OF person;",
        up: "ALTER TYPE person ADD ATTRIBUTE age int CASCADE;\nALTER TABLE people ALTER COLUMN age SET DEFAULT 0;",
        down: "ALTER TYPE person DROP ATTRIBUTE age CASCADE;",
        note: "The table has the column then.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, seen timestamptz);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id int REFERENCES users);",
        down: "DROP TABLE orders;",
        note: "An integer and a bigint are compared.",
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
  const { statement, command, failure, before } = found;
  // These have rules of their own.
  if (
    failure.reason === "dependents" ||
    (failure.reason === "refused" && changesType(statement, failure.key))
  )
    return;
  const past = new PastCatalog(context.catalog, before);
  context.report(up.script, {
    ...("CreateStmt" in statement.node
      ? placeNaming(up.parsed, statement, failure.key)
      : commandPlace(up.parsed, statement, command)),
    ...failureWords("up", failure, (key) => siblingOf(past, key)),
  });
}

/** A column, constraint, … of the same table whose name is nearly the same. */
function siblingOf(catalog: PastCatalog, key: ObjectKey): ObjectKey | undefined {
  const table = keyOf("table", qualify(...splitQualified(nameIn(key)).slice(0, -1)));
  return nearestKey(
    key,
    [...catalog.childrenOf(table)].map(({ kind, name }) => keyOf(kind, name)),
  );
}
