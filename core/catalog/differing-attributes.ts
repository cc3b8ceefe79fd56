import type { CatalogObject } from "./model.ts";
import { sameSql } from "./normalise-expression.ts";
import { samePrinted } from "./printed-sql.ts";
import type { SqlContext } from "./sql-context.ts";

/** Who wrote the SQL that two catalogs hold: authors of migrations, or PostgreSQL, which was asked for it. */
export type Texts = "written" | "printed";

/** How each attribute that holds SQL is read; the others are compared as they are. */
const sqlAttributes: Readonly<Record<string, SqlContext>> = {
  default: "value",
  generated: "value",
  predicate: "expression",
  using: "expression",
  check: "expression",
  // An index key is a column or an expression.
  columns: "expression",
};

type Contexts = Readonly<Partial<Record<CatalogObject["kind"], SqlContext>>>;

const written: Contexts = {
  constraint: "constraint",
  index: "statement",
  view: "statement",
  "materialized view": "statement",
  trigger: "statement",
  rule: "statement",
};

/** The query in a function that was made with BEGIN ATOMIC is printed anew; any other body is a text. */
const definitionContexts: Readonly<Record<Texts, Contexts>> = {
  written,
  printed: { ...written, function: "statement", procedure: "statement" },
};

/** Names of the attributes that mean something else in the two. */
export function differingAttributes(
  before: CatalogObject,
  after: CatalogObject,
  texts: Texts = "written",
): string[] {
  const a = before.attributes as Readonly<Record<string, unknown>>;
  const b = after.attributes as Readonly<Record<string, unknown>>;
  const same = texts === "printed" ? samePrinted : sameSql;
  const differing: string[] = [];
  for (const name in { ...a, ...b }) {
    const context = name === "definition" ? definitionContexts[texts][before.kind] : sqlAttributes[name];
    if (!sameValue(a[name], b[name], context && ((x, y) => same(x, y, context)))) differing.push(name);
  }
  return differing;
}

function sameValue(a: unknown, b: unknown, same: ((a: string, b: string) => boolean) | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index], same));
  }
  return same !== undefined && typeof a === "string" && typeof b === "string" && same(a, b);
}
