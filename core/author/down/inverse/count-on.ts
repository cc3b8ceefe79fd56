import type { CatalogObject } from "../../../catalog/model.ts";
import { quoteIdentifier, splitQualified } from "../../../catalog/quote-identifier.ts";
import { literal } from "../../../sql/literal.ts";
import { exact, type ProposedStatement } from "./proposed.ts";

/** A sequence that is made again begins anew, while the rows of its column are there still. */
export function countOn({
  attributes: { ownedBy, increment },
}: CatalogObject<"sequence">): ProposedStatement[] {
  if (ownedBy === undefined || increment.startsWith("-")) return [];
  const parts = splitQualified(ownedBy);
  const column = parts.at(-1) ?? "";
  const table = parts.slice(0, -1).map(quoteIdentifier).join(".");
  return [
    exact(
      `SELECT setval(pg_get_serial_sequence(${literal(table)}, ${literal(column)}), max(${quoteIdentifier(column)})) FROM ${table}`,
    ),
  ];
}
