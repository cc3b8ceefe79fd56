import { defineRule } from "../rule.ts";
import { preferTypes } from "../type-preference.ts";

export const preferBigintKey = defineRule({
  name: "prefer-bigint-key",
  summary: "A new primary key of 32 bits or less.",
  why: "After 2,147,483,647 numbers (gaps count too) every INSERT fails, and widening the key of a large table by then rewrites it and all that refers to it.",
  instead: "Use bigint: four bytes more per row.",
  severity: "info",
  presets: ["all"],
  since: "0.1.0",
  facts: "Manual 8.1.",
  alsoKnownAs: { squawk: "prefer-bigint-over-int", "diesel-guard": "short-int-primary-key" },
  kinds: ["CreateStmt", "AlterTableStmt"],
  examples: {
    bad: [
      { up: "CREATE TABLE users (id int PRIMARY KEY);", down: "DROP TABLE users;" },
      { up: "CREATE TABLE users (id serial, name text, PRIMARY KEY (id));", down: "DROP TABLE users;" },
      {
        up: "CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
        down: "DROP TABLE users;",
      },
    ],
    good: [
      { up: "CREATE TABLE users (id bigserial PRIMARY KEY);", down: "DROP TABLE users;" },
      { up: "CREATE TABLE users (id bigint PRIMARY KEY, age int);", down: "DROP TABLE users;" },
      {
        up: "CREATE TABLE days (team bigint, day int, PRIMARY KEY (team, day));",
        down: "DROP TABLE days;",
        note: "A part of a key is not counted up.",
      },
    ],
  },
  check: {
    statement(context) {
      preferTypes(context, ({ type, name, isKey }, written) => {
        const wide = isKey ? wider[type] : undefined;
        return wide === undefined
          ? undefined
          : {
              message: `the primary key ${name} is ${written}: it ends at ${type.includes("2") || type === "smallserial" ? "32,767" : "2,147,483,647"}`,
              label: "widening it later rewrites the table",
              type: wide,
            };
      });
    },
  },
});

const wider: Readonly<Record<string, string>> = {
  int2: "bigint",
  int4: "bigint",
  smallserial: "bigserial",
  serial: "bigserial",
  serial2: "bigserial",
  serial4: "bigserial",
};
