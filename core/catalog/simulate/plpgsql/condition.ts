import type { A_Expr, BoolExpr, Node, SelectStmt } from "@pgsql/types";
import { dictionary } from "../../../sql/dictionary.ts";
import { parseSql } from "../../../sql/parse.ts";
import { splitQualified } from "../../quote-identifier.ts";
import { findRelation, rangeVarOf, strings } from "../relations.ts";
import type { World } from "../world.ts";
import { findsExisting } from "./existing.ts";

/** What PL/pgSQL variables are known to hold. */
export type Variables = Map<string, boolean | undefined>;

/** The truth of a condition, where the catalog alone decides it: `NOT EXISTS (SELECT FROM pg_type WHERE …)`. */
export function conditionHolds(world: World, text: string, variables: Variables): boolean | undefined {
  const statement = parseSql(`SELECT ${text}`).statements[0]?.node;
  return statement && "SelectStmt" in statement
    ? selected(world, statement.SelectStmt, variables)
    : undefined;
}

/** What a query of one row and one column returns: a condition, or `count(*) > 0` of catalog rows. */
export function queryHolds(world: World, text: string, variables: Variables): boolean | undefined {
  const statement = parseSql(text).statements[0]?.node;
  if (!statement || !("SelectStmt" in statement)) return undefined;
  const select = statement.SelectStmt;
  if (!select.fromClause?.length) return selected(world, select, variables);
  const value = targetOf(select);
  const asksForRows = value && "A_Expr" in value ? asksCount(value.A_Expr) : undefined;
  const found = asksForRows === undefined ? undefined : findsExisting(world, select);
  return found === undefined ? undefined : found === asksForRows;
}

function selected(world: World, select: SelectStmt, variables: Variables): boolean | undefined {
  const value = select.fromClause?.length ? undefined : targetOf(select);
  return value && holds(world, value, variables);
}

function targetOf(select: SelectStmt): Node | undefined {
  const [target, ...more] = select.targetList ?? [];
  return target && more.length === 0 && "ResTarget" in target ? target.ResTarget.val : undefined;
}

function holds(world: World, node: Node, variables: Variables): boolean | undefined {
  if ("BoolExpr" in node) return combined(world, node.BoolExpr, variables);
  if ("A_Const" in node && node.A_Const.boolval) return node.A_Const.boolval.boolval === true;
  if ("ColumnRef" in node) return variables.get(strings(node.ColumnRef.fields).join("."));
  if ("A_Expr" in node) return comparesVersion(world, node.A_Expr);
  if ("NullTest" in node) {
    const found = node.NullTest.arg && namedExists(world, node.NullTest.arg);
    return found === undefined ? undefined : found === (node.NullTest.nulltesttype === "IS_NOT_NULL");
  }
  if ("SubLink" in node && node.SubLink.subselect && "SelectStmt" in node.SubLink.subselect) {
    const select = node.SubLink.subselect.SelectStmt;
    if (node.SubLink.subLinkType === "EXISTS_SUBLINK") return findsExisting(world, select);
    if (node.SubLink.subLinkType === "EXPR_SUBLINK") return selected(world, select, variables);
  }
  return undefined;
}

/** With three values: FALSE AND unknown is FALSE. */
function combined(world: World, { boolop, args = [] }: BoolExpr, variables: Variables): boolean | undefined {
  const values = args.map((arg) => holds(world, arg, variables));
  if (boolop === "NOT_EXPR") return values[0] === undefined ? undefined : !values[0];
  const decisive = boolop === "OR_EXPR";
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}

/** `to_regclass('name')`: is there a relation of this name? */
function namedExists(world: World, node: Node): boolean | undefined {
  if (!("FuncCall" in node) || strings(node.FuncCall.funcname).at(-1) !== "to_regclass") return undefined;
  const [arg] = node.FuncCall.args ?? [];
  const constant = arg && "TypeCast" in arg ? arg.TypeCast.arg : arg;
  const name = constant && "A_Const" in constant ? constant.A_Const.sval?.sval : undefined;
  return name === undefined ? undefined : findRelation(world, rangeVarOf(splitQualified(name))) !== undefined;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = dictionary({
  "<": (a, b) => a < b,
  ">=": (a, b) => a >= b,
});

/** `current_setting('server_version_num')::int < 140000`: the minor version is not known, and does not matter. */
function comparesVersion(world: World, { name, lexpr, rexpr }: A_Expr): boolean | undefined {
  const compare = comparisons[strings(name).at(-1) ?? ""];
  const call = lexpr && "TypeCast" in lexpr ? lexpr.TypeCast.arg : undefined;
  const number = rexpr && "A_Const" in rexpr ? rexpr.A_Const.ival?.ival : undefined;
  if (!compare || !call || !("FuncCall" in call) || number === undefined || number % 10_000 !== 0)
    return undefined;
  const [arg] = call.FuncCall.args ?? [];
  const setting = arg && "A_Const" in arg ? arg.A_Const.sval?.sval : undefined;
  if (strings(call.FuncCall.funcname).at(-1) !== "current_setting" || setting !== "server_version_num")
    return undefined;
  return compare(world.postgres * 10_000, number);
}

/** True for `count(*) > 0` and `<> 0`, false for `= 0`. */
function asksCount({ name, lexpr, rexpr }: A_Expr): boolean | undefined {
  const counts = lexpr && "FuncCall" in lexpr && strings(lexpr.FuncCall.funcname).at(-1) === "count";
  const zero = rexpr && "A_Const" in rexpr && rexpr.A_Const.ival && (rexpr.A_Const.ival.ival ?? 0) === 0;
  if (!counts || !zero) return undefined;
  const operator = strings(name).at(-1);
  return operator === ">" || operator === "<>" ? true : operator === "=" ? false : undefined;
}
