import { dropStatement } from "../../catalog/drop-statement.ts";
import { describeKey } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Failure } from "../../catalog/simulate/outcome.ts";
import { commandPlace } from "../facts/command-place.ts";
import { upFailure } from "../facts/sure-failure.ts";
import { changesType, dependentsWords } from "../help/dependents-words.ts";
import { dropsBefore } from "../help/drops-before.ts";
import { defineRule, type MigrationContext } from "../rule.ts";

export const dropInUse = defineRule({
  name: "drop-in-use",
  summary: "A DROP of something that another object still depends on.",
  why: "PostgreSQL refuses the DROP (2BP01), and the deployment stops there; golang-migrate marks the database as dirty.",
  instead: `Drop what depends on it first, in the same migration, and make that anew where it is still wanted:

\`\`\`sql
DROP VIEW active_users;
ALTER TABLE users DROP COLUMN active;
CREATE VIEW active_users AS SELECT id FROM users;
\`\`\`

CASCADE also works, but drops whatever depends on it by then, in that database.`,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "Dependencies as pg_depend records them (manual, 5.15 Dependency Tracking).",
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW user_ids AS SELECT id FROM users;",
        up: "-- switchback: lossy nobody reads it\nDROP TABLE users;",
        down: "CREATE TABLE users (id bigint PRIMARY KEY);",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, active boolean);\nCREATE VIEW active_users AS SELECT id FROM users WHERE active;",
        up: "-- switchback: lossy nobody reads it\nALTER TABLE users DROP COLUMN active;\nDROP VIEW active_users;",
        down: "ALTER TABLE users ADD COLUMN active boolean;\nCREATE VIEW active_users AS SELECT id FROM users WHERE active;",
        note: "The other way round it works.",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('fine');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
        up: "DROP TYPE mood;",
        down: "CREATE TYPE mood AS ENUM ('fine');",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE posts (user_id bigint REFERENCES users);",
        up: "ALTER TABLE users DROP CONSTRAINT users_pkey;",
        down: "ALTER TABLE users ADD PRIMARY KEY (id);",
        note: "The foreign key needs it.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW user_ids AS SELECT id FROM users;",
        up: "-- switchback: lossy nobody reads it\nDROP VIEW user_ids;\nDROP TABLE users;",
        down: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW user_ids AS SELECT id FROM users;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE posts (user_id bigint REFERENCES users);",
        up: "-- switchback: lossy nobody reads them\nDROP TABLE users, posts;",
        down: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE posts (user_id bigint REFERENCES users);",
        note: "One DROP of several tables looks at them together.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE INDEX users_name_idx ON users (name);",
        up: "-- switchback: lossy nobody reads it\nALTER TABLE users DROP COLUMN name;",
        down: "ALTER TABLE users ADD COLUMN name text;\nCREATE INDEX users_name_idx ON users (name);",
        note: "An index falls with its column.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW user_ids AS SELECT id FROM users;\nDO $$ BEGIN EXECUTE 'DROP VIEW user_ids'; END $$;",
        up: "-- switchback: lossy nobody reads it\nDROP TABLE users;",
        down: "CREATE TABLE users (id bigint PRIMARY KEY);",
        note: "What the block did cannot be told.",
      },
    ],
  },
  check: { migration },
});

type Dependents = Extract<Failure, { reason: "dependents" }>;

function migration(context: MigrationContext): void {
  const { up } = context;
  const found = upFailure(context);
  if (!up || found?.failure.reason !== "dependents") return;
  const { statement, command, failure } = found;
  const { key, dependents } = failure;
  // These have rules of their own.
  if (dependents.length === 0 || changesType(statement, key) || isOfConstraint(context, key)) return;
  context.report(up.script, {
    ...dependentsWords(statement, key, dependents),
    ...commandPlace(up.parsed, statement, command),
    help: ownerHelp(context, failure) ?? helpFor(context, failure),
  });
}

function isOfConstraint({ catalog }: MigrationContext, key: ObjectKey): boolean {
  const object = catalog.at(key);
  return object?.kind === "index" && object.attributes.constraint !== undefined;
}

/** The sequence of an identity column and the index of a partition go with what they are a part of. */
function ownerHelp({ catalog }: MigrationContext, { key, dependents }: Dependents): string | undefined {
  const [owner] = dependents;
  const object = owner?.type === "internal" ? catalog.at(owner.key) : undefined;
  if (object?.kind === "column") {
    const table = plainName((object.parent ?? "").replace(/^table /, ""));
    const column = quoteIdentifier(lastPart(object.name));
    return `take the identity from the column instead, and ${describeKey(key)} goes with it\n  ALTER TABLE ${table} ALTER COLUMN ${column} DROP IDENTITY;`;
  }
  const sql = object && dropStatement(object);
  return sql && `drop the whole instead, and ${describeKey(key)} goes with it\n  ${sql}`;
}

/** More of them are no help at a glance. */
const mostDrops = 3;

function helpFor({ catalog }: MigrationContext, { key, dependents }: Dependents): string {
  if (key.startsWith("role "))
    return "give away what it owns with REASSIGN OWNED, and revoke what it was granted with DROP OWNED, before";
  const drops = dropsBefore(
    catalog,
    key,
    dependents.map((it) => it.key),
  );
  if (!drops || drops.length > mostDrops)
    return "drop what depends on it first, and make anew what is still wanted";
  return `take away before it what needs it, and make that anew where it is still wanted\n${drops.map((drop) => `  ${drop}`).join("\n")}`;
}
