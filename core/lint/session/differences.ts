import { dequal } from "dequal";
import type { Catalog, Savepoint, Write } from "../../catalog/catalog.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { namesakeLabel } from "../../catalog/namesake-label.ts";
import type { Added, Memory } from "../../catalog/simulate/memory.ts";
import { type Cell, cells } from "./cells.ts";

/** What one migration did to the catalog and to the memory. */
export interface Effects {
  readonly writes: readonly Write[];
  readonly added: readonly Added[];
}

const none: Effects = { writes: [], added: [] };

/**
 * Where the state that a new run is in differs from the one that the run before was in at the same migration. A
 * migration that looked at nothing of it would do the same and find the same again.
 */
export class Differences {
  readonly #catalog: Catalog;
  readonly #memory: Memory;
  /** Objects that differ, and what the run before had. */
  readonly #objects = new Map<ObjectKey, CatalogObject | undefined>();
  /** Remembered in one of the runs only. */
  readonly #remembered = new Set<Cell>();
  /** Texts, and lists of objects of which some differ, or did: their order may. */
  readonly #lasting: Set<Cell>;

  constructor(catalog: Catalog, memory: Memory, texts: readonly Cell[]) {
    this.#catalog = catalog;
    this.#memory = memory;
    this.#lasting = new Set(texts);
  }

  touch(reads: ReadonlySet<Cell>): boolean {
    return (
      isAnyIn(this.#objects.keys(), reads) ||
      isAnyIn(this.#remembered, reads) ||
      isAnyIn(this.#lasting, reads)
    );
  }

  /** Both runs did this. */
  repeated({ added }: Effects): void {
    for (const { what, key } of added) this.#remembered.delete(cells.memory(what, key));
  }

  /** The run before did the one where this run, since `start`, did the other. The catalog stands as after it. */
  replaced(old: Effects | undefined, now: Effects, start: Savepoint): void {
    this.#compareAdded(old ?? none, now);
    this.#compareWrites(old ?? none, now, this.#catalog.since(start));
  }

  /** Only the run before did this. */
  gone(old: Effects): void {
    this.#compareAdded(old, none);
    this.#compareWrites(old, none, new Map());
  }

  #compareAdded(old: Effects, now: Effects): void {
    const cellOf = ({ what, key }: Added) => cells.memory(what, key);
    const [inOther, inThis] = [new Set(old.added.map(cellOf)), new Set(now.added.map(cellOf))];
    const all = new Map<Cell, Added>();
    // The first one tells what was known before.
    for (const it of [...now.added, ...old.added]) if (!all.has(cellOf(it))) all.set(cellOf(it), it);
    for (const [cell, { what, key, known }] of all) {
      const isKnown = this.#memory[what].has(key);
      const wasKnown = inThis.has(cell) ? known : isKnown;
      const wasKnownToOther = this.#remembered.has(cell) ? !wasKnown : wasKnown;
      if ((inOther.has(cell) || wasKnownToOther) === isKnown) this.#remembered.delete(cell);
      else this.#remembered.add(cell);
    }
  }

  #compareWrites(
    old: Effects,
    now: Effects,
    thisBefore: ReadonlyMap<ObjectKey, CatalogObject | undefined>,
  ): void {
    const moved = parting(old.writes, now.writes);
    const oldAfter = new Map(old.writes.map(({ key, after }) => [key, after]));
    const keys = new Set([...oldAfter.keys(), ...now.writes.map(({ key }) => key)]);
    for (const key of keys) {
      const present = this.#catalog.at(key);
      const other = oldAfter.has(key)
        ? oldAfter.get(key)
        : this.#objects.has(key)
          ? this.#objects.get(key)
          : thisBefore.has(key)
            ? thisBefore.get(key)
            : present;
      if (dequal(present, other)) this.#objects.delete(key);
      else this.#objects.set(key, other);
      if (moved.has(key)) for (const object of [present, other]) if (object) this.#mayMove(object);
    }
    if (moved.size > 0) this.#lasting.add(cells.everyObject);
  }

  #mayMove(object: CatalogObject): void {
    const { parent, dependsOn } = object;
    const label = namesakeLabel(object);
    if (label !== undefined) this.#lasting.add(cells.namesakes(label));
    if (parent) this.#lasting.add(cells.children(parent));
    for (const { on } of dependsOn) this.#lasting.add(cells.dependents(on));
  }
}

/** Keys that are written after the two have parted; up to there the order is the same, too. */
function parting(a: readonly Write[], b: readonly Write[]): ReadonlySet<ObjectKey> {
  let common = 0;
  while (common < a.length && common < b.length && dequal(a[common], b[common])) common++;
  return new Set([...a.slice(common), ...b.slice(common)].map(({ key }) => key));
}

function isAnyIn(cells: Iterable<Cell>, reads: ReadonlySet<Cell>): boolean {
  for (const cell of cells) if (reads.has(cell)) return true;
  return false;
}
