import type { A_Expr, Node, SelectStmt } from "@pgsql/types";

/** No WHERE, or one that every row passes: `WHERE true`, `WHERE 1 = 1`. */
export function takesEveryRow(where: Node | undefined): boolean {
  if (!where) return true;
  if ("A_Const" in where) return where.A_Const.boolval?.boolval === true;
  if (!("A_Expr" in where) || nameOf(where.A_Expr) !== "=") return false;
  const { lexpr, rexpr } = where.A_Expr;
  if (!lexpr || !rexpr || !("A_Const" in lexpr) || !("A_Const" in rexpr)) return false;
  const value = ({ location: _, ...rest }: object & { readonly location?: number | undefined }) =>
    JSON.stringify(rest);
  return value(lexpr.A_Const) === value(rexpr.A_Const);
}

function nameOf({ name }: A_Expr): string {
  const [node] = name ?? [];
  return node && "String" in node ? (node.String.sval ?? "") : "";
}

export function hasLimit(query: Node | undefined): boolean {
  if (!query || !("SelectStmt" in query)) return false;
  const select: SelectStmt = query.SelectStmt;
  return select.limitCount !== undefined;
}
