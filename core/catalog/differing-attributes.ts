import type { CatalogObject } from "./model.ts";
import { type SqlContext, sameSql } from "./normalise-expression.ts";

/** How each attribute that holds SQL is read; the others are compared as they are. */
const sqlAttributes: Readonly<Record<string, SqlContext>> = {
  default: "expression",
  generated: "expression",
  predicate: "expression",
  using: "expression",
  check: "expression",
  // An index key is a column or an expression.
  columns: "expression",
};

const definitionContexts: Readonly<Partial<Record<CatalogObject["kind"], SqlContext>>> = {
  constraint: "constraint",
  index: "statement",
  view: "statement",
  "materialized view": "statement",
  trigger: "statement",
  rule: "statement",
};

/** Names of the attributes that mean something else in the two. */
export function differingAttributes(before: CatalogObject, after: CatalogObject): string[] {
  const a = before.attributes as Readonly<Record<string, unknown>>;
  const b = after.attributes as Readonly<Record<string, unknown>>;
  const differing: string[] = [];
  for (const name in { ...a, ...b }) {
    const context = name === "definition" ? definitionContexts[before.kind] : sqlAttributes[name];
    if (!sameValue(a[name], b[name], context)) differing.push(name);
  }
  return differing;
}

function sameValue(a: unknown, b: unknown, context: SqlContext | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index], context));
  }
  return context !== undefined && typeof a === "string" && typeof b === "string" && sameSql(a, b, context);
}
