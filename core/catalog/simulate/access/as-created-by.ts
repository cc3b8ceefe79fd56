import { accessName, initialAccess, printAccess } from "../../access-list.ts";
import type { Catalog } from "../../catalog.ts";
import type { CatalogObject, ObjectKind } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import { defaultAccess } from "./default-privileges.ts";

/** Kinds whose objects have an owner. */
const owned: ReadonlySet<ObjectKind> = new Set([
  "schema",
  "table",
  "view",
  "materialized view",
  "sequence",
  "function",
  "procedure",
  "aggregate",
  "type",
  "domain",
  "operator",
  "operator class",
  "operator family",
  "collation",
  "conversion",
  "statistics",
  "publication",
  "subscription",
  "foreign-data wrapper",
  "server",
  "text search configuration",
  "text search dictionary",
  "language",
  "event trigger",
]);

/** A new object as its owner gets it: `role` makes it, and `user` is who owns what names no owner. */
export function asCreatedBy(
  catalog: Catalog,
  object: CatalogObject,
  { role, user, postgres }: { readonly role: string; readonly user: string; readonly postgres: number },
): CatalogObject {
  if (!owned.has(object.kind)) return object;
  const attributes = object.attributes as {
    readonly owner?: string;
    readonly privileges?: readonly string[];
  };
  const owner = attributes.owner ?? role;
  const list = defaultAccess(catalog, { kind: object.kind, owner, schema: schemaOf(object) }, postgres);
  if (owner === user && !list) return object;
  const usual = printAccess(initialAccess(object.kind, accessName(lastPart(owner)), postgres));
  const privileges = list && printAccess(list);
  return {
    ...object,
    attributes: {
      ...attributes,
      ...(owner !== user && { owner }),
      ...(privileges && privileges.join() !== usual.join() && { privileges }),
    },
  } as CatalogObject;
}
