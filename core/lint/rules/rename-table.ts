import type { Node, ObjectType } from "@pgsql/types";
import { lastPart, qualify, quoteIdentifier, splitQualified } from "../../catalog/quote-identifier.ts";
import { existingRelation } from "../facts/existing-table.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const renameTable = defineRule({
  name: "rename-table",
  summary: "An existing table or view is renamed, or moves to another schema, or its schema is renamed.",
  why: "Instances of the application that still run, and every query written for the old name, fail from that moment with 42P01.",
  instead: `Leave a view of the old name behind, in the same transaction, until nothing uses it:

\`\`\`sql
ALTER TABLE users RENAME TO accounts;
CREATE VIEW users AS SELECT * FROM accounts;
\`\`\``,
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts:
    "A rename is instant in every version. A view of one table takes INSERT, UPDATE and DELETE too (manual, CREATE VIEW, Updatable Views).",
  alsoKnownAs: { squawk: "renaming-table", strong_migrations: "rename_table", atlas: "BC101" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users RENAME TO accounts;",
        down: "ALTER TABLE accounts RENAME TO users;",
      },
      {
        before: "CREATE SCHEMA shop;\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users SET SCHEMA shop;",
        down: "ALTER TABLE shop.users SET SCHEMA public;",
      },
      {
        before: "CREATE SCHEMA shop;\nCREATE TABLE shop.users (id bigint PRIMARY KEY);",
        up: "ALTER SCHEMA shop RENAME TO store;",
        down: "ALTER SCHEMA store RENAME TO shop;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW people AS SELECT id FROM users;",
        up: "ALTER VIEW people RENAME TO persons;",
        down: "ALTER VIEW persons RENAME TO people;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users RENAME TO accounts;\nCREATE VIEW users AS SELECT * FROM accounts;",
        down: "DROP VIEW users;\nALTER TABLE accounts RENAME TO users;",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users RENAME TO accounts;",
        down: "DROP TABLE accounts;",
        note: "The table is new.",
      },
      {
        up: "CREATE SCHEMA shop;\nALTER SCHEMA shop RENAME TO store;",
        down: "DROP SCHEMA store;",
        note: "The schema is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE users_new (id bigint PRIMARY KEY);\nALTER TABLE users RENAME TO users_old;\nALTER TABLE users_new RENAME TO users;",
        down: "ALTER TABLE users RENAME TO users_new;\nALTER TABLE users_old RENAME TO users;\nDROP TABLE users_new;",
        note: "Another table takes the name in the same file.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW ids AS SELECT id FROM users;",
        up: "ALTER MATERIALIZED VIEW ids RENAME TO ids_old;\nCREATE MATERIALIZED VIEW ids AS SELECT id FROM users WHERE id > 0;",
        down: "DROP MATERIALIZED VIEW ids;\nALTER MATERIALIZED VIEW ids_old RENAME TO ids;",
        note: "Another view takes the name.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users_pkey RENAME TO users_key;",
        down: "ALTER TABLE users_key RENAME TO users_pkey;",
        note: "Nobody names an index in a query.",
      },
    ],
  },
  kinds: ["RenameStmt", "AlterObjectSchemaStmt"],
  check: {
    statement(context) {
      const { statement, outcome, parsed, report } = context;
      reportSchema(context);
      const to = newName(statement.node);
      if (!to || outcome.failure) return;
      const [table] = outcome.locks.flatMap(({ key }) => existingRelation(context, key) ?? []);
      if (!table) return;
      const old = lastPart(table.name);
      const takesName = parsed.statements.some(
        ({ index, node }) => index > statement.index && (makes(node) === old || newName(node)?.name === old),
      );
      if (takesName) return;
      const now = to.schema
        ? `${quoteIdentifier(to.schema)}.${quoteIdentifier(old)}`
        : renamed(table.name, to.name ?? "");
      report({
        message: `${to.schema ? `moving ${table.name} to schema ${quoteIdentifier(to.schema)}` : `renaming ${table.name} to ${quoteIdentifier(to.name ?? "")}`} breaks every running query that uses the old name`,
        label: "the old name is gone at once",
        help: `leave a view of the old name behind until nothing uses it\n  CREATE VIEW ${table.name} AS SELECT * FROM ${now};`,
      });
    },
  },
});

/** All that is in it gets another name. */
function reportSchema({ statement, outcome, parsed, existedBefore, report }: StatementContext): void {
  if (!("RenameStmt" in statement.node) || outcome.failure) return;
  const { renameType, subname = "", newname = "" } = statement.node.RenameStmt;
  if (renameType !== "OBJECT_SCHEMA" || !existedBefore(`schema ${quoteIdentifier(subname)}`)) return;
  const isMadeAgain = parsed.statements.some(
    ({ index, node }) =>
      index > statement.index && "CreateSchemaStmt" in node && node.CreateSchemaStmt.schemaname === subname,
  );
  if (isMadeAgain) return;
  report({
    message: `renaming schema ${subname} to ${newname} breaks every running query that uses the old name`,
    label: "the old name is gone at once",
    help: `make a schema of the old name again, with views of its tables, until nothing uses it\n  CREATE SCHEMA ${quoteIdentifier(subname)};`,
  });
}

interface NewName {
  readonly name?: string;
  readonly schema?: string;
}

function newName(node: Node): NewName | undefined {
  if ("RenameStmt" in node && isRelation(node.RenameStmt.renameType))
    return { name: node.RenameStmt.newname ?? "" };
  if ("AlterObjectSchemaStmt" in node && isRelation(node.AlterObjectSchemaStmt.objectType))
    return { schema: node.AlterObjectSchemaStmt.newschema ?? "" };
  return undefined;
}

function isRelation(type: ObjectType | undefined): boolean {
  return type === "OBJECT_TABLE" || type === "OBJECT_VIEW" || type === "OBJECT_MATVIEW";
}

/** The name of the view or table that a statement makes. */
function makes(node: Node): string | undefined {
  if ("ViewStmt" in node) return node.ViewStmt.view?.relname;
  if ("CreateTableAsStmt" in node) return node.CreateTableAsStmt.into?.rel?.relname;
  return "CreateStmt" in node ? node.CreateStmt.relation?.relname : undefined;
}

function renamed(table: string, name: string): string {
  return qualify(...splitQualified(table).slice(0, -1), name);
}
