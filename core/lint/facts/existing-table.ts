import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import type { StatementContext } from "../rule.ts";

/** A table that was there before this change: it may be large, and others use it right now. */
export interface ExistingTable {
  readonly key: ObjectKey;
  /** As messages and SQL spell it: `orders`, `shop.orders`. */
  readonly name: string;
  /** Absent where the table comes from outside of the folder. */
  readonly object?: CatalogObject<"table">;
}

/** Undefined for what is new, temporary, a foreign table, or no table. */
export function existingTable(context: StatementContext, key: ObjectKey): ExistingTable | undefined {
  if (!key.startsWith("table ") || !context.existedBefore(key)) return undefined;
  const name = key.slice("table ".length);
  const object = context.catalog.get("table", name);
  if (object?.attributes.persistence === "temporary" || name.startsWith("pg_temp.")) return undefined;
  if (object?.attributes.server !== undefined) return undefined;
  return { key, name: plainName(name), ...(object && { object }) };
}

/** It takes neither CONCURRENTLY nor USING INDEX; its partitions do. */
export function isPartitioned({ object }: ExistingTable): boolean {
  return object?.attributes.partitionKey !== undefined;
}

/** Other tables that the statement locks and that were there before it, by the mode that they are locked in. */
export function otherExistingTables(context: StatementContext, table: ExistingTable): ExistingTable[] {
  const keys = new Set(context.outcome.locks.map(({ key }) => key));
  keys.delete(table.key);
  return [...keys].flatMap((key) => existingTable(context, key) ?? []);
}
