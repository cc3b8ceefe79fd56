import { addToList } from "../../catalog/add-to-list.ts";
import { type LockMode, lockModes } from "../../catalog/locks.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";
import type { Statement } from "../../sql/statement.ts";
import type { TransactionState } from "../rule.ts";

/** A lock with the statement that took it. */
export interface TakenLock {
  readonly statement: Statement;
  readonly key: ObjectKey;
  readonly mode: LockMode;
}

interface Step {
  readonly statement: Statement;
  readonly outcome: Outcome;
  readonly transaction: TransactionState;
}

/**
 * The locks that a transaction holds after some steps, by the names that the relations have by then. What came after a
 * savepoint is let go when a script goes back to it.
 */
export class HeldLocks {
  /** Where the transaction of the last step began; undefined where that one ran alone. */
  #first: number | undefined;
  #locks: TakenLock[] = [];
  /** Where in that list the locks of a relation stand. */
  #places = new Map<ObjectKey, number[]>();
  #marks: { readonly name: string | undefined; readonly locks: TakenLock[] }[] = [];

  add({ statement, outcome, transaction }: Step): void {
    const first = transaction.kind === "none" ? undefined : transaction.firstStatement;
    if (first === undefined || first !== this.#first) this.#begin(first);
    if (first === undefined) return;
    this.#mark(statement);
    if (outcome.failure) return;
    for (const { key, mode } of outcome.locks) this.#take({ statement, key, mode });
    for (const effect of outcome.effects) if (effect.action === "rename") this.#rename(effect.key, effect.to);
  }

  /** All that the transaction of a next statement holds, in order. */
  all(transaction: TransactionState): readonly TakenLock[] {
    return this.#isOf(transaction) ? this.#locks : [];
  }

  /** The strongest mode in which it holds the relation. */
  mode(transaction: TransactionState, key: ObjectKey): LockMode | undefined {
    if (!this.#isOf(transaction)) return undefined;
    let strongest = -1;
    for (const place of this.#places.get(key) ?? [])
      strongest = Math.max(strongest, lockModes.indexOf((this.#locks[place] as TakenLock).mode));
    return lockModes[strongest];
  }

  #isOf({ kind, firstStatement }: TransactionState): boolean {
    return kind !== "none" && firstStatement === this.#first;
  }

  #begin(first: number | undefined): void {
    this.#first = first;
    this.#marks = [];
    this.#hold([]);
  }

  #hold(locks: readonly TakenLock[]): void {
    this.#locks = [];
    this.#places = new Map();
    for (const lock of locks) this.#take(lock);
  }

  #take(lock: TakenLock): void {
    const place = this.#locks.push(lock) - 1;
    addToList(this.#places, lock.key, place);
  }

  #rename(key: ObjectKey, to: ObjectKey): void {
    const places = this.#places.get(key) ?? [];
    if (places.length === 0) return;
    for (const place of places) this.#locks[place] = { ...(this.#locks[place] as TakenLock), key: to };
    this.#places.delete(key);
    this.#places.set(to, [...(this.#places.get(to) ?? []), ...places]);
  }

  #mark({ node }: Statement): void {
    if (!("TransactionStmt" in node)) return;
    const { kind, savepoint_name: name } = node.TransactionStmt;
    if (kind === "TRANS_STMT_SAVEPOINT") this.#marks.push({ name, locks: [...this.#locks] });
    if (kind !== "TRANS_STMT_ROLLBACK_TO") return;
    const place = this.#marks.findLastIndex((mark) => mark.name === name);
    const mark = this.#marks[place];
    if (!mark) return;
    this.#marks.length = place + 1;
    this.#hold(mark.locks);
  }
}
