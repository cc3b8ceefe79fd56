import type { Catalog, Savepoint } from "./catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey, type ObjectKind } from "./model.ts";

/** What can be asked of a catalog; `Catalog` says what each answer is. */
export type CatalogView = Pick<Catalog, "get" | "at" | "has" | "objects" | "childrenOf" | "dependentsOf">;

/**
 * A catalog as it stood at a savepoint that is not far back. Single objects are looked up in the journal, so that the
 * catalog itself stays where it is; it is taken back only while a list is read.
 */
export class PastCatalog implements CatalogView {
  readonly #catalog: Catalog;
  readonly #savepoint: Savepoint;

  constructor(catalog: Catalog, savepoint: Savepoint) {
    this.#catalog = catalog;
    this.#savepoint = savepoint;
  }

  get<K extends ObjectKind>(kind: K, name: string): CatalogObject<K> | undefined {
    return this.at(keyOf(kind, name)) as CatalogObject<K> | undefined;
  }

  at(key: ObjectKey): CatalogObject | undefined {
    return this.#catalog.atSavepoint(this.#savepoint, key);
  }

  has(key: ObjectKey): boolean {
    return this.at(key) !== undefined;
  }

  objects(): Generator<CatalogObject> {
    return this.#list(() => this.#catalog.objects());
  }

  childrenOf(parent: ObjectKey): Generator<CatalogObject> {
    return this.#list(() => this.#catalog.childrenOf(parent));
  }

  dependentsOf(key: ObjectKey): Generator<CatalogObject> {
    return this.#list(() => this.#catalog.dependentsOf(key));
  }

  *#list(read: () => Iterable<CatalogObject>): Generator<CatalogObject> {
    let list: CatalogObject[] = [];
    this.#catalog.lookBack(this.#savepoint, () => {
      list = [...read()];
    });
    yield* list;
  }
}
