import type { Node } from "@pgsql/types";
import { options } from "../../catalog/simulate/options.ts";
import { namesOf } from "../../catalog/simulate/statements/drop.ts";
import type { Statement } from "../../sql/statement.ts";
import { placeOfCommand } from "../facts/command-place.ts";
import { relationName } from "../help/relation-name.ts";
import { defineRule } from "../rule.ts";

export const autovacuumOff = defineRule({
  name: "autovacuum-off",
  summary: "Autovacuum is switched off for a table and not switched on again.",
  why: "Dead rows stay, the table and its indexes grow, the planner's statistics grow old, and in the end a vacuum against wraparound comes anyway, at its own hour and through all that was left.",
  instead: `Let it run more often instead, in smaller steps:

\`\`\`sql
ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.01);
\`\`\`

For a load of many rows, switch it on again where the load ends: \`ALTER TABLE jobs RESET (autovacuum_enabled);\`.`,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "autovacuum_enabled stops VACUUM and ANALYZE of the daemon, but for what prevents transaction id wraparound (manual, CREATE TABLE, Storage Parameters; 24.1.5).",
  examples: {
    bad: [
      {
        before: "CREATE TABLE jobs (id bigint PRIMARY KEY);",
        up: "ALTER TABLE jobs SET (autovacuum_enabled = false);",
        down: "ALTER TABLE jobs RESET (autovacuum_enabled);",
      },
      {
        up: "CREATE TABLE jobs (id bigint PRIMARY KEY) WITH (fillfactor = 70, autovacuum_enabled = off);",
        down: "DROP TABLE jobs;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE jobs (id bigint PRIMARY KEY);",
        up: "ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_enabled = on);",
        down: "ALTER TABLE jobs RESET (autovacuum_vacuum_scale_factor, autovacuum_enabled);",
      },
      {
        up: "CREATE TABLE jobs (id bigint PRIMARY KEY) WITH (autovacuum_enabled = false);\nINSERT INTO jobs SELECT generate_series(1, 1000);\nALTER TABLE jobs RESET (autovacuum_enabled);",
        down: "DROP TABLE jobs;",
        note: "Only while it is filled.",
      },
      {
        up: "CREATE UNLOGGED TABLE load (id bigint) WITH (autovacuum_enabled = false);\nINSERT INTO load VALUES (1);\nDROP TABLE load;",
        down: "SELECT 1;",
        note: "It is gone by the end.",
      },
      {
        up: "CREATE TEMP TABLE scratch (id bigint) WITH (autovacuum_enabled = false);",
        down: "SELECT 1;",
        note: "Autovacuum never looks at a temporary table.",
      },
    ],
  },
  kinds: ["AlterTableStmt", "CreateStmt"],
  check: {
    statement({ statement, outcome, parsed, report }) {
      const change = switched(statement);
      if (change?.to !== "off" || outcome.failure || outcome.skipped.length > 0) return;
      const later = parsed.statements.filter(({ index }) => index > statement.index);
      if (later.some(({ node }) => drops(node, change.table))) return;
      if (later.map(switched).some((other) => other?.to === "on" && other.table === change.table)) return;
      report({
        ...placeOfCommand(parsed, statement, ({ subtype }) => subtype === "AT_SetRelOptions"),
        message: `autovacuum no longer looks at ${change.table}: it grows, and its statistics grow old`,
        label: "switched off for good",
        help: `tune it instead, or switch it on again where the load ends\n  ALTER TABLE ${change.table} RESET (autovacuum_enabled);`,
      });
    },
  },
});

/** A table that the same script drops again grows no more. */
function drops(node: Node, table: string): boolean {
  if (!("DropStmt" in node) || node.DropStmt.removeType !== "OBJECT_TABLE") return false;
  return (node.DropStmt.objects ?? []).some((object) => {
    const [relname, schemaname] = namesOf(object).reverse();
    return relationName({ ...(relname && { relname }), ...(schemaname && { schemaname }) }) === table;
  });
}

/** What a statement does with the setting of a table that is no temporary one. */
function switched({ node }: Pick<Statement, "node">): { table: string; to: "on" | "off" } | undefined {
  const statement =
    "CreateStmt" in node ? node.CreateStmt : "AlterTableStmt" in node ? node.AlterTableStmt : undefined;
  const relation = statement?.relation;
  if (!relation?.relname || relation.relpersistence === "t") return undefined;
  const table = relationName(relation);
  let to: "on" | "off" | undefined;
  for (const { list, resets } of settingsOf(node)) {
    const value = options(list).find((option) => option.startsWith("autovacuum_enabled="));
    if (value === undefined) continue;
    to = !resets && /=(?:f|fa|fal|fals|false|of|off|n|no|0)$/i.test(value) ? "off" : "on";
  }
  return to && { table, to };
}

function settingsOf(node: Node): { list: readonly Node[]; resets: boolean }[] {
  if ("CreateStmt" in node) return [{ list: node.CreateStmt.options ?? [], resets: false }];
  if (!("AlterTableStmt" in node)) return [];
  return (node.AlterTableStmt.cmds ?? []).flatMap((command) => {
    if (!("AlterTableCmd" in command)) return [];
    const { subtype, def } = command.AlterTableCmd;
    const resets = subtype === "AT_ResetRelOptions";
    if ((!resets && subtype !== "AT_SetRelOptions") || !def || !("List" in def)) return [];
    return [{ list: def.List.items ?? [], resets }];
  });
}
