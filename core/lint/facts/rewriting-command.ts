import type { Node } from "@pgsql/types";
import { isSwitchedOn } from "../../catalog/simulate/options.ts";

/** A command whose purpose it is to write a table anew, in its words. */
export function rewritingCommand(node: Node): string | undefined {
  if ("ClusterStmt" in node) return "CLUSTER";
  if ("VacuumStmt" in node) return isSwitchedOn(node.VacuumStmt.options, "full") ? "VACUUM FULL" : undefined;
  if (!("AlterTableStmt" in node)) return undefined;
  for (const it of node.AlterTableStmt.cmds ?? []) {
    const subtype = "AlterTableCmd" in it ? it.AlterTableCmd.subtype : undefined;
    const words = subtype && rewriting[subtype];
    if (words) return words;
  }
  return undefined;
}

const rewriting: Readonly<Record<string, string>> = {
  AT_SetLogged: "SET LOGGED",
  AT_SetUnLogged: "SET UNLOGGED",
  AT_SetTableSpace: "SET TABLESPACE",
  AT_SetAccessMethod: "SET ACCESS METHOD",
  AT_SetExpression: "SET EXPRESSION",
};
