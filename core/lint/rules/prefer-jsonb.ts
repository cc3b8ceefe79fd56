import { preferTypes } from "../help/type-preference.ts";
import { defineRule } from "../rule.ts";

export const preferJsonb = defineRule({
  name: "prefer-jsonb",
  summary: "A new column of type json.",
  why: "json is kept as text: it is parsed anew on each access, cannot be indexed, and has no equality, so DISTINCT, GROUP BY and UNION over it fail.",
  instead: "Use jsonb, unless white space, key order or duplicate keys must be kept.",
  severity: "info",
  presets: ["all"],
  since: "0.1.0",
  facts: "Manual 8.14.",
  alsoKnownAs: { eugene: "E3", strong_migrations: "add_column_json" },
  kinds: ["CreateStmt", "AlterTableStmt"],
  examples: {
    bad: [
      { up: "CREATE TABLE users (id uuid PRIMARY KEY, settings json);", down: "DROP TABLE users;" },
      {
        before: "CREATE TABLE users (id uuid PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN settings JSON DEFAULT '{}';",
        down: "ALTER TABLE users DROP COLUMN settings;",
      },
      {
        up: "CREATE TABLE users (id uuid PRIMARY KEY, settings json CHECK (json_typeof(settings) = 'object'));",
        down: "DROP TABLE users;",
        note: "No fix: json_typeof does not take jsonb.",
      },
    ],
    good: [
      { up: "CREATE TABLE users (id uuid PRIMARY KEY, settings jsonb);", down: "DROP TABLE users;" },
      { up: "CREATE TABLE users (id uuid PRIMARY KEY, json text);", down: "DROP TABLE users;" },
      { up: "CREATE TEMP TABLE import (line json);", down: "SELECT 1;" },
    ],
  },
  check: {
    statement(context) {
      preferTypes(context, ({ type, name }) =>
        type === "json"
          ? {
              message: `${name} is json: it cannot be indexed or compared`,
              label: "kept as text",
              type: "jsonb",
              mindsExpressions: true,
            }
          : undefined,
      );
    },
  },
});
