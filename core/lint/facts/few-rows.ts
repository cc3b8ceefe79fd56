import type { A_Expr, JoinExpr, Node, SelectStmt, SubLink, WithClause } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { UniqueKeys } from "./unique-keys.ts";

/** What a statement says beside the query itself: unique keys of tables, and which names of WITH are few rows. */
export interface Known {
  readonly keys: UniqueKeys;
  readonly few: ReadonlySet<string>;
}

const nothing: Known = { keys: () => [], few: new Set() };

/**
 * Does the condition pick few rows, as far as can be read from it: a column equal to a constant, one of a list, between
 * two bounds, or in a query of few rows?
 */
function picksFewRows(where: Node | undefined, known: Known): boolean {
  if (!where) return false;
  if ("BoolExpr" in where) {
    const args = where.BoolExpr.args ?? [];
    if (where.BoolExpr.boolop === "OR_EXPR") return args.every((it) => picksFewRows(it, known));
    return (
      where.BoolExpr.boolop === "AND_EXPR" && (args.some((it) => picksFewRows(it, known)) || isRange(args))
    );
  }
  if ("SubLink" in where) return isAmongFew(where.SubLink, known);
  if (!("A_Expr" in where)) return false;
  const { kind, lexpr, rexpr } = where.A_Expr;
  if (kind === "AEXPR_BETWEEN") return columnsIn(rexpr).length === 0;
  if (nameOf(where.A_Expr) !== "=") return false;
  if (kind === "AEXPR_IN" || kind === "AEXPR_OP_ANY") return isConstant(rexpr) || isArrayOfFew(rexpr, known);
  const pair = [lexpr, rexpr];
  if (kind === "AEXPR_NOT_DISTINCT" ? pair.some(isNull) : kind !== "AEXPR_OP") return false;
  // `active = true` may be half of the table.
  if (pair.some(isBoolean)) return false;
  return pair.some(isColumn) && pair.some((side) => isConstant(side) || isSingleRow(side));
}

/** Does UPDATE or DELETE find few rows of its table: those of a condition, or those that a few others name by a unique key? */
export function findsFewRows(
  table: Node,
  from: readonly Node[] | undefined,
  where: Node | undefined,
  known: Known,
): boolean {
  return picksFewRows(where, known) || bounded([table, ...(from ?? [])], where, known).has(table);
}

/** A query over tables that does not pick few rows; VALUES and SELECT of constants read none. */
export function readsRows(query: Node | undefined, known = nothing): boolean {
  return query !== undefined && "SelectStmt" in query && selectReadsRows(query.SelectStmt, known);
}

function selectReadsRows(select: SelectStmt, outer: Known): boolean {
  if (select.valuesLists || select.limitCount) return false;
  const known = withNames(select.withClause, outer);
  if (select.larg && select.rarg)
    return selectReadsRows(select.larg, known) || selectReadsRows(select.rarg, known);
  const { fromClause, whereClause } = select;
  if (picksFewRows(whereClause, known)) return false;
  const few = bounded(fromClause, whereClause, known);
  return sourcesOf(fromClause).some((it) => {
    if ("RangeSubselect" in it) return readsRows(it.RangeSubselect.subquery, known);
    return !("RangeFunction" in it) && !few.has(it);
  });
}

/** Knows the names of a WITH as well; what it names anew hides what was named outside. */
export function withNames(clause: WithClause | undefined, { keys, few }: Known): Known {
  const names = new Set(few);
  for (const node of clause?.ctes ?? []) {
    if (!("CommonTableExpr" in node)) continue;
    const { ctename = "", ctequery } = node.CommonTableExpr;
    if (isSmall(ctequery, { keys, few: names })) names.add(ctename);
    else names.delete(ctename);
  }
  return { keys, few: names };
}

/** Written in the statement, cut off by LIMIT, or found by unique keys: that one value is often a kind, which has many rows. */
function isSmall(query: Node | undefined, known: Known): boolean {
  return query !== undefined && "SelectStmt" in query && isSmallSelect(query.SelectStmt, known);
}

function isSmallSelect(select: SelectStmt, outer: Known): boolean {
  if (select.valuesLists || select.limitCount) return true;
  const known = withNames(select.withClause, outer);
  if (select.larg && select.rarg)
    return isSmallSelect(select.larg, known) && isSmallSelect(select.rarg, known);
  const { fromClause, whereClause } = select;
  const few = bounded(fromClause, whereClause, known);
  return sourcesOf(fromClause).every((it) => few.has(it));
}

/** Sources that stand in the statement, and those of which a unique key equals constants or columns of these. */
function bounded(
  from: readonly Node[] | undefined,
  where: Node | undefined,
  known: Known,
): ReadonlySet<Node> {
  const sources = sourcesOf(from);
  const few = new Set(sources.filter((it) => isFew(it, known)));
  const joins = (from ?? []).flatMap(innerJoins);
  const conditions = [where, ...joins.map(({ quals }) => quals)].flatMap(conjuncts);
  if (conditions.length === 0) return few;
  for (let grows = true; grows; ) {
    grows = false;
    for (const source of sources) {
      if (few.has(source) || !("RangeVar" in source)) continue;
      const alias = aliasOf(source);
      const isPinned = (column: string) =>
        conditions.some((it) => pins(it, (ref) => names(ref, alias, column), few, known));
      if (!known.keys(source.RangeVar).some((key) => key.length > 0 && key.every(isPinned))) continue;
      few.add(source);
      grows = true;
    }
  }
  return few;
}

/** Does the condition leave few values to the column? */
function pins(
  condition: Node,
  isColumnOf: (node: Node | undefined) => boolean,
  few: ReadonlySet<Node>,
  known: Known,
): boolean {
  if ("SubLink" in condition)
    return isColumnOf(withoutCast(condition.SubLink.testexpr)) && isAmongFew(condition.SubLink, known);
  if (!("A_Expr" in condition) || nameOf(condition.A_Expr) !== "=") return false;
  const { kind, lexpr, rexpr } = condition.A_Expr;
  const [left, right] = [withoutCast(lexpr), withoutCast(rexpr)];
  if (kind === "AEXPR_IN" || kind === "AEXPR_OP_ANY") return isColumnOf(left) && isConstant(rexpr);
  if (kind !== "AEXPR_OP") return false;
  const isGiven = (side: Node | undefined) => isConstant(side) || isSingleRow(side) || isOfFew(side, few);
  return (isColumnOf(left) && isGiven(right)) || (isColumnOf(right) && isGiven(left));
}

function isOfFew(node: Node | undefined, few: ReadonlySet<Node>): boolean {
  if (!node || !("ColumnRef" in node)) return false;
  const [before, column = ""] = parts(node);
  return [...few].some((source) =>
    before === undefined ? columnNames(source).includes(column) : before === aliasOf(source),
  );
}

/** Without a table's name only one of the sources can have the column. */
function names(node: Node | undefined, alias: string | undefined, column: string): boolean {
  if (!node || !("ColumnRef" in node)) return false;
  const [before, name = ""] = parts(node);
  return (before === undefined || before === alias) && quoteIdentifier(name) === column;
}

/** `IN (SELECT …)`. That something EXISTS says nothing of how often. */
function isAmongFew({ subLinkType, operName, subselect }: SubLink, known: Known): boolean {
  return subLinkType === "ANY_SUBLINK" && operName === undefined && isSmall(subselect, known);
}

/** `= ANY (ARRAY(SELECT … LIMIT 1000))` */
function isArrayOfFew(node: Node | undefined, known: Known): boolean {
  return (
    node !== undefined &&
    "SubLink" in node &&
    node.SubLink.subLinkType === "ARRAY_SUBLINK" &&
    isSmall(node.SubLink.subselect, known)
  );
}

/** What FROM or USING joins. */
function sourcesOf(from: readonly Node[] | undefined): Node[] {
  return (from ?? []).flatMap((node) => {
    if (!("JoinExpr" in node)) return [node];
    const { larg, rarg } = node.JoinExpr;
    return sourcesOf([larg, rarg].flatMap((it) => it ?? []));
  });
}

/** An outer one keeps the rows that its condition does not find. */
function innerJoins(node: Node | undefined): JoinExpr[] {
  if (!node || !("JoinExpr" in node) || node.JoinExpr.jointype !== "JOIN_INNER") return [];
  return [node.JoinExpr, ...innerJoins(node.JoinExpr.larg), ...innerJoins(node.JoinExpr.rarg)];
}

/** What is LATERAL is few for each row only. */
export function isFew(source: Node, known: Known): boolean {
  if ("RangeVar" in source)
    return !source.RangeVar.schemaname && known.few.has(source.RangeVar.relname ?? "");
  if ("RangeSubselect" in source)
    return !source.RangeSubselect.lateral && isSmall(source.RangeSubselect.subquery, known);
  return "RangeFunction" in source && columnsIn(source.RangeFunction.functions).length === 0;
}

function aliasOf(source: Node): string | undefined {
  if ("RangeVar" in source) return source.RangeVar.alias?.aliasname ?? source.RangeVar.relname;
  if ("RangeSubselect" in source) return source.RangeSubselect.alias?.aliasname;
  return "RangeFunction" in source ? source.RangeFunction.alias?.aliasname : undefined;
}

/** Those that an alias gives: `v (id, name)`. */
function columnNames(source: Node): string[] {
  const alias =
    "RangeSubselect" in source
      ? source.RangeSubselect.alias
      : "RangeFunction" in source
        ? source.RangeFunction.alias
        : undefined;
  return (alias?.colnames ?? []).flatMap((it) => ("String" in it ? (it.String.sval ?? "") : []));
}

/** What stands before a column's name, if anything does, and the name. */
function parts(node: Node): [before?: string | undefined, name?: string | undefined] {
  const fields = "ColumnRef" in node ? (node.ColumnRef.fields ?? []) : [];
  const [before, name] = [fields.at(-2), fields.at(-1)].map((it) =>
    it && "String" in it ? it.String.sval : undefined,
  );
  return [before, name];
}

function columnsIn(part: unknown): Node[] {
  const found: Node[] = [];
  walk(part, (node) => {
    if ("ColumnRef" in node) found.push(node);
    return undefined;
  });
  return found;
}

function conjuncts(condition: Node | undefined): Node[] {
  if (!condition) return [];
  if ("BoolExpr" in condition && condition.BoolExpr.boolop === "AND_EXPR")
    return (condition.BoolExpr.args ?? []).flatMap(conjuncts);
  return [condition];
}

/** `id > 10 AND id <= 20` */
function isRange(args: readonly Node[]): boolean {
  const bounds = (operators: readonly string[]) =>
    args.flatMap((node) =>
      "A_Expr" in node && operators.includes(nameOf(node.A_Expr)) && isConstant(node.A_Expr.rexpr)
        ? [node.A_Expr.lexpr && parts(node.A_Expr.lexpr)[1]]
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

function isBoolean(node: Node | undefined): boolean {
  return node !== undefined && "A_Const" in node && node.A_Const.boolval !== undefined;
}

function isNull(node: Node | undefined): boolean {
  return node !== undefined && "A_Const" in node && node.A_Const.isnull === true;
}

function withoutCast(node: Node | undefined): Node | undefined {
  return node && "TypeCast" in node ? withoutCast(node.TypeCast.arg) : node;
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
