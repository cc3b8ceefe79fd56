import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { existingTable } from "../facts/existing-table.ts";
import { tableCommands } from "../facts/table-command.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const dropPrimaryKey = defineRule({
  name: "drop-primary-key",
  summary:
    "A primary key, or the index of the replica identity, is dropped and no other one takes its place.",
  why: "Duplicates can come in, ON CONFLICT on it fails, and logical replication refuses UPDATE and DELETE on a table without a replica identity.",
  instead:
    "Put the new key in the same statement, from an index that was built beforehand:\n\n```sql\nALTER TABLE users DROP CONSTRAINT users_pkey, ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_new_pkey;\n```",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "A published table needs a replica identity for UPDATE and DELETE, by default its primary key (manual 29.1.1).",
  alsoKnownAs: { "diesel-guard": "drop-primary-key", migrationpilot: "MP055" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users DROP CONSTRAINT users_pkey;",
        down: "ALTER TABLE users ADD PRIMARY KEY (id);",
      },
      {
        before: "CREATE TABLE users (id bigint CONSTRAINT users_key PRIMARY KEY, email text);",
        up: "ALTER TABLE users DROP CONSTRAINT users_key;",
        down: "ALTER TABLE users ADD CONSTRAINT users_key PRIMARY KEY (id);",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, code text NOT NULL);\nCREATE UNIQUE INDEX users_code ON users (code);\nALTER TABLE users REPLICA IDENTITY USING INDEX users_code;",
        up: "DROP INDEX CONCURRENTLY users_code;",
        down: "CREATE UNIQUE INDEX CONCURRENTLY users_code ON users (code);",
        note: "Nothing takes its place, not even the primary key.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, code text NOT NULL);\nCREATE UNIQUE INDEX users_code ON users (code);\nALTER TABLE users REPLICA IDENTITY USING INDEX users_code;",
        up: "ALTER TABLE users REPLICA IDENTITY DEFAULT;\nDROP INDEX users_code;",
        down: "CREATE UNIQUE INDEX users_code ON users (code);\nALTER TABLE users REPLICA IDENTITY USING INDEX users_code;",
        note: "The primary key is the replica identity from then on.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, code bigint NOT NULL);\nCREATE UNIQUE INDEX users_code ON users (code);",
        up: "ALTER TABLE users DROP CONSTRAINT users_pkey, ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_code;",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey, ADD PRIMARY KEY (id);",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text UNIQUE);",
        up: "ALTER TABLE users DROP CONSTRAINT users_name_key;",
        down: "ALTER TABLE users ADD UNIQUE (name);",
        note: "Not the primary key.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users DROP CONSTRAINT users_pkey;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
    ],
  },
  kinds: ["AlterTableStmt", "DropStmt"],
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        const { command, table } = found;
        if (command.subtype !== "AT_DropConstraint") continue;
        const name = quoteIdentifier(command.name ?? "");
        const full = table.key.slice("table ".length);
        const constraint = context.catalog.get("constraint", `${full}.${name}`);
        if (constraint?.attributes.type !== "primary key") continue;
        // The new key comes in this statement or in a later one of this file.
        const another = context.parsed.statements.some(
          ({ index, node }) =>
            index >= context.statement.index &&
            "AlterTableStmt" in node &&
            node.AlterTableStmt.relation?.relname === lastPart(full) &&
            /"CONSTR_PRIMARY"/.test(JSON.stringify(node)),
        );
        if (another) continue;
        context.report({
          ...found.place,
          message: `${table.name} is left without a primary key: duplicates can come in, and logical replication refuses its updates and deletes`,
          label: `drops PRIMARY KEY (${constraint.attributes.columns.join(", ")})`,
          help: `put the new key in the same statement\n  ALTER TABLE ${table.name} DROP CONSTRAINT ${name}, ADD PRIMARY KEY USING INDEX …;`,
        });
      }
      reportIdentity(context);
    },
  },
});

/** An index that was made the replica identity takes that with it, and the table has none from then on. */
function reportIdentity(context: StatementContext): void {
  const { outcome, catalog, after, parsed, statement, report } = context;
  if (outcome.failure) return;
  for (const effect of outcome.effects) {
    if (effect.action !== "drop" || !effect.key.startsWith("index ")) continue;
    const index = lastPart(effect.key.slice("index ".length));
    const table = existingTable(context, catalog.at(effect.key)?.parent ?? "");
    const was = table && catalog.get("table", table.key.slice("table ".length));
    const now = table && after.get("table", table.key.slice("table ".length));
    if (!table || !now || was?.attributes.replicaIdentity !== `index ${index}`) continue;
    const another = parsed.statements.some(
      ({ index: place, node }) =>
        place > statement.index && /"AT_ReplicaIdentity"/.test(JSON.stringify(node)),
    );
    if (another) continue;
    report({
      message: `${table.name} is left without a replica identity: logical replication refuses its updates and deletes`,
      label: `${index} is what tells its rows apart there`,
      help: `name another index before\n  ALTER TABLE ${table.name} REPLICA IDENTITY DEFAULT; -- the primary key`,
    });
  }
}
