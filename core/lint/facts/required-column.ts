import type { ColumnDef, Node } from "@pgsql/types";
import type { CatalogView } from "../../catalog/past-catalog.ts";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { StatementContext } from "../rule.ts";
import type { TableCommand } from "./table-command.ts";

/** NOT NULL (or a primary key) with nothing that fills the rows which are there: it fails on the first of them. */
export function isRequired({ constraints }: ColumnDef): boolean {
  const all = (constraints ?? []).flatMap((node) => ("Constraint" in node ? [node.Constraint] : []));
  const find = (kind: string) => all.find(({ contype }) => contype === kind);
  if (!find("CONSTR_NOTNULL") && !find("CONSTR_PRIMARY")) return false;
  if (find("CONSTR_IDENTITY") || find("CONSTR_GENERATED")) return false;
  return isNull(find("CONSTR_DEFAULT")?.raw_expr);
}

/** The same of a column whose domain allows no NULL, though its own definition does not say so. */
export function isRequiredByDomain(
  { after }: StatementContext,
  { table }: TableCommand,
  { colname = "", constraints }: ColumnDef,
): boolean {
  const column = after.get("column", `${table.key.slice("table ".length)}.${quoteIdentifier(colname)}`);
  if (!column || column.attributes.generated !== undefined) return false;
  const isFilled = (constraints ?? []).some(
    (node) =>
      "Constraint" in node &&
      node.Constraint.contype === "CONSTR_DEFAULT" &&
      !isNull(node.Constraint.raw_expr),
  );
  return !isFilled && refusesNull(after, column.attributes.type);
}

/** A domain over a domain is as strict as that, and has its default unless it says otherwise. */
function refusesNull(catalog: CatalogView, type: string): boolean {
  let strict = false;
  for (
    let domain = catalog.get("domain", type);
    domain;
    domain = catalog.get("domain", domain.attributes.type)
  ) {
    if (domain.attributes.default !== undefined) return false;
    strict ||= domain.attributes.notNull === true;
  }
  return strict;
}

function isNull(value: Node | undefined): boolean {
  return value === undefined || ("A_Const" in value && value.A_Const.isnull === true);
}
