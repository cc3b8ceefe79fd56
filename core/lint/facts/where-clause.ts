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

/**
 * Does the condition pick few rows, as far as can be read from it: a column equal to a constant, one of a list, between
 * two constants, or in a subquery with LIMIT?
 */
export function picksFewRows(where: Node | undefined): boolean {
  if (!where) return false;
  if ("BoolExpr" in where) {
    const args = where.BoolExpr.args ?? [];
    if (where.BoolExpr.boolop === "OR_EXPR") return args.every(picksFewRows);
    return where.BoolExpr.boolop === "AND_EXPR" && (args.some(picksFewRows) || isRange(args));
  }
  if ("SubLink" in where) return hasLimit(where.SubLink.subselect);
  if (!("A_Expr" in where)) return false;
  const { kind, lexpr, rexpr } = where.A_Expr;
  if (kind === "AEXPR_BETWEEN") return true;
  if (kind === "AEXPR_IN") return nameOf(where.A_Expr) === "=" && isConstant(rexpr);
  if (kind === "AEXPR_OP_ANY") return isConstant(rexpr);
  if (nameOf(where.A_Expr) !== "=") return false;
  const pair = [lexpr, rexpr];
  // `active = true` may be half of the table.
  if (pair.some(isBoolean)) return false;
  return pair.some(isColumn) && pair.some((side) => isConstant(side) || isSingleRow(side));
}

/** `id > 10 AND id <= 20` */
function isRange(args: readonly Node[]): boolean {
  const bounds = (operators: readonly string[]) =>
    args.flatMap((node) =>
      "A_Expr" in node && operators.includes(nameOf(node.A_Expr)) && isConstant(node.A_Expr.rexpr)
        ? [columnName(node.A_Expr.lexpr)]
        : [],
    );
  const above = bounds([">", ">="]);
  return bounds(["<", "<="]).some((column) => column !== undefined && above.includes(column));
}

function nameOf({ name }: A_Expr): string {
  const [node] = name ?? [];
  return node && "String" in node ? (node.String.sval ?? "") : "";
}

function isColumn(node: Node | undefined): boolean {
  return node !== undefined && "ColumnRef" in node;
}

function columnName(node: Node | undefined): string | undefined {
  if (!node || !("ColumnRef" in node)) return undefined;
  const last = node.ColumnRef.fields?.at(-1);
  return last && "String" in last ? last.String.sval : undefined;
}

function isBoolean(node: Node | undefined): boolean {
  return node !== undefined && "A_Const" in node && node.A_Const.boolval !== undefined;
}

/** Constants, casts of them, and lists of them. */
function isConstant(node: Node | undefined): boolean {
  if (!node) return false;
  if ("A_Const" in node) return true;
  if ("TypeCast" in node) return isConstant(node.TypeCast.arg);
  if ("List" in node) return (node.List.items ?? []).every(isConstant);
  if ("A_ArrayExpr" in node) return (node.A_ArrayExpr.elements ?? []).every(isConstant);
  return false;
}

/** `id = (SELECT …)` compares with one value. */
function isSingleRow(node: Node | undefined): boolean {
  return node !== undefined && "SubLink" in node && node.SubLink.subLinkType === "EXPR_SUBLINK";
}

export function hasLimit(query: Node | undefined): boolean {
  if (!query || !("SelectStmt" in query)) return false;
  const select: SelectStmt = query.SelectStmt;
  return select.limitCount !== undefined;
}
