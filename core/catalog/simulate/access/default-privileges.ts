import { type AccessList, accessName, initialAccess, parseAccess } from "../../access-list.ts";
import type { Catalog } from "../../catalog.ts";
import type { ObjectKind } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import { merge } from "./grant-privileges.ts";

/** What ALTER DEFAULT PRIVILEGES calls the objects of a kind. */
const families: Readonly<Partial<Record<ObjectKind, string>>> = {
  table: "TABLES",
  view: "TABLES",
  "materialized view": "TABLES",
  sequence: "SEQUENCES",
  function: "FUNCTIONS",
  procedure: "FUNCTIONS",
  aggregate: "FUNCTIONS",
  type: "TYPES",
  domain: "TYPES",
  schema: "SCHEMAS",
  "large object": "LARGE OBJECTS",
};

/** `app IN SCHEMA sales ON TABLES`, as the catalog is read; names as SQL spells them. */
export function defaultPrivilegesName(role: string, schema: string | undefined, family: string): string {
  return `${role}${schema === undefined ? "" : ` IN SCHEMA ${schema}`} ON ${family}`;
}

/**
 * The list of a new object of this owner, as get_user_default_acl (src/backend/catalog/aclchk.c) makes it; undefined
 * where nothing was altered.
 */
export function defaultAccess(
  catalog: Catalog,
  { kind, owner, schema }: { readonly kind: ObjectKind; readonly owner: string; readonly schema: string },
  postgres: number,
): AccessList | undefined {
  const family = families[kind];
  if (family === undefined) return undefined;
  const everywhere = find(catalog, owner, undefined, family);
  const here = kind === "schema" ? undefined : find(catalog, owner, schema, family);
  if (!everywhere && !here) return undefined;
  const usual = initialAccess(kind, accessName(lastPart(owner)), postgres);
  return merge([...(everywhere ?? usual), ...(here ?? [])]);
}

function find(catalog: Catalog, role: string, schema: string | undefined, family: string) {
  const found = catalog.get("default privileges", defaultPrivilegesName(role, schema, family));
  return found && parseAccess(found.attributes.privileges);
}
