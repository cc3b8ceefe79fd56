import { type CatalogObject, keyOf, type ObjectKey, type ObjectKind } from "./model.ts";
import { type Nameable, namesakeLabel } from "./namesake-label.ts";

/** A moment in the life of a catalog that it can be compared with or taken back to. */
export type Savepoint = number;

/** An object, and its places among others: the n-th thing that happened to the catalog. */
interface Entry {
  readonly object: CatalogObject;
  /** When it came, to this parent. */
  readonly born: number;
  /** When its present value came. */
  readonly put: number;
}

interface JournalEntry {
  readonly key: ObjectKey;
  readonly before: Entry | undefined;
  /** Place in the journal of the write before it to the same key. */
  readonly earlier: number | undefined;
}

/** Keys in the order of their places, unless something was undone since: then they are put in order before they are read. */
interface Index {
  keys: Set<ObjectKey>;
  disordered: boolean;
}

/** A change as it was made: what stood under the key from then on, undefined where it was dropped. */
export interface Write {
  readonly key: ObjectKey;
  readonly after: CatalogObject | undefined;
}

/**
 * A mutable set of catalog objects with a journal. Objects are values: to alter one, put another in its place.
 * Looking back (`since`, `rollbackTo`) costs what was changed, not what there is, and leaves no trace: also the order
 * is what it was.
 */
export class Catalog {
  #objects = new Map<ObjectKey, Entry>();
  #disordered = false;
  readonly #children = new Map<ObjectKey, Index>();
  readonly #columns = new Map<ObjectKey, number>();
  readonly #dependents = new Map<ObjectKey, Index>();
  readonly #namesakes = new Map<string, Index>();
  readonly #journal: JournalEntry[] = [];
  /** Place in the journal of the last write to a key. */
  readonly #written = new Map<ObjectKey, number>();
  #clock = 0;

  static of(objects: Iterable<CatalogObject>): Catalog {
    const catalog = new Catalog();
    for (const object of objects) catalog.put(object);
    return catalog;
  }

  get size(): number {
    return this.#objects.size;
  }

  get<K extends ObjectKind>(kind: K, name: string): CatalogObject<K> | undefined {
    return this.at(keyOf(kind, name)) as CatalogObject<K> | undefined;
  }

  at(key: ObjectKey): CatalogObject | undefined {
    return this.#objects.get(key)?.object;
  }

  has(key: ObjectKey): boolean {
    return this.#objects.has(key);
  }

  /** In the order they came. */
  *objects(): Generator<CatalogObject> {
    if (this.#disordered) {
      this.#objects = new Map([...this.#objects].sort(([, a], [, b]) => a.born - b.born));
      this.#disordered = false;
    }
    for (const { object } of this.#objects.values()) yield object;
  }

  /** Objects whose `parent` is this key, in the order they came. */
  childrenOf(parent: ObjectKey): Iterable<CatalogObject> {
    return this.#listed(this.#children.get(parent), "born");
  }

  /** How many columns the relation has, which is the position of the last one. */
  columnsIn(relation: ObjectKey): number {
    return this.#columns.get(relation) ?? 0;
  }

  /** Objects that name this key in `dependsOn`, in the order they were put. */
  dependentsOf(key: ObjectKey): Iterable<CatalogObject> {
    return this.#listed(this.#dependents.get(key), "put");
  }

  /** Routines, constraints or partitions that share their `namesakeLabel` with this one, in the order they were put. */
  namesakesOf(one: Nameable): Iterable<CatalogObject> {
    return this.#listed(this.#namesakes.get(namesakeLabel(one) ?? ""), "put");
  }

  put(object: CatalogObject): void {
    const key = keyOf(object.kind, object.name);
    const before = this.#objects.get(key);
    const put = this.#clock++;
    this.#note({ key, before, earlier: this.#written.get(key) });
    // Who moves to another parent comes last there.
    const born = before && before.object.parent === object.parent ? before.born : put;
    this.#place(key, { object, born, put }, before);
  }

  delete(key: ObjectKey): boolean {
    const before = this.#objects.get(key);
    if (!before) return false;
    this.#note({ key, before, earlier: this.#written.get(key) });
    this.#place(key, undefined, before);
    return true;
  }

  savepoint(): Savepoint {
    return this.#journal.length;
  }

  /** Undoes everything that happened after the savepoint; later savepoints are void. */
  rollbackTo(savepoint: Savepoint): void {
    while (this.#journal.length > savepoint) {
      const entry = this.#forget();
      if (entry) this.#restore(entry.key, entry.before);
    }
  }

  /** Runs `look`, which must not change the catalog, while it stands as it did at the savepoint. */
  lookBack(savepoint: Savepoint, look: () => void): void {
    const undone: { readonly entry: JournalEntry; readonly after: Entry | undefined }[] = [];
    while (this.#journal.length > savepoint) {
      const entry = this.#forget();
      if (!entry) break;
      undone.push({ entry, after: this.#objects.get(entry.key) });
      this.#restore(entry.key, entry.before);
    }
    look();
    for (const { entry, after } of undone.reverse()) {
      this.#note(entry);
      this.#restore(entry.key, after);
    }
  }

  /** What stood at the savepoint under every key that was touched since: undefined where there was nothing. */
  since(savepoint: Savepoint): Map<ObjectKey, CatalogObject | undefined> {
    const before = new Map<ObjectKey, CatalogObject | undefined>();
    for (let i = savepoint; i < this.#journal.length; i++) {
      const entry = this.#journal[i];
      if (entry && !before.has(entry.key)) before.set(entry.key, entry.before?.object);
    }
    return before;
  }

  /** Every change since the savepoint, in order: who repeats them gets the same catalog. */
  writesSince(savepoint: Savepoint): Write[] {
    const writes: Write[] = [];
    const later = new Map<ObjectKey, CatalogObject | undefined>();
    for (let i = this.#journal.length - 1; i >= savepoint; i--) {
      const entry = this.#journal[i];
      if (!entry) continue;
      const { key, before } = entry;
      writes.push({ key, after: later.has(key) ? later.get(key) : this.#objects.get(key)?.object });
      later.set(key, before?.object);
    }
    return writes.reverse();
  }

  /** Was anything written under the key since? */
  isTouched(savepoint: Savepoint, key: ObjectKey): boolean {
    return (this.#written.get(key) ?? -1) >= savepoint;
  }

  /** The object as it stood at the savepoint. */
  atSavepoint(savepoint: Savepoint, key: ObjectKey): CatalogObject | undefined {
    let first: JournalEntry | undefined;
    for (
      let place = this.#written.get(key);
      place !== undefined && place >= savepoint;
      place = first?.earlier
    )
      first = this.#journal[place];
    return (first ? first.before : this.#objects.get(key))?.object;
  }

  /** An independent copy without history. */
  clone(): Catalog {
    return Catalog.of(this.objects());
  }

  #note(entry: JournalEntry): void {
    this.#written.set(entry.key, this.#journal.push(entry) - 1);
  }

  #forget(): JournalEntry | undefined {
    const entry = this.#journal.pop();
    if (entry?.earlier !== undefined) this.#written.set(entry.key, entry.earlier);
    else if (entry) this.#written.delete(entry.key);
    return entry;
  }

  #count(relation: ObjectKey | undefined, more: 1 | -1): void {
    if (relation !== undefined) this.#columns.set(relation, (this.#columns.get(relation) ?? 0) + more);
  }

  /** Nearly all that is asked about has no children and no dependents. */
  #listed(index: Index | undefined, place: "born" | "put"): Iterable<CatalogObject> {
    return index && index.keys.size > 0 ? this.#inOrder(index, place) : [];
  }

  *#inOrder(index: Index, place: "born" | "put"): Generator<CatalogObject> {
    if (index.disordered) {
      const placeOf = (key: ObjectKey) => this.#objects.get(key)?.[place] ?? 0;
      index.keys = new Set([...index.keys].sort((a, b) => placeOf(a) - placeOf(b)));
      index.disordered = false;
    }
    for (const key of index.keys) {
      const found = this.#objects.get(key);
      if (found) yield found.object;
    }
  }

  /** Brings back what was there at another time, and with it the places that it had. */
  #restore(key: ObjectKey, entry: Entry | undefined): void {
    const present = this.#objects.get(key);
    this.#place(key, entry, present);
    if (!entry) return;
    const { parent, dependsOn } = entry.object;
    if (entry.born !== present?.born) {
      this.#disordered = true;
      if (parent) disorder(this.#children.get(parent));
    }
    for (const { on } of dependsOn) disorder(this.#dependents.get(on));
    const label = namesakeLabel(entry.object);
    if (label !== undefined) disorder(this.#namesakes.get(label));
  }

  #place(key: ObjectKey, entry: Entry | undefined, present: Entry | undefined): void {
    this.#count(relationOfColumn(present), -1);
    this.#count(relationOfColumn(entry), 1);
    if (present) {
      const { parent, dependsOn } = present.object;
      if (parent && parent !== entry?.object.parent) this.#children.get(parent)?.keys.delete(key);
      for (const { on } of dependsOn) this.#dependents.get(on)?.keys.delete(key);
      const label = namesakeLabel(present.object);
      if (label !== undefined) this.#namesakes.get(label)?.keys.delete(key);
    }
    if (!entry) {
      this.#objects.delete(key);
      return;
    }
    // In a Map a key keeps the place of its first value.
    if (present && present.born !== entry.born) this.#objects.delete(key);
    this.#objects.set(key, entry);
    const { parent, dependsOn } = entry.object;
    if (parent) link(this.#children, parent, key);
    for (const { on } of dependsOn) link(this.#dependents, on, key);
    const label = namesakeLabel(entry.object);
    if (label !== undefined) link(this.#namesakes, label, key);
  }
}

function relationOfColumn(entry: Entry | undefined): ObjectKey | undefined {
  return entry?.object.kind === "column" ? entry.object.parent : undefined;
}

function link(indexes: Map<ObjectKey, Index>, from: ObjectKey, to: ObjectKey): void {
  const index = indexes.get(from);
  if (index) index.keys.add(to);
  else indexes.set(from, { keys: new Set([to]), disordered: false });
}

/** One key alone is in order. */
function disorder(index: Index | undefined): void {
  if (index && index.keys.size > 1) index.disordered = true;
}
