import type { ColumnDef } from "@pgsql/types";

/** NOT NULL (or a primary key) with nothing that fills the rows which are there: it fails on the first of them. */
export function isRequired({ constraints }: ColumnDef): boolean {
  const all = (constraints ?? []).flatMap((node) => ("Constraint" in node ? [node.Constraint] : []));
  const find = (kind: string) => all.find(({ contype }) => contype === kind);
  if (!find("CONSTR_NOTNULL") && !find("CONSTR_PRIMARY")) return false;
  if (find("CONSTR_IDENTITY") || find("CONSTR_GENERATED")) return false;
  const value = find("CONSTR_DEFAULT")?.raw_expr;
  return value === undefined || ("A_Const" in value && value.A_Const.isnull === true);
}
