import type { CatalogObject } from "../../../catalog/model.ts";

/** Text of the statement that made an object, where a file of the folder holds it. */
export type OriginText = (object: CatalogObject) => string | undefined;
