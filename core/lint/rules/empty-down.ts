import type { AlterTableStmt } from "@pgsql/types";
import { walk } from "../../catalog/simulate/walk.ts";
import { notAgain } from "../../report/verdict-words.ts";
import type { NodeKind, Statement } from "../../sql/statement.ts";
import { addsOnce } from "../help/again-if-not-exists.ts";
import { defineRule } from "../rule.ts";

/** Reads, settings and upkeep: there is nothing to undo. */
const nothingStays = new Set<NodeKind>([
  "SelectStmt",
  "LockStmt",
  "NotifyStmt",
  "ExplainStmt",
  "VacuumStmt",
  "TransactionStmt",
  "VariableSetStmt",
  "VariableShowStmt",
  "DiscardStmt",
  "RefreshMatViewStmt",
  "ReindexStmt",
]);

/** Statements that leave the schema as it is. */
const schemaStays = new Set<NodeKind>([
  ...nothingStays,
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "TruncateStmt",
  "CopyStmt",
  "ClusterStmt",
]);

export const emptyDown = defineRule({
  name: "empty-down",
  summary: "The down holds no statement.",
  why: "Going down reports success and undoes nothing: the schema stays as it was, and going up again fails or differs.",
  instead: `Undo what the up does. Where nothing can be undone, say so in the down:

\`\`\`sql
-- switchback: irreversible enum values cannot be removed
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "PostgreSQL has no DROP VALUE for an enum, and data that was changed is not the schema: both are `info` only.",
  examples: {
    bad: [
      { up: "CREATE TABLE users (id bigint PRIMARY KEY);", down: "-- nothing to do" },
      {
        before: "CREATE TYPE user_status AS ENUM ('active');",
        up: "ALTER TYPE user_status ADD VALUE 'blocked';",
        down: "",
        note: "info: the value stays, which is what most teams accept",
      },
    ],
    good: [
      { up: "CREATE TABLE users (id bigint PRIMARY KEY);", down: "DROP TABLE users;" },
      {
        before: "CREATE TYPE user_status AS ENUM ('active');",
        up: "ALTER TYPE user_status ADD VALUE 'blocked';",
        down: "-- switchback: irreversible enum values cannot be removed",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT grown CHECK (age > 17) NOT VALID;",
        up: "ALTER TABLE users VALIDATE CONSTRAINT grown;",
        down: "",
        note: "A constraint that was validated meanwhile does no harm.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "REINDEX TABLE CONCURRENTLY users;",
        down: "-- nothing to undo",
        note: "Upkeep leaves nothing to undo.",
      },
    ],
  },
  check: {
    migration({ migration, up, down, report }) {
      if (!up || !down || down.steps.length > 0 || down.parsed.problem) return;
      if (migration.declarations.irreversible !== undefined) return;
      const statements = up.steps.map(({ statement }) => statement);
      const tellsWhy = "\n  -- switchback: irreversible <reason>";
      if (statements.every(leavesNothing)) return;
      if (statements.every(keepsSchema)) {
        report(down.script, {
          severity: "info",
          message: "the down is empty; the up changes no schema",
          help: `if what the up did needs no undoing, say so${tellsWhy}`,
        });
      } else if (statements.every((statement) => keepsSchema(statement) || addsEnumValue(statement))) {
        const anew = `or build the type anew, as switchback down ${migration.version} proposes`;
        const [isEmpty, stay] = ["the down is empty", "the new enum values stay"];
        const none = "PostgreSQL has no DROP VALUE";
        report(
          down.script,
          statements.some(addsOnce)
            ? {
                severity: "info",
                message: `${isEmpty} and ${none}: ${stay}, ${notAgain}`,
                help: `write ADD VALUE IF NOT EXISTS in the up, and say in the down why it is empty${tellsWhy}\n${anew}`,
              }
            : {
                severity: "info",
                message: `${isEmpty}, so ${stay}: ${none}`,
                help: `say so in the down${tellsWhy}\n${anew}`,
              },
        );
      } else {
        report(down.script, {
          message: `the down of ${migration.name} is empty: it undoes nothing of what the up does`,
          help: `undo the up here, or say why that cannot be done${tellsWhy}`,
          // What a DO block does is not known: it may have been data alone.
          ...(statements.every((it) => keepsSchema(it) || it.kind === "DoStmt") && { severity: "warning" }),
        });
      }
    },
  },
});

/** A SELECT may call a function that does something. */
function leavesNothing({ node, kind }: Statement): boolean {
  if ("AlterTableStmt" in node) return onlyValidates(node.AlterTableStmt);
  if (!("SelectStmt" in node)) return nothingStays.has(kind);
  let calls = node.SelectStmt.intoClause !== undefined;
  walk(node, (part) => {
    calls ||= "FuncCall" in part || "InsertStmt" in part || "UpdateStmt" in part || "DeleteStmt" in part;
    return undefined;
  });
  return !calls;
}

/** A constraint that was validated meanwhile does no harm. */
function onlyValidates({ cmds = [] }: AlterTableStmt): boolean {
  return cmds.every((it) => "AlterTableCmd" in it && it.AlterTableCmd.subtype === "AT_ValidateConstraint");
}

function keepsSchema({ kind }: Statement): boolean {
  return schemaStays.has(kind);
}

function addsEnumValue({ node }: Statement): boolean {
  return "AlterEnumStmt" in node && node.AlterEnumStmt.oldVal === undefined;
}
