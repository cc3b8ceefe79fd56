import type { Constraint, Node } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { indexColumnNames } from "../../catalog/simulate/indexes.ts";
import { options } from "../../catalog/simulate/options.ts";
import { strings } from "../../catalog/simulate/relations.ts";

/** How a constraint says in which tablespace its index is. */
export const inConstraint = "USING INDEX TABLESPACE";

/**
 * What follows the table in CREATE INDEX, so that the index is the one that the constraint would make. `tablespace`:
 * how to say where.
 */
export function indexOf(
  constraint: Constraint,
  columns: readonly string[],
  tablespace = "TABLESPACE",
): string {
  const include = list(" INCLUDE", strings(constraint.including).map(quoteIdentifier));
  const nulls = constraint.nulls_not_distinct ? " NULLS NOT DISTINCT" : "";
  const settings = list(" WITH", options(constraint.options ?? []));
  const space = constraint.indexspace ? ` ${tablespace} ${quoteIdentifier(constraint.indexspace)}` : "";
  return `(${columns.map(quoteIdentifier).join(", ")})${include}${nulls}${settings}${space}`;
}

/** The columns in the name that PostgreSQL gives it, those of INCLUDE too. */
export function namedColumns({ keys = [], including = [] }: Constraint): readonly string[] {
  return indexColumnNames(strings([...keys, ...including]).map((name) => ({ IndexElem: { name } })));
}

/** What follows the index in ADD CONSTRAINT … USING INDEX. */
export function deferrability({ deferrable, initdeferred }: Constraint): string {
  return deferrable ? ` DEFERRABLE${initdeferred ? " INITIALLY DEFERRED" : ""}` : "";
}

/** `b int UNIQUE DEFERRABLE`: the words behind a constraint of a column are constraints of their own there. */
export function withDeferrability(constraint: Constraint, siblings: readonly Node[]): Constraint {
  const kinds = siblings.map((node) => ("Constraint" in node ? node.Constraint.contype : undefined));
  const deferred = kinds.includes("CONSTR_ATTR_DEFERRED");
  if (!deferred && !kinds.includes("CONSTR_ATTR_DEFERRABLE")) return constraint;
  return { ...constraint, deferrable: true, ...(deferred && { initdeferred: true }) };
}

function list(words: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${words} (${items.join(", ")})`;
}
