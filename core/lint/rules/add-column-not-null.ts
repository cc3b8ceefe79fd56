import type { ColumnDef } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { effectsOn } from "../facts/effects-on.ts";
import { isRequired, isRequiredByDomain } from "../facts/required-column.ts";
import { placeOf, type TableCommand, tableCommands } from "../facts/table-command.ts";
import { columnsOf } from "../help/enumerate.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const addColumnNotNull = defineRule({
  name: "add-column-not-null",
  summary: "A NOT NULL column without a default on an existing table.",
  why: "The migration fails with 23502 as soon as the table has a row, and the running application, which does not know the column, can no longer insert.",
  instead: `Give it a default, or add it nullable, fill it, and make it NOT NULL afterwards:

\`\`\`sql
ALTER TABLE users ADD COLUMN status text NOT NULL DEFAULT 'active';
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "Since 11 a constant or stable default is stored once and rewrites nothing (manual, ALTER TABLE).",
  alsoKnownAs: { squawk: "adding-required-field", atlas: "MF103", strong_migrations: "add_column_default" },
  kinds: ["AlterTableStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN status text NOT NULL;",
        down: "ALTER TABLE users DROP COLUMN status;",
      },
      {
        before: "CREATE TABLE teams (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN team_id bigint NOT NULL UNIQUE REFERENCES teams (id);",
        down: "ALTER TABLE users DROP COLUMN team_id;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN status text NOT NULL, ADD COLUMN age int, ADD COLUMN plan text NOT NULL;",
        down: "ALTER TABLE users DROP COLUMN status, DROP COLUMN age, DROP COLUMN plan;",
        note: "One finding: the statement fails once.",
      },
      {
        before: "CREATE DOMAIN email AS text NOT NULL;\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN mail email;",
        down: "ALTER TABLE users DROP COLUMN mail;",
        note: "The domain says NOT NULL.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, status text NOT NULL);",
        up: "ALTER TABLE users ADD COLUMN IF NOT EXISTS status text NOT NULL;",
        down: "SELECT 1;",
        note: "It is there already.",
      },
      {
        before:
          "CREATE DOMAIN email AS text DEFAULT '' NOT NULL;\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN mail email;",
        down: "ALTER TABLE users DROP COLUMN mail;",
        note: "The domain brings a default.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN status text NOT NULL DEFAULT 'active';",
        down: "ALTER TABLE users DROP COLUMN status;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ADD COLUMN id_text text NOT NULL GENERATED ALWAYS AS (name || '!') STORED;",
        down: "ALTER TABLE users DROP COLUMN id_text;",
        note: "A generated column fills itself.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN status text NOT NULL;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "TRUNCATE users;\nALTER TABLE users ADD COLUMN status text NOT NULL;",
        down: "ALTER TABLE users DROP COLUMN status;",
        note: "This migration empties the table first.",
      },
    ],
  },
  check: {
    statement(context) {
      report(
        context,
        tableCommands(context).filter((found) => {
          const { def } = found.command;
          if (!def || !("ColumnDef" in def)) return false;
          if (isRequiredByDomain(context, found, def.ColumnDef)) return !isEmptied(context, found);
          if (found.lock.rewrite || !isRequired(def.ColumnDef)) return false;
          return !hasDomainDefault(context, def.ColumnDef) && !isEmptied(context, found);
        }),
      );
    },
  },
});

/** A type that is not built in may be a domain with a default of its own. */
function hasDomainDefault({ catalog }: StatementContext, { typeName }: ColumnDef): boolean {
  const names = (typeName?.names ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));
  const name = quoteIdentifier(names.at(-1) ?? "");
  const schema = names.length > 1 ? quoteIdentifier(names.at(-2) ?? "") : "public";
  return catalog.get("domain", `${schema}.${name}`)?.attributes.default !== undefined;
}

/** Every row was taken out earlier in this script. */
function isEmptied({ earlier }: StatementContext, { table }: TableCommand): boolean {
  return effectsOn(earlier, table.key).some(({ effect, step }) => {
    if (effect.action !== "write") return false;
    const node = earlier[step]?.statement.node;
    return effect.verb === "truncate" || (effect.verb === "delete" && node && deletesAll(node));
  });
}

function deletesAll(node: object): boolean {
  const statement = (node as { DeleteStmt?: { whereClause?: unknown } }).DeleteStmt;
  return statement !== undefined && statement.whereClause === undefined;
}

/** One statement fails once, however many of its columns lack a value. */
function report(context: StatementContext, found: readonly TableCommand[]): void {
  const [first] = found;
  if (!first) return;
  const { table } = first;
  const columns = found.map(addedColumn);
  const one = columns.length === 1;
  context.report({
    ...placeOf(found),
    message: `adding the NOT NULL ${one ? "column" : "columns"} ${columnsOf(table.name, columns)} without a default fails as soon as ${table.name} has a row`,
    label: "no default for the rows that are there",
    help: steps({
      words: `give ${one ? "it" : "each"} a DEFAULT, which costs nothing since 11; or add ${one ? "it" : "them"} without NOT NULL, fill ${one ? "it" : "them"}, and then`,
      sql: columns.map((column) => `ALTER TABLE ${table.name} ALTER COLUMN ${column} SET NOT NULL;`),
    }),
  });
}

function addedColumn({ command: { def } }: TableCommand): string {
  return quoteIdentifier((def && "ColumnDef" in def && def.ColumnDef.colname) || "");
}
