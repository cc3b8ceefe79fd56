import type { Node } from "@pgsql/types";
import { strings } from "../../catalog/simulate/relations.ts";
import { preferTypes } from "../help/type-preference.ts";
import { defineRule } from "../rule.ts";

export const preferTimestamptz = defineRule({
  name: "prefer-timestamptz",
  summary: "A new column of type timestamp, which does not say of which time zone.",
  why: "A timestamp is a wall clock without a place: sessions in other time zones read and write other moments, and nothing notices.",
  instead:
    "Use timestamptz: it stores the moment, in the same eight bytes. A default of `now() AT TIME ZONE 'utc'` becomes `now()`.",
  severity: "info",
  presets: ["all"],
  since: "0.1.0",
  facts: "Manual 8.5.1.3; both types take eight bytes.",
  alsoKnownAs: { squawk: "prefer-timestamp-tz" },
  kinds: ["CreateStmt", "AlterTableStmt"],
  examples: {
    bad: [
      { up: "CREATE TABLE users (id uuid PRIMARY KEY, seen timestamp NOT NULL);", down: "DROP TABLE users;" },
      {
        before: "CREATE TABLE users (id uuid PRIMARY KEY);",
        up: "ALTER TABLE users ADD COLUMN seen timestamp(3) without time zone;",
        down: "ALTER TABLE users DROP COLUMN seen;",
      },
      {
        up: "CREATE TABLE users (id uuid PRIMARY KEY, seen timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'utc'));",
        down: "DROP TABLE users;",
        note: "No fix: the default would be read as a wall clock of the session.",
      },
      {
        up: "CREATE TABLE users (id uuid PRIMARY KEY, seen timestamp NOT NULL);\nCREATE INDEX ON users ((seen::date));",
        down: "DROP TABLE users;",
        note: "No fix: the date of a moment depends on the time zone, so no index can hold it.",
      },
    ],
    good: [
      { up: "CREATE TABLE users (id uuid PRIMARY KEY, seen timestamptz);", down: "DROP TABLE users;" },
      {
        up: "CREATE TABLE users (id uuid PRIMARY KEY, seen timestamp(3) with time zone);",
        down: "DROP TABLE users;",
      },
      {
        up: "CREATE TEMP TABLE import (seen timestamp);",
        down: "SELECT 1;",
        note: "A temporary table is gone soon.",
      },
    ],
  },
  check: {
    statement(context) {
      preferTypes(context, ({ type, name }, written) => {
        if (type !== "timestamp") return undefined;
        const precision = /\(\s*\d\s*\)/.exec(written)?.[0] ?? "";
        return {
          message: `${name} is a timestamp without time zone: which moment it means depends on who reads it`,
          label: "a wall clock without a place",
          type: `timestamptz${precision}`,
          fitsDefault: isMoment,
          mindsExpressions: true,
        };
      });
    },
  },
});

const clocks = new Set(["now", "transaction_timestamp", "statement_timestamp", "clock_timestamp"]);

/** Everything else is a wall clock, or would be read as one of the session. */
function isMoment(value: Node): boolean {
  if ("FuncCall" in value) return clocks.has(strings(value.FuncCall.funcname).at(-1) ?? "");
  return "SQLValueFunction" in value || ("A_Const" in value && value.A_Const.isnull === true);
}
