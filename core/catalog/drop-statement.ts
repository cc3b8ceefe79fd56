import type { CatalogObject } from "./model.ts";
import { quoteIdentifier, splitQualified } from "./quote-identifier.ts";

/** The statement that takes an object away, with names as short as they can be; undefined where there is none. */
export function dropStatement(object: CatalogObject): string | undefined {
  const name = shortName(object.name);
  switch (object.kind) {
    case "table":
      return `DROP ${object.attributes.server === undefined ? "" : "FOREIGN "}TABLE IF EXISTS ${name};`;
    case "view":
    case "materialized view":
    case "sequence":
    case "index":
    case "function":
    case "procedure":
    case "aggregate":
    case "type":
    case "domain":
    case "schema":
    case "extension":
    case "event trigger":
    case "publication":
    case "statistics":
    case "role":
    case "collation":
    case "text search configuration":
    case "text search dictionary":
    case "text search parser":
    case "text search template":
      return `DROP ${object.kind.toUpperCase()} IF EXISTS ${name};`;
    case "trigger":
    case "policy":
    case "rule":
      return `DROP ${object.kind.toUpperCase()} IF EXISTS ${ownName(object)} ON ${tableOf(object)};`;
    case "column":
      return `ALTER TABLE ${tableOf(object)} DROP COLUMN IF EXISTS ${ownName(object)};`;
    case "constraint":
      return `ALTER ${object.parent?.startsWith("domain ") ? "DOMAIN" : "TABLE"} ${tableOf(object)} DROP CONSTRAINT IF EXISTS ${ownName(object)};`;
    default:
      return undefined;
  }
}

function ownName(object: CatalogObject): string {
  return quoteIdentifier(splitQualified(object.name).at(-1) ?? "");
}

function tableOf(object: CatalogObject): string {
  return shortName((object.parent ?? "").replace(/^(?:table|materialized view|view|domain) /, ""));
}

function shortName(name: string): string {
  return name.startsWith("public.") ? name.slice("public.".length) : name;
}
