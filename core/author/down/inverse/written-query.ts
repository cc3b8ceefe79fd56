import type { CatalogObject } from "../../../catalog/model.ts";
import { sameQuery } from "../../../catalog/simulate/query/same-query.ts";
import type { OriginText } from "./origin-text.ts";
import { shorten } from "./shorten.ts";

/** The author's text of a view's query, with its lines and comments, while it still says what the view shows. */
export function writtenQuery(
  object: CatalogObject<"view" | "materialized view">,
  originText: OriginText,
): string | undefined {
  const text = originText(object);
  // Names in a list before the query, RECURSIVE and what stands in comments before are for the catalog's text.
  const start =
    /^\s*create\s+(?:or\s+replace\s+)?(?:materialized\s+)?view\s+[^\s(]+\s+(?:with\s*\([^()]*\)\s*)?as\s+/i;
  const head = text === undefined ? undefined : start.exec(text)?.[0];
  if (text === undefined || head === undefined) return undefined;
  const query = text
    .slice(head.length)
    .replace(/\s+with\s+(?:(?:local\s+|cascaded\s+)?check\s+option|(?:no\s+)?data)\s*;?\s*$/i, "")
    .replace(/\s*;?\s*$/, "");
  // In the schema public names are written without it, and looked for there anyway.
  return sameQuery(shorten(query), shorten(object.attributes.definition)) ? query : undefined;
}
