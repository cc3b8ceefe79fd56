import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";

/** Depth first along the dependencies, so that what is needed stands before what needs it. */
export function dependencyOrder(objects: readonly CatalogObject[]): CatalogObject[] {
  const byKey = new Map(objects.map((object) => [keyOf(object.kind, object.name), object]));
  const done = new Set<CatalogObject>();
  const ordered: CatalogObject[] = [];
  const visit = (object: CatalogObject) => {
    if (done.has(object)) return;
    done.add(object);
    for (const on of needs(object)) {
      const needed = byKey.get(on) ?? byKey.get(tableOf(on));
      if (needed && needed !== object) visit(needed);
    }
    ordered.push(object);
  };
  for (const object of [...objects].sort(byRank)) visit(object);
  return ordered;
}

function needs(object: CatalogObject): ObjectKey[] {
  const needed = object.dependsOn.map(({ on }) => on);
  return object.parent === undefined ? needed : [object.parent, ...needed];
}

/** The table of a column that others depend on. */
function tableOf(on: ObjectKey): ObjectKey {
  return on.startsWith("column ") ? keyOf("table", on.slice("column ".length).replace(/\.[^.]+$/, "")) : on;
}

const ranks = [
  "schema",
  "extension",
  "type",
  "domain",
  "sequence",
  "function",
  "table",
  "column",
  "constraint",
  "index",
  "foreign key",
];

function byRank(a: CatalogObject, b: CatalogObject): number {
  return rankOf(a) - rankOf(b);
}

function rankOf(object: CatalogObject): number {
  // It needs the key or the unique index of what it points to.
  const isForeign = object.kind === "constraint" && object.attributes.type === "foreign key";
  return (ranks.indexOf(isForeign ? "foreign key" : object.kind) + ranks.length + 1) % (ranks.length + 1);
}
