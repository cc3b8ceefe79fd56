import type { CatalogObject } from "./model.ts";

/**
 * What is an object only while it carries something, as it is without that. A column of a view or a composite type
 * without a comment, a default, privileges of its own: its definition makes it. A function of PostgreSQL's own with the
 * privileges that it came with. Undefined for all others.
 */
export function bareObject(object: CatalogObject | undefined): CatalogObject | undefined {
  if (object?.kind === "privileges on") {
    return { ...object, attributes: { ...object.attributes, privileges: object.attributes.initial } };
  }
  if (object?.kind !== "column" || object.parent === undefined || object.parent.startsWith("table ")) {
    return undefined;
  }
  const { type, collation } = object.attributes;
  return { ...object, attributes: { type, ...(collation === undefined ? {} : { collation }) } };
}
