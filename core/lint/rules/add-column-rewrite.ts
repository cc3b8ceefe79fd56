import type { ColumnDef, Constraint } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { isRequiredByDomain } from "../facts/required-column.ts";
import { type TableCommand, tableCommands } from "../facts/table-command.ts";
import { enumerate } from "../help/enumerate.ts";
import { collateSql, defaultSql, typeSql } from "../help/new-column-sql.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const addColumnRewrite = defineRule({
  name: "add-column-rewrite",
  summary: "A new column whose value must be written into every row.",
  why: "The whole table and all its indexes are written anew under ACCESS EXCLUSIVE: nobody reads or writes it until it is done.",
  instead: `Add the column empty, set the default for new rows, and fill the old ones in batches:

\`\`\`sql
ALTER TABLE users ADD COLUMN token uuid;
ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();
-- later, in batches
UPDATE users SET token = gen_random_uuid() WHERE id BETWEEN 1 AND 10000 AND token IS NULL;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Since 11 a default that is constant or STABLE (now()) is stored once; a VOLATILE one, serial, IDENTITY, a STORED generated column and a domain with constraints still rewrite. Before 11 every default does. A VIRTUAL generated column (18) rewrites nothing (manual, ALTER TABLE, Notes).",
  alsoKnownAs: {
    squawk: "adding-field-with-default, adding-serial-primary-key-field, adding-generated-field",
    eugene: "E10, E11",
    strong_migrations: "add_column_default",
    atlas: "PG302",
  },
  kinds: ["AlterTableStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();",
        down: "ALTER TABLE users DROP COLUMN token;",
      },
      {
        before: "CREATE TABLE users (name text);",
        up: "ALTER TABLE users ADD COLUMN id bigserial PRIMARY KEY;",
        down: "ALTER TABLE users DROP COLUMN id;",
      },
      {
        before: "CREATE TABLE users (name text);",
        up: "ALTER TABLE users ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;",
        down: "ALTER TABLE users DROP COLUMN id;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ADD COLUMN name_lower text GENERATED ALWAYS AS (lower(name)) STORED;",
        down: "ALTER TABLE users DROP COLUMN name_lower;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN active boolean DEFAULT true;",
        down: "ALTER TABLE users DROP COLUMN active;",
        postgres: 10,
      },
      {
        before:
          "CREATE FUNCTION new_code() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN ''x''; END';\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN code text DEFAULT new_code();",
        down: "ALTER TABLE users DROP COLUMN code;",
        note: "A function is VOLATILE unless it says otherwise.",
      },
      {
        before: "CREATE DOMAIN score AS int CHECK (VALUE >= 0);\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN score score DEFAULT 0;",
        down: "ALTER TABLE users DROP COLUMN score;",
        note: "Each value is tried against the domain.",
      },
      {
        before:
          "CREATE DOMAIN token AS uuid DEFAULT gen_random_uuid();\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN token token;",
        down: "ALTER TABLE users DROP COLUMN token;",
        note: "The default of the domain is volatile.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT true;",
        down: "ALTER TABLE users DROP COLUMN active;",
        note: "Since 11.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT now() - interval '1 day', ADD COLUMN tags text[] DEFAULT ARRAY[]::text[];",
        down: "ALTER TABLE users DROP COLUMN seen, DROP COLUMN tags;",
        note: "now() is STABLE: it is computed once.",
      },
      {
        before:
          "CREATE FUNCTION code() RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x''';\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN code text DEFAULT code();",
        down: "ALTER TABLE users DROP COLUMN code;",
      },
      {
        before:
          "CREATE FUNCTION code() RETURNS text LANGUAGE sql AS 'SELECT ''x''';\nCREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN code text DEFAULT code();",
        down: "ALTER TABLE users DROP COLUMN code;",
        note: "PostgreSQL puts the body of a simple SQL function in its place, and that is constant.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ADD COLUMN name_lower text GENERATED ALWAYS AS (lower(name)) VIRTUAL;",
        down: "ALTER TABLE users DROP COLUMN name_lower;",
      },
      {
        up: "CREATE TABLE users (name text);\nALTER TABLE users ADD COLUMN id bigserial PRIMARY KEY;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN note text DEFAULT NULL;",
        down: "ALTER TABLE users DROP COLUMN note;",
        postgres: 10,
        note: "DEFAULT NULL is no default.",
      },
    ],
  },
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        const { def } = found.command;
        if (!def || !("ColumnDef" in def) || found.command.subtype !== "AT_AddColumn") continue;
        // That the first row stops it is for add-column-not-null to say.
        if (found.lock.rewrite && !isRequiredByDomain(context, found, def.ColumnDef))
          report(context, found, def.ColumnDef);
      }
    },
  },
});

function report(context: StatementContext, { table, place }: TableCommand, def: ColumnDef): void {
  const column = quoteIdentifier(def.colname ?? "");
  const cause = causeOf(context, def);
  context.report({
    ...place,
    message: `adding ${table.name}.${column} writes every row of ${table.name} anew: ${cause.words}`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until all rows are written`,
    help: cause.help(`ALTER TABLE ${table.name}`, column, table.name),
  });
}

interface Cause {
  readonly words: string;
  help(alter: string, column: string, table: string): string;
}

function causeOf({ parsed, postgres, statement }: StatementContext, def: ColumnDef): Cause {
  const constraints = (def.constraints ?? []).flatMap((node) =>
    "Constraint" in node ? [node.Constraint] : [],
  );
  const find = (kind: Constraint["contype"]) => constraints.find(({ contype }) => contype === kind);
  if (find("CONSTR_GENERATED")) {
    return {
      words: "a STORED generated column is computed for each of them",
      help: () =>
        postgres >= 18
          ? "make it VIRTUAL, which stores nothing, or a plain column that a trigger keeps and that is filled in batches"
          : "make it a plain column that a trigger keeps, and fill it in batches",
    };
  }
  const value = find("CONSTR_DEFAULT");
  const numbering = find("CONSTR_IDENTITY") ? "IDENTITY" : isSerial(def) ? "serial" : undefined;
  if (!value && numbering === undefined) {
    const type = typeSql(parsed.text, parsed.offsetAt(def.typeName?.location ?? 0), statement.end);
    return {
      words: `the domain ${type} has a constraint or a default that is worked out for each of them`,
      help: () =>
        "give it the type behind the domain, set the default afterwards, and check its values with a CHECK that is added NOT VALID",
    };
  }
  if (!value) {
    return {
      words: `${numbering} numbers each of them`,
      help: () =>
        `add a plain bigint column, number new rows with a sequence as its default, number the old ones in batches, and make it NOT NULL and, where it was meant so, the key afterwards`,
    };
  }
  const type = typeSql(
    parsed.text,
    parsed.offsetAt(def.typeName?.location ?? 0),
    parsed.offsetAt(value.location ?? 0),
  );
  const rest = othersThan(constraints);
  const sql = defaultSql(parsed.text, parsed.offsetAt(value.location ?? 0), statement.end);
  return {
    words: postgres < 11 ? "before 11 every default is" : wordsFor(sql),
    help: (alter, column, table) =>
      steps(
        {
          words: "here, for new rows only",
          sql: [
            `${alter} ADD COLUMN ${column} ${type}${collateSql(def)};`,
            `${alter} ALTER COLUMN ${column} SET ${sql};`,
          ],
        },
        {
          words: "then in batches, each in a transaction of its own",
          sql: [`UPDATE ${table} SET ${column} = DEFAULT WHERE ${column} IS NULL AND …;`],
        },
        ...(rest === undefined ? [] : [{ words: `when no row is without it, add ${rest}`, sql: [] }]),
      ),
  };
}

/** What the column was to have besides its default. */
function othersThan(constraints: readonly Constraint[]): string | undefined {
  const words = constraints.flatMap(({ contype }) => wordsOf[contype ?? "CONSTR_NULL"] ?? []);
  return words.length === 0 ? undefined : enumerate(words);
}

const wordsOf: Readonly<Partial<Record<NonNullable<Constraint["contype"]>, string>>> = {
  CONSTR_NOTNULL: "NOT NULL",
  CONSTR_CHECK: "its CHECK",
  CONSTR_UNIQUE: "UNIQUE",
  CONSTR_PRIMARY: "PRIMARY KEY",
  CONSTR_FOREIGN: "its foreign key",
};

function isSerial({ typeName }: ColumnDef): boolean {
  return /^(?:(?:small|big)?serial|serial[248])$/.test(strings(typeName?.names).at(-1) ?? "");
}

function wordsFor(sql: string): string {
  return /\(/.test(sql)
    ? `${sql.replace(/^default /i, "")} is computed for each of them`
    : "the default is tried against its domain for each of them";
}
