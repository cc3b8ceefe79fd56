import { preferTypes } from "../help/type-preference.ts";
import { defineRule } from "../rule.ts";

export const avoidChar = defineRule({
  name: "avoid-char",
  summary: "A new column of type char(n).",
  why: "Shorter values are padded with blanks on disk, blanks at the end mean nothing in comparisons but something in LIKE, and nothing is faster for it.",
  instead: "Use text or varchar(n); a CHECK on the length where it must be exact.",
  severity: "info",
  presets: ["all"],
  since: "0.1.0",
  facts: "Manual 8.3.",
  alsoKnownAs: { squawk: "ban-char-field" },
  kinds: ["CreateStmt", "AlterTableStmt"],
  examples: {
    bad: [
      { up: "CREATE TABLE users (id uuid PRIMARY KEY, country char(2));", down: "DROP TABLE users;" },
      {
        before: "CREATE TABLE users (id uuid PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN flag CHARACTER;",
        down: "ALTER TABLE users DROP COLUMN flag;",
      },
      {
        before: "CREATE TABLE users (id uuid PRIMARY KEY, country text);",
        up: "ALTER TABLE users ALTER COLUMN country TYPE char(2);",
        down: "ALTER TABLE users ALTER COLUMN country TYPE text;",
      },
    ],
    good: [
      { up: "CREATE TABLE users (id uuid PRIMARY KEY, country varchar(2));", down: "DROP TABLE users;" },
      { up: 'CREATE TABLE users (id uuid PRIMARY KEY, kind "char");', down: "DROP TABLE users;" },
      { up: "CREATE TEMP TABLE import (country char(2));", down: "SELECT 1;" },
      {
        before: "CREATE TABLE users (id uuid PRIMARY KEY, country char(2));",
        up: "ALTER TABLE users ALTER COLUMN country TYPE char(3);",
        down: "ALTER TABLE users ALTER COLUMN country TYPE char(2);",
        note: "It was one before.",
      },
    ],
  },
  check: {
    statement(context) {
      preferTypes(context, ({ type, name }, written) => {
        if (type !== "bpchar" || !/^(?:char|character|national|nchar|bpchar)/i.test(written))
          return undefined;
        // Without a length nothing is padded.
        if (/^bpchar$/i.test(written)) return undefined;
        const length = /\(\s*(\d+)\s*\)/.exec(written)?.[1] ?? "1";
        return {
          message: `${name} is ${written}: its values are padded with blanks`,
          label: "blanks at the end come and go",
          type: `varchar(${length})`,
        };
      });
    },
  },
});
