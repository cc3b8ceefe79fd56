import { commonKinds } from "../kinds.ts";
import { unpackedSql } from "./column-ids.ts";

/** Catalogs whose objects are read one by one. Each has a variable, the oids of what was touched: `_pg_class`. */
export const catalogs: readonly string[] = [...new Set(commonKinds.map((kind) => kind.catalog))];

/** The variable with the oids of a catalog that were touched; of pg_attribute packed ids. */
export function touched(catalog: string): string {
  return `_${catalog}`;
}

/** The relations of the columns that were touched. */
export const relationsOfColumns = `array(select distinct ${unpackedSql("u.id").relation} from unnest(_pg_attribute) u(id))`;
