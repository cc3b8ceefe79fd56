import type { AlterTableCmd } from "@pgsql/types";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { ExistingTable } from "../facts/existing-table.ts";
import { laterCommands } from "../facts/later-commands.ts";
import { tableCommands } from "../facts/table-command.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const dropNotNull = defineRule({
  name: "drop-not-null",
  summary: "A column of an existing table may hold NULL from now on.",
  why: "The application that still runs may not expect NULL there, and once there is one the down cannot go back.",
  instead: "Let the readers cope with NULL first, in a deployment of its own.",
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  alsoKnownAs: { squawk: "ban-drop-not-null" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text);",
        up: "ALTER TABLE users ALTER COLUMN name SET DEFAULT '', ALTER COLUMN email DROP NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN name DROP DEFAULT, ALTER COLUMN email SET NOT NULL;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT has_email NOT NULL);",
        up: "ALTER TABLE users DROP CONSTRAINT has_email;",
        down: "ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email;",
        note: "Since 18 by its name.",
      },
    ],
    good: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\nALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT 0;\nALTER TABLE users ALTER COLUMN age DROP NOT NULL;",
        down: "ALTER TABLE users DROP COLUMN age;",
        note: "The column is new: nobody reads it yet.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        down: "SELECT 1;",
        note: "It could hold NULL before.",
      },
      {
        up: "CREATE TEMP TABLE import (email text NOT NULL);\nALTER TABLE import ALTER COLUMN email DROP NOT NULL;",
        down: "SELECT 1;",
        note: "Nobody else sees a temporary table.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255) NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;\nALTER TABLE users ALTER COLUMN email TYPE varchar(500);\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        down: "ALTER TABLE users ALTER COLUMN email TYPE varchar(255);",
        note: "It is set again: nobody ever sees a NULL.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
        up: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;\nALTER TABLE users DROP COLUMN email;",
        down: "ALTER TABLE users ADD COLUMN email text NOT NULL;",
        note: "Nobody reads it any more.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email varchar(99) NOT NULL, CONSTRAINT has_mail CHECK (email <> ''));",
        up: "ALTER TABLE users DROP CONSTRAINT has_mail, ALTER COLUMN email TYPE text;",
        down: "SELECT 1;",
        note: "A CHECK of the column goes, its NOT NULL stays.",
      },
    ],
  },
  kinds: ["AlterTableStmt"],
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        const { command, table } = found;
        const dropped = droppedBy(context, command, table);
        if (dropped === undefined) continue;
        const column = quoteIdentifier(dropped);
        const name = `${table.key.slice("table ".length)}.${column}`;
        const before = context.catalog.get("column", name);
        if (before && !(before.attributes.notNull && context.existedBefore(`column ${name}`))) continue;
        if (laterCommands(context).some((it) => ends.has(it.subtype) && it.name === dropped)) continue;
        context.report({
          ...found.place,
          message: `${table.name}.${column} may hold NULL from now on, which running readers may not expect`,
          label: "the down cannot go back once there is a NULL",
          help: "let the readers cope with NULL first, in a deployment of its own",
        });
      }
    },
  },
});

/** Nobody reads a NULL before the file ends. */
const ends: ReadonlySet<AlterTableCmd["subtype"]> = new Set(["AT_SetNotNull", "AT_DropColumn"] as const);

/** The column that may hold NULL from then on: by its name, or since 18 by that of the constraint. */
function droppedBy(
  { catalog, after }: StatementContext,
  { subtype, name }: AlterTableCmd,
  { key }: ExistingTable,
): string | undefined {
  if (subtype === "AT_DropNotNull") return name ?? "";
  if (subtype !== "AT_DropConstraint") return undefined;
  const constraint = catalog.get(
    "constraint",
    `${key.slice("table ".length)}.${quoteIdentifier(name ?? "")}`,
  );
  for (const column of catalog.childrenOf(key)) {
    const now =
      column.kind === "column" && column.attributes.notNull ? after.at(`column ${column.name}`) : undefined;
    if (now?.kind !== "column" || now.attributes.notNull) continue;
    const bare = lastPart(column.name);
    const isIts = constraint
      ? constraint.attributes.type === "not null" &&
        constraint.attributes.columns.includes(quoteIdentifier(bare))
      : name === `${lastPart(key)}_${bare}_not_null`;
    if (isIts) return bare;
  }
  return undefined;
}
