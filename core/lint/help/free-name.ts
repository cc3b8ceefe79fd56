import { keyOf } from "../../catalog/model.ts";
import type { CatalogView } from "../../catalog/past-catalog.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { qualify, quoteIdentifier, splitQualified } from "../../catalog/quote-identifier.ts";
import { chooseName, joinColumnNames } from "../../catalog/simulate/generated-names.ts";

const relations = ["table", "index", "view", "materialized view", "sequence"] as const;

/**
 * A name for an index or a constraint of `table` (as the catalog has it) that is to be made, as PostgreSQL would choose
 * it, and in quotes where SQL wants them: no longer than it may be, and nothing has it yet.
 */
export function freeName(
  catalog: CatalogView,
  table: string,
  columns: readonly string[],
  label: string,
  isTaken: (name: string) => boolean = () => false,
): string {
  const [name = "", ...schema] = splitQualified(table).reverse();
  const taken = (candidate: string) =>
    isTaken(candidate) ||
    catalog.has(keyOf("constraint", `${table}.${quoteIdentifier(candidate)}`)) ||
    relations.some((kind) => catalog.has(keyOf(kind, qualify(...schema, candidate))));
  const joined = columns.length === 0 ? undefined : joinColumnNames(columns);
  return quoteIdentifier(chooseName(name, joined, label, taken));
}

/** The same for a table beside `table`, with its schema where that is not `public`: `shop."Order_backup"`. */
export function freeTableName(catalog: CatalogView, table: string, label: string): string {
  const name = freeName(catalog, table, [], label);
  return plainName(qualify(...splitQualified(table).slice(0, -1), ...splitQualified(name)));
}
