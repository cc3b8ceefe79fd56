import type { CatalogObject } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { placeOfCommand } from "../facts/command-place.ts";
import { enumerate } from "../help/enumerate.ts";
import { defineRule, type UpContext } from "../rule.ts";

export const dropConstraint = defineRule({
  name: "drop-constraint",
  summary: "A foreign key, UNIQUE or CHECK of an existing table is dropped and none like it takes its place.",
  why: "Rows that break it can come in unnoticed, and then the down, and every later attempt to add it again, fails.",
  instead: "Make sure that nothing relies on it any more, and say so in the migration.",
  severity: "info",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts: "Dropping a foreign key takes ACCESS EXCLUSIVE on both tables.",
  alsoKnownAs: { atlas: "CD101", pgfence: "drop-constraint" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "ALTER TABLE users DROP CONSTRAINT users_email_key;",
        down: "ALTER TABLE users ADD UNIQUE (email);",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
        up: "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;",
        down: "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, age int CHECK (age > 0));",
        up: "ALTER TABLE users DROP CONSTRAINT users_age_check;\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age >= 0) NOT VALID;",
        down: "ALTER TABLE users DROP CONSTRAINT users_age_check;\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;",
        note: "Another one takes its place.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT c;",
        up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL, DROP CONSTRAINT c;",
        down: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
        note: "It only helped to set NOT NULL.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "ALTER TABLE users DROP COLUMN email;",
        down: "ALTER TABLE users ADD COLUMN email text UNIQUE;",
        note: "It falls with its column.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
        up: "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;\nDROP TABLE users;",
        down: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
        note: "There is nothing left to refer to.",
      },
    ],
  },
  check: {
    afterUp(context) {
      const { up, catalog, start, isUncertain } = context;
      for (const { statement, outcome } of up.steps) {
        if (!("AlterTableStmt" in statement.node)) continue;
        const dropped = outcome.effects.flatMap((effect) => {
          if (effect.action !== "drop" || !effect.key.startsWith("constraint ") || isUncertain(effect.key))
            return [];
          const object = catalog.atSavepoint(start, effect.key);
          return object?.kind === "constraint" && guarded.has(object.attributes.type) ? [object] : [];
        });
        const missed = dropped.filter((object) => isGuarded(context, object));
        const [first] = missed;
        if (!first) continue;
        const table = plainName((first.parent ?? "").slice("table ".length));
        const definitions = missed.map(({ attributes }) => attributes.definition.replace(/public\./g, ""));
        context.report(up.script, {
          ...placeOfCommand(
            up.parsed,
            statement,
            ({ subtype, name }) => subtype === "AT_DropConstraint" && name === lastPart(first.name),
          ),
          message: `nothing checks ${enumerate(definitions)} of ${table} any more`,
          label: `drops ${enumerate(missed.map(({ name }) => lastPart(name)))}`,
          help: "make sure that nothing relies on it; the down fails once rows break it",
        });
      }
    },
  },
});

const guarded: ReadonlySet<string> = new Set(["foreign key", "unique", "check"]);

/** Are the table, the columns and what they refer to still there, and is nothing of the same kind left on them? */
function isGuarded({ catalog }: UpContext, dropped: CatalogObject<"constraint">): boolean {
  const { type, columns, definition, references } = dropped.attributes;
  const table = dropped.parent ?? "";
  if (!catalog.has(table) || (references !== undefined && !catalog.has(`table ${references}`))) return false;
  const full = table.slice("table ".length);
  const found = columns.map((column) => catalog.get("column", `${full}.${column}`));
  if (found.some((column) => column === undefined)) return false;
  if (/ IS NOT NULL/.test(definition) && found.every((column) => column?.attributes.notNull)) return false;
  for (const child of catalog.childrenOf(table)) {
    const alike = child.kind === "constraint" && child.attributes.type === type;
    const unique = type === "unique" && child.kind === "index" && child.attributes.unique === true;
    if ((alike || unique) && columns.some((column) => child.attributes.columns.includes(column)))
      return false;
  }
  return true;
}
