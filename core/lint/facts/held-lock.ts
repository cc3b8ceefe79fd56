import { blocks, type LockMode, lockModes } from "../../catalog/locks.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Statement } from "../../sql/statement.ts";
import type { StatementContext } from "../rule.ts";
import { existingTable } from "./existing-table.ts";

/** A lock on a table that others use, which an earlier statement took and the transaction still holds. */
export interface HeldLock {
  readonly statement: Statement;
  readonly table: string;
  readonly mode: LockMode;
}

/**
 * The strongest one that keeps others from writing, of equal ones that on the table `preferred`. What LOCK TABLE took
 * was asked for.
 */
export function heldLock(context: StatementContext, preferred?: ObjectKey): HeldLock | undefined {
  const { earlier, transaction } = context;
  if (transaction.kind === "none") return undefined;
  let held: HeldLock | undefined;
  let heaviest = 0;
  for (const { statement, outcome } of earlier) {
    if (statement.index < transaction.firstStatement || statement.kind === "LockStmt" || outcome.failure)
      continue;
    for (const { key, mode } of outcome.locks) {
      const weight = (blocks(mode).reads ? 2 : 0) + (key === preferred ? 1 : 0);
      if (!blocks(mode).writes || (held && heaviest >= weight)) continue;
      const table = existingTable(context, key);
      if (!table) continue;
      held = { statement, table: table.name, mode };
      heaviest = weight;
    }
  }
  return held;
}

/** The strongest mode in which the transaction holds the relation already. */
export function heldMode(context: StatementContext, key: ObjectKey): LockMode | undefined {
  const { earlier, transaction } = context;
  if (transaction.kind === "none") return undefined;
  let strongest = -1;
  for (const { statement, outcome } of earlier) {
    if (statement.index < transaction.firstStatement || outcome.failure) continue;
    for (const lock of outcome.locks) {
      if (lock.key === key) strongest = Math.max(strongest, lockModes.indexOf(lock.mode));
    }
  }
  return lockModes[strongest];
}
