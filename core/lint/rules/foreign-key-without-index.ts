import { nameIn } from "../../catalog/key-parts.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { foreignKeyPlace } from "../facts/element-place.ts";
import { makerOf } from "../facts/made-by.ts";
import { freeName } from "../help/free-name.ts";
import { partitionSteps } from "../help/partition-steps.ts";
import { steps } from "../help/steps.ts";
import { defineRule, type UpContext } from "../rule.ts";

export const foreignKeyWithoutIndex = defineRule({
  name: "foreign-key-without-index",
  summary: "A new foreign key whose columns no index begins with.",
  why: "PostgreSQL indexes the referenced side only. Each DELETE of a referenced row, and each UPDATE of its key, reads the whole referencing table.",
  instead:
    "Index the referencing columns:\n\n```sql\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);\n```",
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts:
    "An index serves where the key's columns are its first ones, in any order; a partial one serves only where its condition is that they are not NULL (manual 5.5.5, Foreign Keys).",
  alsoKnownAs: { eugene: "E15", "pg-migration-lint": "PGM501" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
        down: "DROP TABLE orders;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id), paid boolean);\nCREATE INDEX ON orders (user_id) WHERE paid;",
        down: "DROP TABLE orders;",
        note: "A partial index does not find every row.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE events (at date, user_id bigint REFERENCES users (id)) PARTITION BY RANGE (at);",
        up: "CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        down: "DROP TABLE events_2024;",
        note: "The foreign key is that of the partitioned table.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));\nCREATE INDEX ON orders (user_id, id);",
        down: "DROP TABLE orders;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users (id));",
        down: "DROP TABLE profiles;",
        note: "The primary key is an index.",
      },
      {
        before: "CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));",
        up: "CREATE TABLE notes (id bigint PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES pairs (a, b), UNIQUE (b, a));",
        down: "DROP TABLE notes;",
        note: "The order of the columns does not matter.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));\nCREATE INDEX ON orders (user_id) WHERE user_id IS NOT NULL;",
        down: "DROP TABLE orders;",
        note: "A NULL refers to nothing.",
      },
      {
        postgres: 18,
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id) NOT ENFORCED);",
        down: "DROP TABLE orders;",
        note: "Nobody looks for rows that refer.",
      },
    ],
  },
  check: {
    afterUp: reportKeys,
  },
});

/** Every foreign key that the up made and that is still there at its end. */
function reportKeys(context: UpContext): void {
  const { up, catalog, report } = context;
  for (const { statement, outcome } of up.steps) {
    for (const effect of outcome.effects) {
      if (effect.action !== "create" || !effect.key.startsWith("constraint ")) continue;
      const key = catalog.at(effect.key);
      if (key?.kind !== "constraint" || key.attributes.type !== "foreign key" || !key.parent) continue;
      const { columns, inherited, notEnforced } = key.attributes;
      if (
        // That of a partition came with the whole, of which it is said.
        inherited ||
        // Nobody looks for its rows.
        notEnforced ||
        columns.length === 0 ||
        isIndexed(catalog, key.parent, columns) ||
        isTemporary(catalog.at(key.parent))
      )
        continue;
      const table = plainName(key.parent.slice("table ".length));
      const name = freeName(catalog, key.parent.slice("table ".length), columns.map(lastPart), "idx");
      report(up.script, {
        ...foreignKeyPlace(up.parsed, statement, columns.map(lastPart), effect.command),
        message: `no index begins with ${table} (${columns.join(", ")}): deleting from ${plainName(key.attributes.references ?? "")} reads all of ${table}`,
        label: "a foreign key makes no index on this side",
        help: howToIndex(context, key.parent, { name, columns }),
      });
    }
  }
}

/** CONCURRENTLY where rows and readers are: neither in a new table, nor in a partitioned one, which does not take it. */
function howToIndex(
  { up, catalog }: UpContext,
  key: ObjectKey,
  { name, columns }: { readonly name: string; readonly columns: readonly string[] },
): string {
  const table = plainName(nameIn(key));
  const rest = `(${columns.join(", ")})`;
  const plain = `CREATE INDEX ${name} ON ${table} ${rest};`;
  if (makerOf(up.steps, key)) return steps({ words: "here, while the table is new", sql: [plain] });
  const object = catalog.get("table", nameIn(key));
  if (object?.attributes.partitionKey === undefined)
    return steps({
      words: "alone in a migration of its own",
      sql: [`CREATE INDEX CONCURRENTLY ${name} ON ${table} ${rest};`],
    });
  const whole = { key, name: table, object };
  const wanted = { name, columns: columns.map(lastPart), label: "idx", create: "CREATE INDEX", rest };
  return steps(
    ...(partitionSteps(catalog, whole, wanted) ?? [{ words: "while it has no partition", sql: [plain] }]),
  );
}

function isTemporary(table: CatalogObject | undefined): boolean {
  return table?.kind === "table" && table.attributes.persistence === "temporary";
}

function isIndexed(catalog: UpContext["catalog"], table: string, columns: readonly string[]): boolean {
  for (const child of catalog.childrenOf(table)) {
    if (child.kind !== "index" || !findsAll(child.attributes.predicate, columns)) continue;
    const first = child.attributes.columns.slice(0, columns.length);
    if (columns.every((column) => first.includes(column))) return true;
  }
  return false;
}

/** A row without a value refers to nothing, so an index that leaves it out still finds all that do. */
function findsAll(predicate: string | undefined, columns: readonly string[]): boolean {
  if (predicate === undefined) return true;
  const left = predicate.replace(/[()]/g, "").split(/ AND /i);
  return left.every((part) =>
    columns.some((column) => part.trim().toLowerCase() === `${column} is not null`),
  );
}
