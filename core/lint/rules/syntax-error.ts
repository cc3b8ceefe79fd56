import { defineRule } from "../rule.ts";

/** Reported by the linter itself, which parses each script once. */
export const syntaxError = defineRule({
  name: "syntax-error",
  summary: "PostgreSQL's grammar refuses the file.",
  why: "The runner sends the file as it is: PostgreSQL refuses all of it, and the runner stops there; golang-migrate marks the database as dirty.",
  instead:
    "Correct the statement that is pointed at. A folder written for another database, or in a template language, is named as such once.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "The grammar is PostgreSQL 18's own. What was expected is said only where PostgreSQL accepts it at that place.",
  examples: {
    bad: [
      { up: "DELETE FORM users;" },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint, user_id bigint);",
        up: "ALTER TABLE orders ADD CONSTRAINT FORIEGN KEY (user_id) REFERENCES users (id);",
      },
      { up: "\\connect app\nCREATE TABLE users (id bigint PRIMARY KEY);" },
    ],
    good: [{ up: "CREATE TABLE users (id bigint PRIMARY KEY);", down: "DROP TABLE users;" }],
  },
  check: {},
});
