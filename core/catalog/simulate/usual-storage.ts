import { bareType } from "./routine-definition.ts";

/** What SET STORAGE says, where it says something. */
export function unusualStorage(said: string | undefined, type: string): { readonly storage?: string } {
  const storage = said?.toLowerCase();
  return storage === undefined || storage === "default" || storage === usualStorage(type) ? {} : { storage };
}

/** How a column is stored where nothing was said (pg_type.typstorage), for the types that it is changed of. */
export function usualStorage(type: string): string | undefined {
  if (type.endsWith("[]") || extended.has(bareType(type))) return "extended";
  if (bareType(type) === "numeric") return "main";
  return plain.has(bareType(type)) ? "plain" : undefined;
}

/** Of one length, so that nothing else is taken. */
const plain = new Set([
  "smallint",
  "integer",
  "bigint",
  "real",
  "double precision",
  "boolean",
  "uuid",
  "date",
  "interval",
  "time without time zone",
  "time with time zone",
  "timestamp without time zone",
  "timestamp with time zone",
]);

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
