import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { portable } from "./portable.ts";
import { ownName } from "./sql-name.ts";

/** What stands in the way of an enum that is to be built anew. */
export interface EnumUsers {
  /** Columns of the type, or of arrays of it. */
  readonly retyped: readonly CatalogObject<"column">[];
  /** Columns of another type whose default mentions it. */
  readonly defaulted: readonly CatalogObject<"column">[];
  /** Goes first and comes back last. */
  readonly inTheWay: readonly CatalogObject[];
  /** What cannot be moved to another type by statements that are known here. */
  readonly stuck?: CatalogObject;
}

/** Everything that holds on to an enum, directly or through what holds on to it. */
export function enumUsers(catalog: Catalog, type: CatalogObject<"type">): EnumUsers {
  const retyped = new Map<ObjectKey, CatalogObject<"column">>();
  const defaulted = new Map<ObjectKey, CatalogObject<"column">>();
  const inTheWay = new Map<ObjectKey, CatalogObject>();
  let stuck: CatalogObject | undefined;
  const queue: CatalogObject[] = [type];
  for (let on = queue.shift(); on && !stuck; on = queue.shift()) {
    const key = keyOf(on.kind, on.name);
    const parts = on === type || on.kind === "column" ? [] : [...catalog.childrenOf(key)].filter(isOwnPart);
    for (const user of [...catalog.dependentsOf(key), ...parts]) {
      const own = keyOf(user.kind, user.name);
      if (retyped.has(own) || inTheWay.has(own) || comesAlong(user, on, catalog)) continue;
      if (user.kind === "column" && isTypedBy(user, type)) {
        if (!canBeRetyped(user, catalog)) stuck ??= user;
        retyped.set(own, user);
        queue.push(user);
      } else if (user.kind === "column" && holdsByDefault(user, key)) defaulted.set(own, user);
      else if (portable.has(user.kind)) {
        inTheWay.set(own, user);
        queue.push(user);
      } else stuck ??= user;
    }
  }
  return {
    retyped: [...retyped.values()],
    defaulted: [...defaulted.values()].filter((it) => !retyped.has(keyOf("column", it.name))),
    inTheWay: [...inTheWay.values()],
    ...(stuck && { stuck }),
  };
}

/** A view's columns are made with it; its triggers, rules and indexes are not. */
function isOwnPart({ kind }: CatalogObject): boolean {
  return kind !== "column";
}

/** Changes type together with the column, or with the parent table, whatever it is. */
function comesAlong(user: CatalogObject, on: CatalogObject, catalog: Catalog): boolean {
  if (user.kind === "column") return user.attributes.inherited === true || !isTableColumn(user, catalog);
  if (user.kind === "statistics") return true;
  if (user.kind === "constraint") {
    if (user.attributes.inherited) return true;
    return on.kind === "column" && ["primary key", "unique", "not null"].includes(user.attributes.type);
  }
  if (user.kind !== "index") return false;
  if (user.attributes.constraint !== undefined || user.attributes.partitionOf !== undefined) return true;
  const plain = user.attributes.columns.every((name) => catalog.has(columnKey(user, name)));
  return on.kind === "column" && plain && user.attributes.predicate === undefined;
}

function columnKey({ parent = "" }: CatalogObject, name: string): ObjectKey {
  return `column ${parent.slice(parent.indexOf(" ") + 1)}.${name}`;
}

function isTableColumn({ parent }: CatalogObject<"column">, catalog: Catalog): boolean {
  return parent !== undefined && catalog.at(parent)?.kind === "table";
}

/** Is the column of this type, or of arrays of it? */
export function isTypedBy({ attributes }: CatalogObject<"column">, { name }: CatalogObject<"type">): boolean {
  return attributes.type === name || attributes.type === `${name}[]`;
}

function holdsByDefault(user: CatalogObject<"column">, on: ObjectKey): boolean {
  return (
    user.attributes.generated === undefined &&
    user.dependsOn.filter((it) => it.on === on).every(({ part }) => part === "default")
  );
}

function canBeRetyped(column: CatalogObject<"column">, catalog: Catalog): boolean {
  const table = column.parent === undefined ? undefined : catalog.at(column.parent);
  if (table?.kind !== "table" || column.attributes.generated !== undefined) return false;
  const { server, ofType, partitionKey } = table.attributes;
  return server === undefined && ofType === undefined && !partitionKey?.includes(ownName(column));
}
