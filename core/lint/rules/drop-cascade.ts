import { dropStatement } from "../../catalog/drop-statement.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { placeOfCommand } from "../facts/command-place.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const dropCascade = defineRule({
  name: "drop-cascade",
  summary: "CASCADE drops objects that the statement does not name.",
  why: "Views, foreign keys and tables go along without being asked for, and whatever depends on them in production but not in this folder goes too.",
  instead: `Drop what depends on the object by name, then the object without CASCADE:

\`\`\`sql
DROP VIEW active_users;
DROP TABLE users;
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "Dependencies as pg_depend records them (manual, 5.15 Dependency Tracking).",
  directions: ["up", "down"],
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW active_users AS SELECT id FROM users;",
        up: "-- switchback: lossy nobody uses it\nDROP TABLE users CASCADE;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (user_id bigint REFERENCES users);",
        up: "-- switchback: lossy nobody uses it\nDROP TABLE users CASCADE;",
        note: "The foreign key of orders goes, its column stays.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "-- switchback: lossy nobody uses it\nDROP TABLE users CASCADE;",
        note: "Nothing else depends on it.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE SCHEMA shop;\nCREATE TABLE shop.orders (user_id bigint REFERENCES users);",
        down: "DROP SCHEMA shop CASCADE;",
        note: "The up created what the down takes along.",
      },
      {
        before: "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
        up: "ALTER TABLE users ALTER COLUMN id DROP IDENTITY;",
        down: "ALTER TABLE users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;",
        note: "The sequence of an identity is nothing by itself.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW all_users AS SELECT id FROM users;\nDROP TABLE users CASCADE;",
        note: "All of it is new.",
      },
    ],
  },
  check: {
    statement(context) {
      const { parsed, statement, outcome, report } = context;
      if (outcome.failure || !outcome.effects.some((effect) => effect.action === "drop")) return;
      const taken = takenAlong(context);
      const [first, second] = taken;
      if (!first) return;
      const names = [first, ...(second ? [second] : [])].map(describe).join(" and ");
      const more = taken.length > 2 ? ` and ${taken.length - 2} more` : "";
      const drops = taken.map(dropStatement).filter((drop) => drop !== undefined);
      report({
        ...placeOfCommand(parsed, statement, ({ behavior }) => behavior === "DROP_CASCADE"),
        message: `CASCADE also drops ${names}${more}, which the statement does not name`,
        label: "takes more than it says",
        help: `drop by name what is meant to go, then leave CASCADE out\n${drops
          .slice(0, 5)
          .map((drop) => `  ${drop}`)
          .join("\n")}`,
      });
    },
  },
});

/** What falls only because of CASCADE: no part of what is dropped, and not bound to fall with it. */
function takenAlong(context: StatementContext): CatalogObject[] {
  const { outcome, catalog, existedBefore } = context;
  const falling = new Set<ObjectKey>();
  for (const effect of outcome.effects) if (effect.action === "drop") falling.add(effect.key);
  return outcome.effects.flatMap((effect): CatalogObject[] => {
    if (effect.action !== "drop" || !effect.cascaded || !existedBefore(effect.key)) return [];
    const object = catalog.at(effect.key);
    if (!object || (object.parent !== undefined && falling.has(object.parent))) return [];
    const bound = object.dependsOn.some(
      // The sequence of an identity is nothing by itself.
      ({ on, type }) => type === "internal" || (type !== "normal" && falling.has(on)),
    );
    return bound ? [] : [object];
  });
}

function describe(object: CatalogObject): string {
  return `${object.kind} ${plainName(object.name)}`;
}
