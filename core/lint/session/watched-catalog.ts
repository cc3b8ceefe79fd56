import { Catalog, type Savepoint } from "../../catalog/catalog.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { type Nameable, namesakeLabel } from "../../catalog/namesake-label.ts";
import { type Cell, cells } from "./cells.ts";

/** A catalog that tells what is looked at. What is written counts as looked at: the write replaced something. */
export class WatchedCatalog extends Catalog {
  readonly #onRead: (cell: Cell) => void;

  constructor(onRead: (cell: Cell) => void) {
    super();
    this.#onRead = onRead;
  }

  override get size(): number {
    this.#onRead(cells.everyObject);
    return super.size;
  }

  override at(key: ObjectKey): CatalogObject | undefined {
    this.#onRead(cells.object(key));
    return super.at(key);
  }

  override has(key: ObjectKey): boolean {
    this.#onRead(cells.object(key));
    return super.has(key);
  }

  override objects(): Generator<CatalogObject> {
    this.#onRead(cells.everyObject);
    return super.objects();
  }

  override childrenOf(parent: ObjectKey): Iterable<CatalogObject> {
    this.#onRead(cells.children(parent));
    return super.childrenOf(parent);
  }

  override columnsIn(relation: ObjectKey): number {
    this.#onRead(cells.children(relation));
    return super.columnsIn(relation);
  }

  override dependentsOf(key: ObjectKey): Iterable<CatalogObject> {
    this.#onRead(cells.dependents(key));
    return super.dependentsOf(key);
  }

  override namesakesOf(one: Nameable): Iterable<CatalogObject> {
    this.#onRead(cells.namesakes(namesakeLabel(one) ?? ""));
    return super.namesakesOf(one);
  }

  override put(object: CatalogObject): void {
    this.#onRead(cells.object(`${object.kind} ${object.name}`));
    super.put(object);
  }

  override delete(key: ObjectKey): boolean {
    this.#onRead(cells.object(key));
    return super.delete(key);
  }

  override atSavepoint(savepoint: Savepoint, key: ObjectKey): CatalogObject | undefined {
    this.#onRead(cells.object(key));
    return super.atSavepoint(savepoint, key);
  }
}
