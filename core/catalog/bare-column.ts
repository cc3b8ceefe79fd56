import type { CatalogObject } from "./model.ts";

/**
 * A column of a view or a composite type as its definition makes it, without what it carries of its own (a comment, a
 * default, privileges): such a column is an object only while it carries something. Undefined for what is none.
 */
export function bareColumn(object: CatalogObject | undefined): CatalogObject | undefined {
  if (object?.kind !== "column" || object.parent === undefined || object.parent.startsWith("table ")) {
    return undefined;
  }
  const { type, collation } = object.attributes;
  return { ...object, attributes: { type, ...(collation === undefined ? {} : { collation }) } };
}
