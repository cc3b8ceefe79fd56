import { blocks, type LockMode } from "../../catalog/locks.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Statement } from "../../sql/statement.ts";
import type { StatementContext } from "../rule.ts";
import { alongSteps } from "./along-steps.ts";
import { existingTable } from "./existing-table.ts";
import { HeldLocks, type TakenLock } from "./held-locks.ts";

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
export function heldMode(
  { earlier, transaction }: StatementContext,
  relation: ObjectKey,
): LockMode | undefined {
  return heldAfter(earlier).mode(transaction, relation);
}

/** What earlier statements of the transaction took. */
export function locksHeld({ earlier, transaction }: StatementContext): readonly TakenLock[] {
  return heldAfter(earlier).all(transaction);
}

const heldAfter = alongSteps<StatementContext["earlier"][number], HeldLocks>(
  () => new HeldLocks(),
  (held, step) => held.add(step),
);
