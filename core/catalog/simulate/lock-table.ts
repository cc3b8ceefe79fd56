import type { AlterTableCmd, AlterTableType } from "@pgsql/types";
import { type LockMode, lockModes } from "../locks.ts";

/**
 * Locks that the subcommands of ALTER TABLE take on the table: `AlterTableGetLockLevel`, src/backend/commands/tablecmds.c.
 * What is not listed takes ACCESS EXCLUSIVE. Compared with the traces of scripts/trace-locks.ts on 15 to 18; what is
 * said of older versions has its release notes and was not traced.
 */
const alterTable: Readonly<Partial<Record<AlterTableType, LockMode>>> = {
  AT_SetStatistics: "SHARE UPDATE EXCLUSIVE",
  AT_SetOptions: "SHARE UPDATE EXCLUSIVE",
  AT_ResetOptions: "SHARE UPDATE EXCLUSIVE",
  AT_ClusterOn: "SHARE UPDATE EXCLUSIVE",
  AT_DropCluster: "SHARE UPDATE EXCLUSIVE",
  AT_ValidateConstraint: "SHARE UPDATE EXCLUSIVE",
  AT_DetachPartitionFinalize: "SHARE UPDATE EXCLUSIVE",
  AT_AttachPartition: "SHARE UPDATE EXCLUSIVE",
  AT_EnableTrig: "SHARE ROW EXCLUSIVE",
  AT_EnableAlwaysTrig: "SHARE ROW EXCLUSIVE",
  AT_EnableReplicaTrig: "SHARE ROW EXCLUSIVE",
  AT_DisableTrig: "SHARE ROW EXCLUSIVE",
  AT_EnableTrigAll: "SHARE ROW EXCLUSIVE",
  AT_DisableTrigAll: "SHARE ROW EXCLUSIVE",
  AT_EnableTrigUser: "SHARE ROW EXCLUSIVE",
  AT_DisableTrigUser: "SHARE ROW EXCLUSIVE",
};

/**
 * First major version where the mode above holds; before it was ACCESS EXCLUSIVE. Not traced: release notes of 12,
 * "Allow ATTACH PARTITION to be performed with reduced locking requirements".
 */
const since: Readonly<Partial<Record<AlterTableType, number>>> = { AT_AttachPartition: 12 };

/** Storage options that can be changed without ACCESS EXCLUSIVE (src/backend/access/common/reloptions.c). */
const lightOption =
  /^(?:toast\.)?(?:autovacuum_\w+|vacuum_\w+|fillfactor|toast_tuple_target|parallel_workers|log_autovacuum_\w+|n_distinct\w*)$/;

export function alterTableLock(command: AlterTableCmd, postgres: number): LockMode {
  const { subtype, def } = command;
  if (!subtype) return "ACCESS EXCLUSIVE";
  if (subtype === "AT_AddConstraint" && def && "Constraint" in def) {
    return def.Constraint.contype === "CONSTR_FOREIGN" ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE";
  }
  if (subtype === "AT_DetachPartition" && def && "PartitionCmd" in def && def.PartitionCmd.concurrent) {
    return "SHARE UPDATE EXCLUSIVE";
  }
  if ((subtype === "AT_SetRelOptions" || subtype === "AT_ResetRelOptions") && def && "List" in def) {
    const light = (def.List.items ?? []).every(
      (item) => "DefElem" in item && lightOption.test(item.DefElem.defname ?? ""),
    );
    return light ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
  }
  const mode = alterTable[subtype];
  return mode && postgres >= (since[subtype] ?? 0) ? mode : "ACCESS EXCLUSIVE";
}

/** Locks of whole statements (PostgreSQL manual, 13.3.1, and the statements' own pages). */
export const statementLocks = {
  createIndex: "SHARE",
  createIndexConcurrently: "SHARE UPDATE EXCLUSIVE",
  createTrigger: "SHARE ROW EXCLUSIVE",
  createStatistics: "SHARE UPDATE EXCLUSIVE",
  createPolicy: "ACCESS EXCLUSIVE",
  alterPolicy: "ACCESS EXCLUSIVE",
  createRule: "ACCESS EXCLUSIVE",
  referencedTable: "SHARE ROW EXCLUSIVE",
  inheritedTable: "SHARE UPDATE EXCLUSIVE",
  partitionedTable: "ACCESS EXCLUSIVE",
  drop: "ACCESS EXCLUSIVE",
  dropIndexConcurrently: "SHARE UPDATE EXCLUSIVE",
  rename: "ACCESS EXCLUSIVE",
  renameIndex: "SHARE UPDATE EXCLUSIVE",
  comment: "SHARE UPDATE EXCLUSIVE",
  refresh: "ACCESS EXCLUSIVE",
  refreshConcurrently: "EXCLUSIVE",
  cluster: "ACCESS EXCLUSIVE",
  vacuum: "SHARE UPDATE EXCLUSIVE",
  vacuumFull: "ACCESS EXCLUSIVE",
  analyze: "SHARE UPDATE EXCLUSIVE",
  domainConstraint: "SHARE",
  reindexTable: "SHARE",
  reindexConcurrently: "SHARE UPDATE EXCLUSIVE",
  reindexIndex: "ACCESS EXCLUSIVE",
  truncate: "ACCESS EXCLUSIVE",
  write: "ROW EXCLUSIVE",
  read: "ACCESS SHARE",
} as const satisfies Readonly<Record<string, LockMode>>;

/** Lock modes by the number that LOCK TABLE's parse tree has: from 1, weakest first (src/include/storage/lockdefs.h). */
export const lockNumbers: readonly (LockMode | undefined)[] = [undefined, ...lockModes];
