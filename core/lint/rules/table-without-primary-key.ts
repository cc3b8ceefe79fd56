import type { Node } from "@pgsql/types";
import { plainName } from "../../catalog/plain-name.ts";
import { defineRule } from "../rule.ts";

export const tableWithoutPrimaryKey = defineRule({
  name: "table-without-primary-key",
  summary: "A new table without a primary key.",
  why: "Rows cannot be told apart: logical replication refuses UPDATE and DELETE, and duplicates cannot be removed one by one.",
  instead: `Give it a key:

\`\`\`sql
CREATE TABLE logins (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL);
\`\`\``,
  severity: "info",
  presets: ["all"],
  since: "0.1.0",
  facts: "Without a primary key a published table needs REPLICA IDENTITY FULL (manual 29.1.1).",
  examples: {
    bad: [
      { up: "CREATE TABLE logins (at timestamptz NOT NULL);", down: "DROP TABLE logins;" },
      {
        up: "CREATE TABLE logins (id bigint UNIQUE, at timestamptz NOT NULL);",
        down: "DROP TABLE logins;",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "CREATE TABLE users_2024 AS SELECT * FROM users;",
        down: "DROP TABLE users_2024;",
        note: "A copy has the columns, not the key.",
      },
    ],
    good: [
      { up: "CREATE TABLE logins (id bigint PRIMARY KEY);", down: "DROP TABLE logins;" },
      {
        up: "CREATE TABLE logins (id bigint NOT NULL);\nALTER TABLE logins ADD PRIMARY KEY (id);",
        down: "DROP TABLE logins;",
        note: "The key comes later in the same migration.",
      },
      { up: "CREATE TEMP TABLE scratch (id int);\nDROP TABLE scratch;", down: "SELECT 1;" },
      {
        before: "CREATE TABLE events (at date) PARTITION BY RANGE (at);",
        up: "CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        down: "DROP TABLE events_2020;",
        note: "A partition has what its parent has.",
      },
    ],
  },
  check: {
    afterUp({ up, catalog, isUncertain, report }) {
      for (const { statement, outcome } of up.steps) {
        if (!makesTable(statement.node) || outcome.failure) continue;
        for (const effect of outcome.effects) {
          if (effect.action !== "create" || !effect.key.startsWith("table ") || isUncertain(effect.key))
            continue;
          const table = catalog.at(effect.key);
          if (table?.kind !== "table" || table.attributes.persistence === "temporary") continue;
          const { partitionOf, inherits, server } = table.attributes;
          if (partitionOf !== undefined || inherits !== undefined || server !== undefined) continue;
          const isKeyed = [...catalog.childrenOf(effect.key)].some(
            (child) => child.kind === "constraint" && child.attributes.type === "primary key",
          );
          if (isKeyed) continue;
          report(up.script, {
            start: statement.start,
            end: statement.end,
            message: `${plainName(table.name)} has no primary key`,
            help: "name the columns that tell its rows apart, or add an identity column",
          });
        }
      }
    },
  },
});

/** Effects say which table; SELECT INTO and CREATE TABLE AS make one too. */
function makesTable(node: Node): boolean {
  if ("CreateTableAsStmt" in node) return node.CreateTableAsStmt.objtype === "OBJECT_TABLE";
  return "CreateStmt" in node || ("SelectStmt" in node && node.SelectStmt.intoClause !== undefined);
}
