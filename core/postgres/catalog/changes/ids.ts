/** What a row of a system catalog is known by: `pg_class 16385 0`. Columns: relation and number. */
export interface Id {
  readonly catalog: string;
  readonly oid: string;
  readonly sub: number;
}

export type IdText = string;

export function idText({ catalog, oid, sub }: Id): IdText {
  return `${catalog} ${oid} ${sub}`;
}

/** A set of ids. */
export class IdSet {
  readonly #ids = new Map<IdText, Id>();

  constructor(ids: Iterable<Id> = []) {
    for (const id of ids) this.add(id);
  }

  get size(): number {
    return this.#ids.size;
  }

  add(id: Id): void {
    this.#ids.set(idText(id), id);
  }

  toggle(id: Id, present: boolean): void {
    if (present) this.add(id);
    else this.#ids.delete(idText(id));
  }

  has(id: Id): boolean {
    return this.#ids.has(idText(id));
  }

  [Symbol.iterator](): IterableIterator<Id> {
    return this.#ids.values();
  }
}
