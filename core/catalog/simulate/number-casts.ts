import type { A_Expr, Node } from "@pgsql/types";
import { parseSql } from "../../sql/parse.ts";
import { strings } from "./relations.ts";

/**
 * What PostgreSQL makes of two numbers of different types (manual, 10.2 Operators): the operators of integers among
 * themselves and of floats among themselves take mixed operands, but for the remainder and bits; any other pair is
 * brought to one type. Casts around
 * constants are left out: a constant is stored in its type.
 */
export function castNumbers(expression: A_Expr, typeOf: (node: Node) => string | undefined): void {
  const { lexpr, rexpr, kind } = expression;
  const operator = strings(expression.name).at(-1) ?? "";
  if (kind !== "AEXPR_OP" || !lexpr || !rexpr || !operators.has(operator)) return;
  const [left, right] = [numberType(typeOf(lexpr)), numberType(typeOf(rexpr))];
  if (left === undefined || right === undefined) return;
  const common = commonType(left, right) ?? (ofOneType.has(operator) ? wider(left, right) : undefined);
  if (common === undefined) return;
  const isTaken = (type: string) =>
    ofOneType.has(operator) ? type === common : family(type) === family(common);
  if (!isTaken(left)) expression.lexpr = cast(lexpr, common);
  if (!isTaken(right)) expression.rexpr = cast(rexpr, common);
}

/** The type of what the operator returns; undefined where it does not calculate with numbers. */
export function numberResult(
  expression: A_Expr,
  typeOf: (node: Node) => string | undefined,
): string | undefined {
  const { lexpr, rexpr, kind } = expression;
  if (kind !== "AEXPR_OP" || !rexpr || !arithmetic.has(strings(expression.name).at(-1) ?? ""))
    return undefined;
  const right = numberType(typeOf(rexpr));
  if (!lexpr) return right;
  const left = numberType(typeOf(lexpr));
  if (left === undefined || right === undefined) return undefined;
  return commonType(left, right) ?? wider(left, right);
}

/** Both operands have the very same type. */
const ofOneType = new Set(["%", "&", "|", "#"]);
const arithmetic = new Set(["+", "-", "*", "/", ...ofOneType]);
const operators = new Set([...arithmetic, "=", "<>", "<", "<=", ">", ">="]);
const order = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];
const rank = (type: string) => order.indexOf(type);
const wider = (a: string, b: string) => (rank(a) > rank(b) ? a : b);

function numberType(type: string | undefined): string | undefined {
  const bare = type?.replace(/\(.*?\)/, "");
  return bare !== undefined && order.includes(bare) ? bare : undefined;
}

function family(type: string): "integer" | "numeric" | "float" {
  if (type === "numeric") return "numeric";
  return rank(type) < rank("numeric") ? "integer" : "float";
}

/** Undefined where there is an operator for the two as they are. */
function commonType(left: string, right: string): string | undefined {
  const families = [family(left), family(right)];
  if (families[0] === families[1]) return undefined;
  return families.includes("float") ? "double precision" : "numeric";
}

function cast(arg: Node, type: string): Node {
  if ("A_Const" in arg) return arg;
  const statement = parseSql(`SELECT 0::${type}`).statements[0]?.node;
  const target = statement && "SelectStmt" in statement ? statement.SelectStmt.targetList?.[0] : undefined;
  const typed = target && "ResTarget" in target ? target.ResTarget.val : undefined;
  return typed && "TypeCast" in typed ? { TypeCast: { ...typed.TypeCast, arg } } : arg;
}
