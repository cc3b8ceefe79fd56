import type { Constraint, Node } from "@pgsql/types";
import { lastPart, quoteIdentifier } from "../catalog/quote-identifier.ts";
import { strings } from "../catalog/simulate/relations.ts";

/** What follows the table in CREATE INDEX: `NULLS NOT DISTINCT` and INCLUDE as the constraint has them. */
export function indexColumns(
  constraint: Pick<Constraint, "keys" | "including" | "nulls_not_distinct">,
): string {
  const list = (nodes: readonly Node[] | undefined) => strings(nodes).map(quoteIdentifier).join(", ");
  const include = constraint.including?.length ? ` INCLUDE (${list(constraint.including)})` : "";
  return `(${list(constraint.keys)})${include}${constraint.nulls_not_distinct ? " NULLS NOT DISTINCT" : ""}`;
}

/** A name for an index that is to become a constraint, as PostgreSQL would choose it. */
export function scratchIndexName(
  table: string,
  columns: readonly Node[] | undefined,
  suffix: "key" | "pkey",
): string {
  const parts = [lastPart(table), ...(suffix === "key" ? strings(columns) : []), suffix];
  return quoteIdentifier(parts.join("_").slice(-63));
}
