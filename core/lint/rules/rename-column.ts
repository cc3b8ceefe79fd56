import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { isReplaced, takesItsPlace } from "../facts/column-swap.ts";
import { existingRelation } from "../facts/existing-table.ts";
import { heldByColumn } from "../help/held-by-column.ts";
import { steps } from "../help/steps.ts";
import { defineRule } from "../rule.ts";

export const renameColumn = defineRule({
  name: "rename-column",
  summary: "A column of an existing table or view is renamed.",
  why: "Instances of the application that still run, and every query written for the old name, fail from that moment with 42703.",
  instead: `Add the new column, keep both alike with a trigger, move the readers over, then drop the old one; or show both names in a view:

\`\`\`sql
ALTER TABLE users ADD COLUMN full_name text;
\`\`\``,
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts: "A rename is instant in every version; what breaks is what uses the old name.",
  alsoKnownAs: { squawk: "renaming-column", strong_migrations: "rename_column", atlas: "BC102" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users RENAME COLUMN name TO full_name;",
        down: "ALTER TABLE users RENAME COLUMN full_name TO name;",
      },
      {
        before: "CREATE SCHEMA shop;\nCREATE TABLE shop.users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE shop.users RENAME name TO full_name;",
        down: "ALTER TABLE shop.users RENAME full_name TO name;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE VIEW people AS SELECT name FROM users;",
        up: "ALTER VIEW people RENAME COLUMN name TO full_name;",
        down: "ALTER VIEW people RENAME COLUMN full_name TO name;",
      },
    ],
    good: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nALTER TABLE users RENAME COLUMN name TO full_name;",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "ALTER TABLE users ADD COLUMN full_name text;\nALTER TABLE users RENAME COLUMN full_name TO display_name;",
        down: "ALTER TABLE users DROP COLUMN display_name;",
        note: "The column is new.",
      },
      {
        before: "CREATE TABLE users (id bigint CONSTRAINT users_key PRIMARY KEY);",
        up: "ALTER TABLE users RENAME CONSTRAINT users_key TO users_pkey;",
        down: "ALTER TABLE users RENAME CONSTRAINT users_pkey TO users_key;",
        note: "Nobody names a constraint in a query, but for ON CONFLICT ON CONSTRAINT.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, total int, total_new bigint);",
        up: "ALTER TABLE orders DROP COLUMN total;\nALTER TABLE orders RENAME COLUMN total_new TO total;",
        down: "ALTER TABLE orders RENAME COLUMN total TO total_new;\nALTER TABLE orders ADD COLUMN total int;",
        note: "It takes the place of another one.",
      },
    ],
  },
  kinds: ["RenameStmt"],
  check: {
    statement(context) {
      const { statement, outcome, report } = context;
      if (!("RenameStmt" in statement.node) || outcome.failure) return;
      const { renameType, subname, newname } = statement.node.RenameStmt;
      if (renameType !== "OBJECT_COLUMN" || !subname || !newname) return;
      const [table] = outcome.locks.flatMap(({ key }) => existingRelation(context, key) ?? []);
      if (!table) return;
      const column = quoteIdentifier(subname);
      const said = {
        message: `renaming ${table.name}.${column} breaks every running query that uses the old name`,
        label: "the old name is gone at once",
      };
      if (table.kind !== "table") {
        report({ ...said, help: ofView(table, column, quoteIdentifier(newname)) });
        return;
      }
      const key = `column ${table.key.slice("table ".length)}.${column}`;
      if (context.catalog.has(key) && !context.existedBefore(key)) return;
      if (takesItsPlace(context, table.key, newname) || isReplaced(context, table.key, subname)) return;
      const { type = "…", collation } =
        context.catalog.get("column", key.slice("column ".length))?.attributes ?? {};
      const held = heldByColumn(context.catalog, key.slice("column ".length));
      report({
        ...said,
        help: steps(
          {
            words: "here; then keep both alike with a trigger and fill it in batches",
            sql: [
              `ALTER TABLE ${table.name} ADD COLUMN ${quoteIdentifier(newname)} ${type}${collation === undefined ? "" : ` COLLATE ${collation}`};`,
            ],
          },
          {
            words: `when nothing uses the old name any more${held === undefined ? "" : `, and the new column has ${held} as well`}`,
            sql: [`ALTER TABLE ${table.name} DROP COLUMN ${column};`],
          },
        ),
      });
    },
  },
});

/** A view shows a column under as many names as one likes. */
function ofView(view: { readonly kind: string; readonly name: string }, old: string, now: string): string {
  return view.kind === "view"
    ? `show both names until nothing uses the old one\n  CREATE OR REPLACE VIEW ${view.name} AS SELECT …, ${old} AS ${now} …; -- the new one after all others`
    : `make another materialized view with the new name, and drop ${view.name} when nothing uses it`;
}
