import type { CatalogObject } from "../../../catalog/model.ts";

/** Kinds that can be dropped and made again without a loss. */
export const portable: ReadonlySet<CatalogObject["kind"]> = new Set([
  "constraint",
  "index",
  "view",
  "materialized view",
  "function",
  "procedure",
  "trigger",
  "policy",
  "rule",
]);
