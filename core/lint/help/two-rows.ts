import { quoteIdentifier } from "../../catalog/quote-identifier.ts";

/** What becomes of a unique index over columns in which all rows have the default. */
export function withoutTwins(table: string): string {
  return `fails as soon as ${table} has two rows, which get the same default`;
}

/** Before the steps that keep the table open. */
export function fillFirst(columns: readonly string[], help: string): string {
  return `give each row a value of its own in ${columns.map(quoteIdentifier).join(", ")}, in batches; then ${help}`;
}
