import type { ObjectKey } from "../../catalog/model.ts";
import type { Memory } from "../../catalog/simulate/memory.ts";
import { type Cell, cells } from "./cells.ts";

/** A key that a migration made the simulation remember. */
export interface Added {
  readonly what: keyof Memory;
  readonly key: ObjectKey;
  /** It was remembered already. */
  readonly known: boolean;
}

/** A memory that tells what is looked at and what is added, and that can be taken back to an earlier length. */
export class WatchedMemory implements Memory {
  readonly assumed: Set<ObjectKey>;
  readonly uncertain: Set<ObjectKey>;
  readonly made: Set<ObjectKey>;
  readonly #log: Added[] = [];

  constructor(onRead: (cell: Cell) => void) {
    const keys = (what: keyof Memory) =>
      new WatchedKeys(
        (key) => onRead(cells.memory(what, key)),
        (key, known) => this.#log.push({ what, key, known }),
      );
    this.assumed = keys("assumed");
    this.uncertain = keys("uncertain");
    this.made = keys("made");
  }

  get length(): number {
    return this.#log.length;
  }

  addedSince(length: number): readonly Added[] {
    return this.#log.slice(length);
  }

  forgetSince(length: number): void {
    for (const { what, key, known } of this.#log.splice(length)) if (!known) this[what].delete(key);
  }
}

class WatchedKeys extends Set<ObjectKey> {
  readonly #onRead: (key: ObjectKey) => void;
  readonly #onAdd: (key: ObjectKey, known: boolean) => void;

  constructor(onRead: (key: ObjectKey) => void, onAdd: (key: ObjectKey, known: boolean) => void) {
    super();
    this.#onRead = onRead;
    this.#onAdd = onAdd;
  }

  override has(key: ObjectKey): boolean {
    this.#onRead(key);
    return super.has(key);
  }

  override add(key: ObjectKey): this {
    this.#onAdd(key, super.has(key));
    return super.add(key);
  }
}
