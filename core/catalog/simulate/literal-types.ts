import type { A_Expr, FuncCall, Node } from "@pgsql/types";
import { parseSql } from "../../sql/parse.ts";
import { lastPart } from "../quote-identifier.ts";
import { copyTree } from "./copy-tree.ts";
import { castNumbers, numberResult } from "./number-casts.ts";
import { columnOf, type Relation, strings } from "./relations.ts";
import { findRoutines } from "./routines.ts";
import { resolveType } from "./type-names.ts";
import { walk } from "./walk.ts";
import type { World } from "./world.ts";

/**
 * An expression over one relation in which bare strings have the type that PostgreSQL gives them: that of what they are
 * compared with, chosen among, or passed to (manual, 10.2 and 10.5). So `state = 'on'` depends on the enum. Numbers of
 * different types are brought to one.
 */
export function withLiteralTypes<T>(world: World, expression: T, relation?: Relation): T {
  if (!hasOperands(expression)) return expression;
  const copy = copyTree(expression);
  walk(copy, (node) => {
    if ("A_Expr" in node) {
      typeOperands(world, node.A_Expr, relation);
      castNumbers(node.A_Expr, (operand) => typeOf(world, operand, relation));
    } else if ("CoalesceExpr" in node) typeAlike(world, node.CoalesceExpr.args ?? [], relation);
    else if ("MinMaxExpr" in node) typeAlike(world, node.MinMaxExpr.args ?? [], relation);
    else if ("FuncCall" in node) typeArguments(world, node.FuncCall);
    return undefined;
  });
  return copy;
}

function hasOperands(tree: unknown): boolean {
  let found = false;
  walk(tree, (node) => {
    if (("A_Const" in node && node.A_Const.sval) || "A_Expr" in node) found = true;
    return !found;
  });
  return found;
}

const comparisons = new Set(["=", "<>", "<", "<=", ">", ">="]);

function typeOperands(world: World, expression: A_Expr, relation: Relation | undefined): void {
  const { kind, lexpr, rexpr } = expression;
  if (!lexpr || !rexpr || !comparisons.has(strings(expression.name).at(-1) ?? "")) {
    if (kind !== "AEXPR_BETWEEN" && kind !== "AEXPR_NOT_BETWEEN") return;
  }
  const others = rexpr && "List" in rexpr ? rexpr.List.items : undefined;
  if (others && lexpr) {
    const all = [lexpr, ...others];
    typeAlike(world, all, relation);
    others.splice(0, others.length, ...all.slice(1));
  } else if (lexpr && rexpr && "A_ArrayExpr" in rexpr && rexpr.A_ArrayExpr.elements) {
    const all = [lexpr, ...rexpr.A_ArrayExpr.elements];
    typeAlike(world, all, relation);
    rexpr.A_ArrayExpr.elements = all.slice(1);
  } else if (lexpr && rexpr) {
    const both = [lexpr, rexpr];
    typeAlike(world, both, relation);
    expression.lexpr = both[0] ?? lexpr;
    expression.rexpr = both[1] ?? rexpr;
  }
}

/** Replaces bare strings among `nodes` where another of them has a type that is known. */
function typeAlike(world: World, nodes: Node[], relation: Relation | undefined): void {
  const type = nodes.map((node) => typeOf(world, node, relation)).find((found) => found !== undefined);
  if (type === undefined) return;
  const typed = literalOf(type);
  for (const [index, node] of nodes.entries()) if (isBareString(node)) nodes[index] = typed(node);
}

function typeArguments(world: World, call: FuncCall): void {
  const args = call.args ?? [];
  if (!args.some(isBareString)) return;
  const [routine, ...more] = findRoutines(world, strings(call.funcname), args.length);
  if (routine === undefined || more.length > 0) return;
  const types = splitTypes(routine.slice(routine.indexOf("(") + 1, -1));
  for (const [index, node] of args.entries()) {
    const type = types[index];
    if (type !== undefined && isBareString(node)) args[index] = literalOf(type)(node);
  }
}

/** `integer, numeric(10,2)[]`: commas inside parentheses belong to a type. */
function splitTypes(list: string): string[] {
  return list === "" ? [] : list.split(/, (?![^(]*\))/);
}

function isBareString(node: Node): boolean {
  return "A_Const" in node && node.A_Const.sval !== undefined;
}

function typeOf(world: World, node: Node, relation: Relation | undefined): string | undefined {
  if ("A_Expr" in node) return numberResult(node.A_Expr, (operand) => typeOf(world, operand, relation));
  if ("A_Const" in node) return node.A_Const.ival ? "integer" : node.A_Const.fval ? "numeric" : undefined;
  if ("TypeCast" in node) return resolveType(world, node.TypeCast.typeName).text;
  if ("CollateClause" in node && node.CollateClause.arg)
    return typeOf(world, node.CollateClause.arg, relation);
  if (!("ColumnRef" in node) || !relation) return undefined;
  return columnOf(world, relation, strings(node.ColumnRef.fields).at(-1) ?? "")?.attributes.type;
}

/** Makes a string a literal of the type; a length is not checked, and character varying is compared as text. */
function literalOf(type: string): (node: Node) => Node {
  const bare = type.replace(/\(.*?\)/, "");
  const target = bare === "character varying" ? "text" : bare;
  const statement = parseSql(`SELECT ''::${target}`).statements[0]?.node;
  const value = statement && "SelectStmt" in statement ? statement.SelectStmt.targetList?.[0] : undefined;
  const typed = value && "ResTarget" in value ? value.ResTarget.val : undefined;
  if (!typed || !("TypeCast" in typed)) return (node) => node;
  const { typeName } = typed.TypeCast;
  return (arg) => ({ TypeCast: { arg, ...(typeName && { typeName }) } });
}

/** `date(created)` over a column that is a date already is the column itself. */
export function sameTypeCall(world: World, expression: Node, relation: Relation): string | undefined {
  if (!("FuncCall" in expression)) return undefined;
  const { funcname, args } = expression.FuncCall;
  const [arg, ...more] = args ?? [];
  if (!arg || more.length > 0 || !("ColumnRef" in arg)) return undefined;
  const column = columnOf(world, relation, strings(arg.ColumnRef.fields).at(-1) ?? "");
  return column && column.attributes.type === strings(funcname).at(-1) ? lastPart(column.name) : undefined;
}
