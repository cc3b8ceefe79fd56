import { escapePattern } from "../../sql/escape-pattern.ts";
import { type CatalogObject, keyOf } from "../model.ts";
import { quoteIdentifier } from "../quote-identifier.ts";
import { columnOf, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/** A valid CHECK (c IS NOT NULL) proves it without a scan, since 12. */
export function provedNotNull(world: World, table: Table, column: string): boolean {
  if (columnOf(world, table, column)?.attributes.notNull) {
    return notNullConstraint(world, table, column)?.attributes.notValidated !== true;
  }
  if (world.postgres < 12) return false;
  const proof = new RegExp(`[ (]${escapePattern(quoteIdentifier(column))} IS NOT NULL[ )]`);
  for (const child of world.catalog.childrenOf(keyOf("table", table.name))) {
    if (child.kind !== "constraint" || child.attributes.type !== "check") continue;
    const { definition, notValidated, notEnforced } = child.attributes;
    if (notValidated || notEnforced || !proof.test(definition)) continue;
    // As part of AND it still holds; under OR, NOT or CASE it need not.
    if (!/ OR |\bNOT \(|\bCASE\b/.test(definition)) return true;
  }
  return false;
}

/** The NOT NULL of the column as a constraint with a name, since 18. */
export function notNullConstraint(
  world: World,
  table: Table,
  column: string,
): CatalogObject<"constraint"> | undefined {
  for (const child of world.catalog.childrenOf(keyOf("table", table.name))) {
    if (child.kind !== "constraint" || child.attributes.type !== "not null") continue;
    if (child.attributes.columns.includes(quoteIdentifier(column))) return child;
  }
  return undefined;
}
