import type { CatalogObject } from "../../../catalog/model.ts";

/**
 * Are two objects the same but for what other statements say of them: owner, comment, privileges, and whether they belong
 * to a whole or an extension?
 */
export function sameDefinition(a: CatalogObject, b: CatalogObject): boolean {
  return JSON.stringify(own(a)) === JSON.stringify(own(b));
}

function own({ kind, attributes }: CatalogObject): Record<string, unknown> {
  const { owner, comment, privileges, inherited, extension, ...rest } = attributes as Record<string, unknown>;
  if (kind === "index") delete rest.partitionOf;
  return rest;
}
