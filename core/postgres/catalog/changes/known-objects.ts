import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import type { KindReader } from "../kind.ts";
import { placeColumns } from "../positions.ts";
import type { ReadRow } from "../read-kind.ts";
import { type Id, IdSet, type IdText, idText } from "./ids.ts";

/** Something that was read, and where it stands in the system catalogs. */
export interface Known extends Id {
  readonly row: ReadRow;
}

/**
 * What was read so far, and the `Catalog` that follows from it. Changes are gathered and reach the `Catalog` in one go
 * (`settle`), and only where something differs.
 */
export class KnownObjects {
  readonly #byCatalog = new Map<string, Map<IdText, Known>>();
  /** Columns of a relation, by its oid. */
  readonly #columns = new Map<string, Map<number, Known>>();
  /** What stood under an id that was touched since the last `settle`. */
  readonly #touched = new Map<IdText, Known | undefined>();
  readonly #touchedRelations = new Set<string>();
  readonly #commented = new IdSet();
  readonly #printed = new IdSet();
  readonly #identifiedByIndex = new IdSet();

  at(id: Id): Known | undefined {
    return this.#byCatalog.get(id.catalog)?.get(idText(id));
  }

  in(catalog: string): Iterable<Known> {
    return this.#byCatalog.get(catalog)?.values() ?? [];
  }

  columnsOf(relation: string): Iterable<Known> {
    return this.#columns.get(relation)?.values() ?? [];
  }

  /** Everything that carries a comment. */
  get commented(): Iterable<Id> {
    return this.#commented;
  }

  /** Whether there is anything whose text PostgreSQL writes anew from a parse tree over relations. */
  get hasPrinted(): boolean {
    return this.#printed.size > 0;
  }

  /** Tables whose replica identity names an index: nothing of theirs is written when that is dropped or renamed. */
  get identifiedByIndex(): Iterable<Id> {
    return this.#identifiedByIndex;
  }

  put(id: Id, row: ReadRow): void {
    const text = this.#touch(id);
    const known = { catalog: id.catalog, oid: id.oid, sub: id.sub, row };
    entry(this.#byCatalog, id.catalog).set(text, known);
    if (id.catalog === "pg_attribute") entry(this.#columns, id.oid).set(id.sub, known);
    this.#commented.toggle(id, row.object !== undefined && "comment" in row.object.attributes);
    this.#printed.toggle(id, row.object !== undefined && isPrinted(row.object));
    this.#identifiedByIndex.toggle(id, row.object !== undefined && isIdentifiedByIndex(row.object));
  }

  delete(id: Id): void {
    if (!this.at(id)) return;
    const text = this.#touch(id);
    this.#byCatalog.get(id.catalog)?.delete(text);
    this.#commented.toggle(id, false);
    this.#printed.toggle(id, false);
    this.#identifiedByIndex.toggle(id, false);
    if (id.catalog === "pg_attribute") this.#columns.get(id.oid)?.delete(id.sub);
    if (id.catalog !== "pg_class") return;
    for (const column of [...this.columnsOf(id.oid)]) this.delete(column);
    this.#columns.delete(id.oid);
  }

  /** All objects of one kind, as they were read now. */
  replaceKind(reader: KindReader, rows: readonly ReadRow[]): void {
    const known = [...this.in(reader.catalog)].filter(({ row }) => row.reader === reader);
    this.#replace(known, rows);
  }

  replaceAll(rows: readonly ReadRow[]): void {
    this.#replace(
      [...this.#byCatalog.values()].flatMap((known) => [...known.values()]),
      rows,
    );
  }

  /** What has another name since the last `settle`, or is a type that looks different: others print it. */
  *printedOtherwise(): Generator<Id> {
    for (const before of this.#touched.values()) {
      const now = before && this.at(before);
      if (!now) continue;
      if (before.row.name !== now.row.name) yield now;
      else if (now.catalog === "pg_type" && before.row.text !== now.row.text) yield now;
    }
  }

  /** What happened to the objects of one system catalog since the last `settle`. */
  changesIn(catalog: string): { altered: number; appeared: number; gone: number } {
    const changes = { altered: 0, appeared: 0, gone: 0 };
    for (const [text, before] of this.#touched) {
      if (!text.startsWith(`${catalog} `)) continue;
      const now = this.#byCatalog.get(catalog)?.get(text);
      if (!before && now) changes.appeared += 1;
      else if (before && !now) changes.gone += 1;
      else if (before?.row.text !== now?.row.text) changes.altered += 1;
    }
    return changes;
  }

  /** What was there at the last `settle` and was touched since. */
  *touched(): Generator<Id> {
    for (const before of this.#touched.values()) if (before) yield before;
  }

  /** Brings the catalog up to date. */
  settle(catalog: Catalog): void {
    const gone = new Set<ObjectKey>();
    const come: CatalogObject[] = [];
    for (const [text, before] of this.#touched) {
      const now = this.#byCatalog.get(text.slice(0, text.indexOf(" ")))?.get(text);
      if (before?.row.object) gone.add(keyOf(before.row.object.kind, before.row.object.name));
      if (now?.row.object && now.row.object.kind !== "column") come.push(now.row.object);
    }
    // A dropped column moves those behind it: the columns of a touched relation are placed together.
    for (const relation of this.#touchedRelations) {
      const columns = [...this.columnsOf(relation)].flatMap((known) => known.row.object ?? []);
      come.push(...placeColumns(columns));
    }
    for (const object of come) gone.delete(keyOf(object.kind, object.name));
    for (const key of gone) catalog.delete(key);
    for (const object of come) {
      const before = catalog.at(keyOf(object.kind, object.name));
      if (!before || !sameObject(before, object)) catalog.put(object);
    }
    this.#touched.clear();
    this.#touchedRelations.clear();
  }

  #replace(before: readonly Known[], rows: readonly ReadRow[]): void {
    const left = new IdSet(before);
    for (const row of rows) {
      const id = idOf(row);
      left.toggle(id, false);
      this.put(id, row);
    }
    for (const id of left) this.delete(id);
  }

  #touch(id: Id): IdText {
    const text = idText(id);
    if (!this.#touched.has(text)) this.#touched.set(text, this.at(id));
    if (id.catalog === "pg_attribute") this.#touchedRelations.add(id.oid);
    return text;
  }
}

/** Objects without an oid of their own are known by name. */
export function idOf(row: ReadRow): Id {
  return { catalog: row.reader.catalog, oid: row.oid === "0" ? row.name : row.oid, sub: row.sub };
}

function isPrinted(object: CatalogObject): boolean {
  if (object.kind === "view" || object.kind === "materialized view" || object.kind === "rule") return true;
  // A body that is not a string constant.
  return (
    (object.kind === "function" || object.kind === "procedure") &&
    object.attributes.language === "sql" &&
    !object.attributes.definition.includes("\nAS ")
  );
}

function isIdentifiedByIndex(object: CatalogObject): boolean {
  return object.kind === "table" && (object.attributes.replicaIdentity?.startsWith("index ") ?? false);
}

function sameObject(a: CatalogObject, b: CatalogObject): boolean {
  return (
    a.parent === b.parent &&
    a.position === b.position &&
    (a.attributes === b.attributes || JSON.stringify(a.attributes) === JSON.stringify(b.attributes))
  );
}

function entry<K, A, B>(maps: Map<K, Map<A, B>>, key: K): Map<A, B> {
  const known = maps.get(key);
  if (known) return known;
  const made = new Map<A, B>();
  maps.set(key, made);
  return made;
}
