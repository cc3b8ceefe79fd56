import type { Node } from "@pgsql/types";
import { parseSql } from "../sql/parse.ts";
import { walk } from "./simulate/walk.ts";
import { framed, type SqlContext, withoutFrame } from "./sql-context.ts";

/** Do two pieces of SQL mean the same, whatever casts, parentheses and spelling PostgreSQL added when it printed one? */
export function sameSql(a: string, b: string, context: SqlContext): boolean {
  if (a === b) return true;
  const left = canonicalSql(a, context);
  if (left === undefined || left !== canonicalSql(b, context)) return false;
  return agree(qualifiedNames(framed(a, context)), qualifiedNames(framed(b, context)));
}

/** Names of columns and functions as they stand in the text, part by part. */
function qualifiedNames(text: string): readonly (readonly unknown[])[] {
  const names: (readonly unknown[])[] = [];
  walk(parseSql(text).statements[0]?.node, (node) => {
    if ("ColumnRef" in node) names.push((node.ColumnRef.fields ?? []).map(partText));
    if ("FuncCall" in node) names.push((node.FuncCall.funcname ?? []).map(partText));
    return undefined;
  });
  return names;
}

function partText(part: Node): unknown {
  return "String" in part ? part.String.sval : "*";
}

/** Who leaves out the table or the schema means the same; who says another one does not. */
function agree(a: readonly (readonly unknown[])[], b: readonly (readonly unknown[])[]): boolean {
  if (a.length !== b.length) return true;
  return a.every((name, index) => {
    const other = b[index] ?? [];
    const [left, right] = [name.toReversed(), other.toReversed()];
    return left[0] !== right[0] || left.every((part, i) => i >= right.length || part === right[i]);
  });
}

/** A text that is equal for SQL that means the same; undefined where it cannot be parsed. */
export function canonicalSql(text: string, context: SqlContext): string | undefined {
  const { statements, problem } = parseSql(framed(text, context));
  if (problem || statements.length === 0) return undefined;
  return JSON.stringify(
    statements.map(({ node }) => normalise(isExpression(context) ? withoutFrame(node) : node)),
  );
}

function isExpression(context: SqlContext): boolean {
  return context === "expression" || context === "value";
}

type Tree = { readonly [key: string]: unknown };

function normalise(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(normalise);
  if (typeof tree !== "object" || tree === null) return tree;
  const node = tree as Tree;
  const cast = node.TypeCast as Tree | undefined;
  if (cast && isImplied(cast)) return normalise(castsTo(cast, "jsonpath") ? asPath(cast.arg) : cast.arg);
  for (const [kind, field] of typed) {
    const holder = node[kind] as Tree | undefined;
    const cast = (holder?.[field] as Tree | undefined)?.TypeCast as Tree | undefined;
    if (holder && cast) return { [kind]: without(holder, [], { [field]: { TypeCast: without(cast, []) } }) };
  }
  const expression = node.A_Expr as Tree | undefined;
  if (expression) return normaliseOperator(expression);
  const call = node.FuncCall as Tree | undefined;
  if (call) return normaliseCall(call);
  // The documentation of now(): "a traditional PostgreSQL equivalent to" CURRENT_TIMESTAMP.
  const value = node.SQLValueFunction as Tree | undefined;
  if (value?.op === "SVFOP_CURRENT_TIMESTAMP") return { FuncCall: { funcname: "now" } };
  const reference = node.ColumnRef as Tree | undefined;
  if (reference) return { ColumnRef: lastName(reference.fields) };
  const type = node.typeName as Tree | undefined;
  if (type) return without(node, [], { typeName: typeText(type) });
  const constant = node.A_Const as Tree | undefined;
  if (constant) return { A_Const: constantText(constant) };
  return without(node, []);
}

/** Where things stand in the text says nothing; keys come in one order. */
function without(node: Tree, dropped: readonly string[], replaced: Tree = {}): Tree {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(node).sort()) {
    if (places.has(key) || dropped.includes(key)) continue;
    out[key] = key in replaced ? replaced[key] : normalise(node[key]);
  }
  return out;
}

/** What a query returns and what an index keeps have a type that others see: a cast there is more than spelling. */
const typed = [
  ["ResTarget", "val"],
  ["IndexElem", "expr"],
] as const;

const places = new Set(["location", "rexpr_list_start", "rexpr_list_end", "list_start", "list_end"]);

/** `timestamptz` and `pg_catalog.timestamptz` are one type. */
function typeText({ names, typmods, arrayBounds, setof }: Tree): unknown {
  const parts =
    (names as { String?: { sval?: string } }[] | undefined)?.map((name) => name.String?.sval) ?? [];
  return [
    parts[0] === "pg_catalog" ? parts.slice(1) : parts,
    normalise(typmods),
    arrayBounds !== undefined,
    setof,
  ];
}

const textTypes = new Set(["text", "varchar", "bpchar"]);

/** Casts that PostgreSQL adds by itself: of constants, of arrays of them, and of columns to text. */
function isImplied(cast: Tree): boolean {
  const arg = cast.arg as Tree | undefined;
  if (!arg) return false;
  if ("A_Const" in arg || "A_ArrayExpr" in arg || "TypeCast" in arg) return true;
  return [...textTypes].some((type) => castsTo(cast, type));
}

function castsTo(cast: Tree, type: string): boolean {
  const names = (cast.typeName as { names?: { String?: { sval?: string } }[] } | undefined)?.names;
  return names?.at(-1)?.String?.sval === type;
}

/** The second argument of `jsonb_path_exists` and the like is a path. */
function normaliseCall(call: Tree): unknown {
  const funcname = lastName(call.funcname);
  const args = call.args as readonly unknown[] | undefined;
  const isPath = typeof funcname === "string" && funcname.startsWith("jsonb_path_");
  const read = isPath && args ? { ...call, args: args.map((arg, i) => (i === 1 ? asPath(arg) : arg)) } : call;
  return { FuncCall: without(read, ["funcformat"], { funcname }) };
}

/** `x IN (1, 2)` is printed as `x = ANY (ARRAY[1, 2])`. */
function normaliseOperator(expression: Tree): unknown {
  const { kind } = expression as { kind?: string };
  const left = normalise(expression.lexpr);
  const name = lastName(expression.name);
  const isPath = name === "@?" || name === "@@";
  const right = normalise(isPath ? asPath(expression.rexpr) : expression.rexpr) as Tree | undefined;
  if (kind === "AEXPR_IN") {
    const items = (right?.List as Tree | undefined)?.items as readonly unknown[] | undefined;
    // One value: `x IN (1)` is `x = 1`.
    if (items?.length === 1) return { op: [left, name, items[0]] };
    return { any: [left, name === "<>" ? "<> all" : "= any", items] };
  }
  if (kind === "AEXPR_OP_ANY" || kind === "AEXPR_OP_ALL") {
    const elements = (right?.A_ArrayExpr as Tree | undefined)?.elements;
    if (elements) return { any: [left, `${name} ${kind === "AEXPR_OP_ANY" ? "any" : "all"}`, elements] };
  }
  if (kind === "AEXPR_BETWEEN" || kind === "AEXPR_NOT_BETWEEN") {
    const [low, high] = ((right?.List as Tree | undefined)?.items ?? []) as unknown[];
    const inside = kind === "AEXPR_BETWEEN";
    const args = [{ op: [left, inside ? ">=" : "<", low] }, { op: [left, inside ? "<=" : ">", high] }];
    return { BoolExpr: { args, boolop: inside ? "AND_EXPR" : "OR_EXPR" } };
  }
  return { op: [left, name, right] };
}

function lastName(names: unknown): unknown {
  if (!Array.isArray(names)) return names;
  const last = names.at(-1) as { String?: { sval?: string } } | undefined;
  return last?.String?.sval ?? normalise(names);
}

function constantText(constant: Tree): string {
  if (constant.isnull) return "null";
  const value = (constant.sval ?? constant.fval ?? constant.ival ?? constant.boolval ?? {}) as Tree;
  return String(Object.values(value)[0] ?? (constant.boolval ? false : constant.sval ? "" : 0));
}

/** A constant that is read as a jsonpath, in one spelling. */
function asPath(tree: unknown): unknown {
  const { sval, ...rest } = ((tree as Tree | undefined)?.A_Const ?? {}) as { sval?: { sval?: string } };
  return sval ? { A_Const: { ...rest, sval: { sval: pathText(sval.sval ?? "") } } } : tree;
}

/** A jsonpath without what PostgreSQL adds or takes when it prints one: quotes, blanks and the outermost parentheses. */
function pathText(path: string): string {
  const tokens = path.replace(/^\s*lax\s/, "").match(/\."[A-Za-z_]\w*"|"(?:[^"\\]|\\.)*"|\s+|[^\s"]/g) ?? [];
  const text = tokens
    .map((token) => (/^\."/.test(token) ? token.replaceAll('"', "") : token.trim()))
    .join("");
  return text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text;
}
