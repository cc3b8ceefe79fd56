import type { CatalogObject } from "../../../catalog/model.ts";

/** Are two objects the same but for what other statements say of them: owner, comment, privileges? */
export function sameDefinition(a: CatalogObject, b: CatalogObject): boolean {
  const bare = ({ owner, comment, privileges, ...rest }: Record<string, unknown>) => rest;
  return JSON.stringify(bare({ ...a.attributes })) === JSON.stringify(bare({ ...b.attributes }));
}
