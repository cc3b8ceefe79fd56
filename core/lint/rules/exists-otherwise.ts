import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Mismatch } from "../../catalog/simulate/outcome.ts";
import { placeOfCommand } from "../facts/command-place.ts";
import { defineRule } from "../rule.ts";

export const existsOtherwise = defineRule({
  name: "exists-otherwise",
  summary:
    "IF NOT EXISTS passes over a column of another type or without NOT NULL, or an index over something else.",
  why: "The name is all that IF NOT EXISTS looks at: the migration succeeds, and the column or the index stays what it was.",
  instead: "Change the column with ALTER COLUMN TYPE; drop the old index first; or choose another name.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "IF NOT EXISTS compares names only (manual, ALTER TABLE and CREATE INDEX).",
  kinds: ["AlterTableStmt", "IndexStmt"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE items (id bigint PRIMARY KEY, price int);",
        up: "ALTER TABLE items ADD COLUMN IF NOT EXISTS price numeric(10,2);",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE items (id bigint PRIMARY KEY, price int);",
        up: "ALTER TABLE items ADD COLUMN IF NOT EXISTS price int NOT NULL DEFAULT 0;",
        down: "SELECT 1;",
        note: "It stays nullable.",
      },
      {
        before:
          "CREATE TABLE items (id bigint PRIMARY KEY, name text, kind text);\nCREATE INDEX items_name ON items (name);",
        up: "CREATE INDEX IF NOT EXISTS items_name ON items (name, kind);",
        down: "SELECT 1;",
      },
      {
        before:
          "CREATE TABLE items (id bigint PRIMARY KEY, name text);\nCREATE INDEX items_name ON items (name);",
        up: "CREATE UNIQUE INDEX IF NOT EXISTS items_name ON items (name);",
        down: "SELECT 1;",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE items (id bigint PRIMARY KEY, name varchar(20) NOT NULL);\nCREATE INDEX items_name ON items (lower(name)) WHERE id > 0;",
        up: "ALTER TABLE items ADD COLUMN IF NOT EXISTS name character varying(20) NOT NULL;\nCREATE INDEX IF NOT EXISTS items_name ON public.items USING btree (lower((name)::text)) WHERE (id > 0);",
        down: "SELECT 1;",
        note: "The same in other words.",
      },
      {
        before: "CREATE TABLE items (id bigint PRIMARY KEY, n int);",
        up: "ALTER TABLE items ALTER COLUMN n TYPE bigint;\nALTER TABLE items ADD COLUMN IF NOT EXISTS n bigint;",
        down: "SELECT 1;",
      },
    ],
  },
  check: {
    statement({ statement, outcome, parsed, catalog, existedBefore, report }) {
      const { mismatch } = outcome;
      const existing = mismatch && catalog.at(mismatch.key);
      if (!mismatch || !existing?.origin || !existedBefore(mismatch.key)) return;
      const { migration, file, start, end } = existing.origin;
      const name = plainName(existing.name);
      const column = existing.kind === "column";
      report({
        ...placeOfCommand(
          parsed,
          statement,
          ({ def }) =>
            def !== undefined && "ColumnDef" in def && def.ColumnDef.colname === lastPart(existing.name),
        ),
        message: column
          ? `${name} exists since ${migration}: IF NOT EXISTS leaves it ${plainName(mismatch.is)}, and does not make it ${plainName(mismatch.asked)}`
          : `index ${name} exists since ${migration} with another definition: IF NOT EXISTS leaves it as it is`,
        label: "passed over",
        help: column
          ? `change it, or choose another name\n  ALTER TABLE ${plainName(existing.parent?.slice("table ".length) ?? "")} ALTER COLUMN ${quoteIdentifier(lastPart(existing.name))} ${change(mismatch)};`
          : `choose another name, or drop before it, alone in its file\n  DROP INDEX CONCURRENTLY ${name};`,
        related: [{ message: "made here", file, start, end }],
      });
    },
  },
});

function change({ is, asked }: Mismatch): string {
  const type = asked.replace(/ NOT NULL$/, "");
  return type === is ? "SET NOT NULL" : `TYPE ${plainName(type)}`;
}
