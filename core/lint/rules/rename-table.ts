import { lastPart, qualify, quoteIdentifier, splitQualified } from "../../catalog/quote-identifier.ts";
import { existingTable } from "../facts/existing-table.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const renameTable = defineRule({
  name: "rename-table",
  summary: "An existing table is renamed, or moves to another schema, or its schema is renamed.",
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
    ],
  },
  kinds: ["RenameStmt", "AlterObjectSchemaStmt"],
  check: {
    statement(context) {
      const { statement, outcome, parsed, report } = context;
      reportSchema(context);
      const to = newName(statement.node);
      const lock = outcome.locks.find(({ key }) => key.startsWith("table "));
      if (!to || outcome.failure || !lock) return;
      const table = existingTable(context, lock.key);
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

function newName(node: object): NewName | undefined {
  const { RenameStmt, AlterObjectSchemaStmt } = node as {
    RenameStmt?: { renameType?: string; newname?: string };
    AlterObjectSchemaStmt?: { objectType?: string; newschema?: string };
  };
  if (RenameStmt?.renameType === "OBJECT_TABLE") return { name: RenameStmt.newname ?? "" };
  if (AlterObjectSchemaStmt?.objectType === "OBJECT_TABLE")
    return { schema: AlterObjectSchemaStmt.newschema ?? "" };
  return undefined;
}

/** The name of the view or table that a statement makes. */
function makes(node: object): string | undefined {
  const { ViewStmt, CreateStmt } = node as {
    ViewStmt?: { view?: { relname?: string } };
    CreateStmt?: { relation?: { relname?: string } };
  };
  return ViewStmt?.view?.relname ?? CreateStmt?.relation?.relname;
}

function renamed(table: string, name: string): string {
  return qualify(...splitQualified(table).slice(0, -1), name);
}
