import type { ColumnDef, Node } from "@pgsql/types";
import { nameIn } from "../../catalog/key-parts.ts";
import { keyOf, type ObjectKey } from "../../catalog/model.ts";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { StatementContext } from "../rule.ts";
import { effectsOn } from "./effects-on.ts";

type Step = Pick<StatementContext, "statement" | "outcome">;

/**
 * Do the rows that are there have one and the same value in these columns? Each was added in this script with a default
 * that is kept once, and nothing wrote to the table since.
 */
export function shareDefault(
  { earlier, statement, outcome }: StatementContext,
  table: ObjectKey,
  columns: readonly string[],
): boolean {
  const present = { statement, outcome };
  const added = columns.map((column) => {
    const key = keyOf("column", `${nameIn(table)}.${quoteIdentifier(column)}`);
    const isAdded = (step: Step | undefined) => step !== undefined && addsWithDefault(step, table, key);
    const found = effectsOn(earlier, key).find(({ step }) => isAdded(earlier[step]));
    return found?.step ?? (isAdded(present) ? earlier.length : -1);
  });
  if (added.length === 0 || added.includes(-1)) return false;
  return ![...earlier.slice(Math.min(...added)), present].some((step) => mayWrite(step, table));
}

function addsWithDefault({ statement, outcome }: Step, table: ObjectKey, column: ObjectKey): boolean {
  const made = outcome.effects.find(({ action, key }) => action === "create" && key === column);
  if (made?.action !== "create" || made.command === undefined) return false;
  // Where the rows are written anew, the default may be another for each.
  if (outcome.locks.some(({ key, rewrite }) => key === table && rewrite)) return false;
  const def = addedColumn(statement.node, made.command);
  return def !== undefined && hasDefault(def);
}

function addedColumn(node: Node, index: number): ColumnDef | undefined {
  const command = "AlterTableStmt" in node ? node.AlterTableStmt.cmds?.[index] : undefined;
  const def = command && "AlterTableCmd" in command ? command.AlterTableCmd.def : undefined;
  return def && "ColumnDef" in def ? def.ColumnDef : undefined;
}

/** A default that is not NULL. */
export function hasDefault({ constraints }: ColumnDef): boolean {
  return (constraints ?? []).some((node) => {
    const value = "Constraint" in node ? node.Constraint : undefined;
    if (value?.contype !== "CONSTR_DEFAULT" || !value.raw_expr) return false;
    return !("A_Const" in value.raw_expr && value.raw_expr.A_Const.isnull);
  });
}

/** A function, or a trigger of another table, may write to this one. */
const callers = new Set<string>([
  "SelectStmt",
  "CallStmt",
  "DoStmt",
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "CopyStmt",
  "ExecuteStmt",
]);

function mayWrite({ statement, outcome }: Step, table: ObjectKey): boolean {
  return (
    outcome.notAnalysed !== undefined ||
    Object.keys(statement.node).some((kind) => callers.has(kind)) ||
    outcome.locks.some(({ key, rewrite }) => key === table && rewrite)
  );
}
