import type { RangeVar } from "@pgsql/types";
import { plainName } from "../../catalog/plain-name.ts";
import { qualify } from "../../catalog/quote-identifier.ts";

/** A relation as messages and SQL spell it: `orders`, `shop."Order"`. */
export function relationName({ schemaname, relname }: RangeVar): string {
  return plainName(qualify(...[schemaname, relname].filter((part) => part !== undefined)));
}
