import { keyOf } from "../../catalog/model.ts";
import type { CatalogView } from "../../catalog/past-catalog.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { enumerate } from "./enumerate.ts";

/**
 * What is lost or stands in the way when the column (by its full name) is dropped, in words: `NOT NULL, its default and
 * index users_email_idx`. Another one that takes its place has to have it by then. Undefined where there is nothing.
 */
export function heldByColumn(catalog: CatalogView, name: string): string | undefined {
  const column = catalog.get("column", name);
  if (!column) return undefined;
  const { notNull, default: value, identity, generated } = column.attributes;
  const held: string[] = [];
  for (const { kind, name: user, parent, attributes } of catalog.dependentsOf(keyOf("column", name))) {
    if (kind === "constraint") {
      if (attributes.type === "not null") continue;
      const other = parent === column.parent ? "" : ` of ${plainName((parent ?? "").replace(/^table /, ""))}`;
      held.push(`constraint ${quoteIdentifier(lastPart(user))}${other}`);
    } else if (kind === "index" && attributes.constraint === undefined) held.push(`index ${plainName(user)}`);
    else if (kind === "sequence" && identity === undefined) held.push(`sequence ${plainName(user)}`);
    else if (kind === "view" || kind === "materialized view") held.push(`${kind} ${plainName(user)}`);
  }
  held.push(
    ...(notNull && identity === undefined ? ["NOT NULL"] : []),
    ...(value !== undefined ? ["its default"] : []),
    ...(identity !== undefined ? ["its identity"] : []),
    ...(generated !== undefined ? ["its expression"] : []),
  );
  return held.length === 0 ? undefined : enumerate([...new Set(held)]);
}
