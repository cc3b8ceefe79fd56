import { preferTypes } from "../help/type-preference.ts";
import { defineRule } from "../rule.ts";

export const avoidMoney = defineRule({
  name: "avoid-money",
  summary: "A new column of type money.",
  why: "The currency and the number of decimals are those of lc_monetary of whoever reads it: the same row is another amount in another session.",
  instead: "Use numeric, with the currency in a column of its own.",
  severity: "info",
  presets: ["all"],
  since: "0.1.0",
  facts: "Manual 8.2.",
  alsoKnownAs: { "pg-migration-lint": "PGM105" },
  kinds: ["CreateStmt", "AlterTableStmt"],
  examples: {
    bad: [
      { up: "CREATE TABLE orders (id uuid PRIMARY KEY, total money);", down: "DROP TABLE orders;" },
      {
        before: "CREATE TABLE orders (id uuid PRIMARY KEY);",
        up: "ALTER TABLE orders ADD COLUMN total money;",
        down: "ALTER TABLE orders DROP COLUMN total;",
      },
      {
        up: "CREATE TABLE orders (id uuid PRIMARY KEY, total money DEFAULT '$0.00');",
        down: "DROP TABLE orders;",
        note: "No fix: the default is no number.",
      },
    ],
    good: [
      { up: "CREATE TABLE orders (id uuid PRIMARY KEY, total numeric(12,2));", down: "DROP TABLE orders;" },
      { up: "CREATE TABLE orders (id uuid PRIMARY KEY, money bigint);", down: "DROP TABLE orders;" },
      { up: "CREATE TEMP TABLE import (total money);", down: "SELECT 1;" },
      {
        before: "CREATE SCHEMA shop;\nCREATE DOMAIN shop.money AS numeric(12,2);",
        up: "CREATE TABLE orders (id uuid PRIMARY KEY, total shop.money);",
        down: "DROP TABLE orders;",
        note: "A type of the team's own.",
      },
    ],
  },
  check: {
    statement(context) {
      preferTypes(context, ({ type, name }) =>
        type === "money"
          ? {
              message: `${name} is money: its currency is that of whoever reads it`,
              label: "depends on lc_monetary",
              type: "numeric",
              fitsDefault: (value) =>
                !("A_Const" in value) || !value.A_Const.sval || isNumber(value.A_Const.sval),
            }
          : undefined,
      );
    },
  },
});

function isNumber({ sval }: { readonly sval?: string }): boolean {
  return /^-?\d+(\.\d+)?$/.test(sval ?? "");
}
