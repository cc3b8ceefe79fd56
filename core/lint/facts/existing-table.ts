import { kindIn, nameIn } from "../../catalog/key-parts.ts";
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

/** Whatever queries name in FROM: a table as above, or a view or materialized view that was there before this change. */
export function existingRelation(
  context: StatementContext,
  key: ObjectKey,
):
  | { readonly key: ObjectKey; readonly kind: "table" | "view" | "materialized view"; readonly name: string }
  | undefined {
  const table = existingTable(context, key);
  if (table) return { key, kind: "table", name: table.name };
  const kind = kindIn(key);
  if ((kind !== "view" && kind !== "materialized view") || !context.existedBefore(key)) return undefined;
  const name = nameIn(key);
  return name.startsWith("pg_temp.") ? undefined : { key, kind, name: plainName(name) };
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
