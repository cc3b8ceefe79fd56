import { bareType } from "./routine-definition.ts";

/** What SET STORAGE says, where it says something. */
export function unusualStorage(said: string | undefined, type: string): { readonly storage?: string } {
  const storage = said?.toLowerCase();
  return storage === undefined || storage === "default" || storage === usualStorage(type) ? {} : { storage };
}

/** How a column is stored where nothing was said (pg_type.typstorage), for the types that it is changed of. */
export function usualStorage(type: string): string | undefined {
  if (type.endsWith("[]") || extended.has(bareType(type))) return "extended";
  return bareType(type) === "numeric" ? "main" : undefined;
}

const extended = new Set([
  "text",
  "character varying",
  "character",
  "bytea",
  "json",
  "jsonb",
  "xml",
  "tsvector",
]);
