import type { Node, ReindexStmt } from "@pgsql/types";
import { isSwitchedOn } from "../../catalog/simulate/options.ts";
import type { NodeKind } from "../../sql/statement.ts";

export const lonelyKinds: readonly NodeKind[] = [
  "IndexStmt",
  "DropStmt",
  "ReindexStmt",
  "AlterTableStmt",
  "VacuumStmt",
  "ClusterStmt",
  "AlterSystemStmt",
  "CreatedbStmt",
  "DropdbStmt",
  "CreateTableSpaceStmt",
  "DropTableSpaceStmt",
  "CreateSubscriptionStmt",
];

/** A command that PostgreSQL runs in no transaction (PreventInTransactionBlock), in its words. */
export function lonelyCommand(node: Node): string | undefined {
  if ("IndexStmt" in node) return node.IndexStmt.concurrent ? "CREATE INDEX CONCURRENTLY" : undefined;
  if ("DropStmt" in node) return node.DropStmt.concurrent ? "DROP INDEX CONCURRENTLY" : undefined;
  if ("ReindexStmt" in node) return reindex(node.ReindexStmt);
  if ("AlterTableStmt" in node)
    return node.AlterTableStmt.cmds?.some(detaches) ? "DETACH PARTITION CONCURRENTLY" : undefined;
  if ("VacuumStmt" in node) return node.VacuumStmt.is_vacuumcmd ? "VACUUM" : undefined;
  if ("ClusterStmt" in node) return node.ClusterStmt.relation ? undefined : "CLUSTER without a table";
  if ("CreateSubscriptionStmt" in node) {
    const { options } = node.CreateSubscriptionStmt;
    return isLeftOn(options, "create_slot") && isLeftOn(options, "connect")
      ? "CREATE SUBSCRIPTION with a slot"
      : undefined;
  }
  for (const kind in bare) if (kind in node) return bare[kind];
  return undefined;
}

const bare: Readonly<Record<string, string>> = {
  AlterSystemStmt: "ALTER SYSTEM",
  CreatedbStmt: "CREATE DATABASE",
  DropdbStmt: "DROP DATABASE",
  CreateTableSpaceStmt: "CREATE TABLESPACE",
  DropTableSpaceStmt: "DROP TABLESPACE",
};

/** `REINDEX TABLE CONCURRENTLY t`, and whatever goes from table to table. */
function reindex({ kind, params }: ReindexStmt): string | undefined {
  if (isSwitchedOn(params, "concurrently")) return "REINDEX CONCURRENTLY";
  return kind === undefined ? undefined : tableByTable[kind];
}

const tableByTable: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_SCHEMA: "REINDEX SCHEMA",
  REINDEX_OBJECT_SYSTEM: "REINDEX SYSTEM",
  REINDEX_OBJECT_DATABASE: "REINDEX DATABASE",
};

function detaches(node: Node): boolean {
  if (!("AlterTableCmd" in node)) return false;
  const { def } = node.AlterTableCmd;
  return def !== undefined && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
}

/** An option that is on where nobody says otherwise. */
function isLeftOn(nodes: readonly Node[] | undefined, name: string): boolean {
  const isNamed = nodes?.some((node) => "DefElem" in node && node.DefElem.defname === name);
  return !isNamed || isSwitchedOn(nodes, name);
}
