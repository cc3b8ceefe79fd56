import { blocks, type LockMode, lockModes } from "../../catalog/locks.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Statement } from "../../sql/statement.ts";
import type { StatementContext } from "../rule.ts";
import { existingTable } from "./existing-table.ts";
import { keptSteps } from "./kept-steps.ts";

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
  let held: HeldLock | undefined;
  let heaviest = 0;
  for (const { statement, key, mode } of locksHeld(context)) {
    if (statement.kind === "LockStmt" || !blocks(mode).writes) continue;
    const weight = (blocks(mode).reads ? 2 : 0) + (key === preferred ? 1 : 0);
    if (held && heaviest >= weight) continue;
    const table = existingTable(context, key);
    if (!table) continue;
    held = { statement, table: table.name, mode };
    heaviest = weight;
  }
  return held;
}

/** The strongest mode in which the transaction holds the relation already. */
export function heldMode(context: StatementContext, relation: ObjectKey): LockMode | undefined {
  let strongest = -1;
  for (const { key, mode } of locksHeld(context))
    if (key === relation) strongest = Math.max(strongest, lockModes.indexOf(mode));
  return lockModes[strongest];
}

/** What earlier statements of the transaction took, by the names that the relations have by now; a savepoint that was gone back to let go what came after it. */
export function locksHeld(
  context: StatementContext,
): { readonly statement: Statement; readonly key: ObjectKey; readonly mode: LockMode }[] {
  const { earlier, transaction } = context;
  if (transaction.kind === "none") return [];
  const held: { readonly statement: Statement; readonly key: ObjectKey; readonly mode: LockMode }[] = [];
  for (const { statement, outcome } of keptSteps(earlier.slice(transaction.firstStatement))) {
    if (outcome.failure) continue;
    for (const { key, mode } of outcome.locks) held.push({ statement, key, mode });
    for (const effect of outcome.effects) {
      if (effect.action !== "rename") continue;
      for (const [index, lock] of held.entries())
        if (lock.key === effect.key) held[index] = { ...lock, key: effect.to };
    }
  }
  return held;
}
