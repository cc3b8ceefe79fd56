import type { ObjectKey } from "../model.ts";

/** A key that a statement made the simulation remember. */
export interface Added {
  readonly what: "assumed" | "uncertain" | "made";
  readonly key: ObjectKey;
  /** It was remembered already. */
  readonly known: boolean;
}

/** Hears of each key that is looked for. */
export type OnRead = (what: Added["what"], key: ObjectKey) => void;

/**
 * What a simulation remembers about keys besides the catalog. Undoing a statement forgets nothing; it can be taken back
 * to an earlier length as a whole.
 */
export class Memory {
  /** Objects that exist outside of what was simulated: earlier statements used them without having been seen to fail. */
  readonly assumed: Set<ObjectKey>;
  /** Objects that may or may not be as the catalog says, because a branch of a DO block touched them. */
  readonly uncertain: Set<ObjectKey>;
  /** Everything that was made so far: what is no longer there cannot come from outside. */
  readonly made: Set<ObjectKey>;
  readonly #log: Added[] = [];

  constructor(onRead?: OnRead) {
    const keys = (what: Added["what"]) => {
      const onAdd = (key: ObjectKey, known: boolean) => this.#log.push({ what, key, known });
      return onRead ? new WatchedKeys(onAdd, (key) => onRead(what, key)) : new Keys(onAdd);
    };
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

/** Among what is uncertain: an up that could not be followed may have made anything. */
export const anythingElse: ObjectKey = "anything else";

class Keys extends Set<ObjectKey> {
  readonly #onAdd: (key: ObjectKey, known: boolean) => void;

  constructor(onAdd: (key: ObjectKey, known: boolean) => void) {
    super();
    this.#onAdd = onAdd;
  }

  override add(key: ObjectKey): this {
    this.#onAdd(key, super.has(key));
    return super.add(key);
  }
}

class WatchedKeys extends Keys {
  readonly #onRead: (key: ObjectKey) => void;

  constructor(onAdd: (key: ObjectKey, known: boolean) => void, onRead: (key: ObjectKey) => void) {
    super(onAdd);
    this.#onRead = onRead;
  }

  override has(key: ObjectKey): boolean {
    this.#onRead(key);
    return super.has(key);
  }
}
