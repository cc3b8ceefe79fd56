import { parseSql } from "../sql/parse.ts";
import { framed, type SqlContext, withoutFrame } from "./sql-context.ts";

/**
 * Do two texts mean the same that PostgreSQL printed? It resolved what it prints: a schema, a table or a cast that one of
 * them has and the other has not is a difference. What remains are the traces of how a thing was made, which nobody who
 * uses it sees.
 */
export function samePrinted(a: string, b: string, context: SqlContext): boolean {
  if (a === b) return true;
  const left = canonical(a, context);
  return left !== undefined && left === canonical(b, context);
}

function canonical(text: string, context: SqlContext): string | undefined {
  const { statements, problem } = parseSql(framed(text, context));
  if (problem || statements.length === 0) return undefined;
  const trees = statements.map(({ node }) => {
    if (context === "statement" || context === "constraint") return normalise(node);
    const value = normalise(withoutFrame(node));
    return context === "value" ? uncast(value) : value;
  });
  return JSON.stringify(trees);
}

type Tree = { readonly [key: string]: unknown };

function normalise(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(normalise);
  if (!isTree(tree)) return tree;
  const node: Record<string, unknown> = {};
  for (const key of Object.keys(tree).sort()) if (!places.test(key)) node[key] = normalise(tree[key]);
  return rewrite(node);
}

const places = /^(?:location|(?:rexpr_)?list_(?:start|end))$/;

function rewrite(node: Record<string, unknown>): unknown {
  const { TypeCast, A_Expr, FuncCall, SQLValueFunction, SubLink, InsertStmt, CreateFunctionStmt } =
    node as Readonly<Record<string, Tree | undefined>>;
  if (TypeCast) return cast(TypeCast.arg, TypeCast.typeName as Tree);
  if (A_Expr) return { A_Expr: withPlainNumbers(A_Expr) };
  // The documentation of now(): "a traditional PostgreSQL equivalent to" CURRENT_TIMESTAMP.
  if (SQLValueFunction?.op === "SVFOP_CURRENT_TIMESTAMP") return { now: true };
  if (FuncCall && namesOf(FuncCall.funcname).join(".") === "now") return { now: true };
  // What the columns of these are called is seen by nobody. They keep the name that a column had when they were made.
  if (SubLink) return { SubLink: { ...SubLink, subselect: unnamed(SubLink.subselect) } };
  if (InsertStmt?.selectStmt)
    return { InsertStmt: { ...InsertStmt, selectStmt: unnamed(InsertStmt.selectStmt) } };
  if (CreateFunctionStmt?.sql_body)
    return {
      CreateFunctionStmt: { ...CreateFunctionStmt, sql_body: unnamedQueries(CreateFunctionStmt.sql_body) },
    };
  return node.rarg ? { ...node, rarg: withoutNames(node.rarg) } : node;
}

/** `(ARRAY[a, b])::text[]` is printed as `ARRAY[(a)::text, (b)::text]` once it was read again. */
function cast(arg: unknown, type: Tree): Tree {
  const elements = elementsOf(arg);
  if (elements && type.arrayBounds && !type.typmods) {
    const { arrayBounds: _, ...element } = type;
    return { A_ArrayExpr: { elements: elements.map((it) => cast(it, element)) } };
  }
  const inner = (arg as Tree).TypeCast as Tree | undefined;
  const isText = typeIn(type, textTypes) && inner && typeIn(inner.typeName as Tree, textTypes);
  const constant = constantText(isText ? inner.arg : arg);
  return { TypeCast: { arg: constant === undefined ? arg : { text: constant }, typeName: type } };
}

/** To compare with a number of another type is to compare with the number: `(0)::bigint` and `0`. */
function withPlainNumbers(expression: Tree): Tree {
  if (!comparisons.has(namesOf(expression.name).join("."))) return expression;
  const plain = (side: unknown): unknown => {
    const elements = elementsOf(side);
    if (elements) return { A_ArrayExpr: { elements: elements.map(plain) } };
    const value = (side as Tree | undefined)?.TypeCast as Tree | undefined;
    const text = value && typeIn(value.typeName as Tree, numberTypes) ? value.arg : side;
    const number = (text as Tree | undefined)?.text ?? constantText(text, "number");
    return typeof number === "string" && /^-?\d+(?:\.\d+)?$/.test(number) ? { number } : side;
  };
  return { ...expression, lexpr: plain(expression.lexpr), rexpr: plain(expression.rexpr) };
}

const comparisons = new Set(["=", "<>", "<", "<=", ">", ">="]);
const textTypes = new Set(["text", "varchar"]);
const numberTypes = new Set(["int2", "int4", "int8", "numeric"]);

/** One of these, without a length. */
function typeIn(type: Tree, names: ReadonlySet<string>): boolean {
  return !type.typmods && !type.arrayBounds && names.has(namesOf(type.names).at(-1) ?? "");
}

/** The column or the domain says of which type the value is. */
function uncast(value: unknown): unknown {
  const elements = elementsOf(value);
  if (elements) return { A_ArrayExpr: { elements: elements.map(uncast) } };
  const { TypeCast } = (value ?? {}) as { TypeCast?: Tree };
  if (TypeCast) {
    const inner = uncast(TypeCast.arg);
    return isTree(inner) && "text" in inner ? inner : value;
  }
  const text = constantText(value);
  return text === undefined ? value : { text };
}

function unnamed(query: unknown): unknown {
  const { SelectStmt } = (query ?? {}) as { SelectStmt?: Tree };
  return SelectStmt ? { SelectStmt: withoutNames(SelectStmt) } : query;
}

/** The queries of a body: what they return is called as the function says. */
function unnamedQueries(body: unknown): unknown {
  const { List } = (body ?? {}) as { List?: Tree };
  return List ? { List: { items: (List.items as readonly unknown[]).map(unnamedQueries) } } : unnamed(body);
}

/** A SELECT, or all branches of a UNION. */
function withoutNames(select: unknown): unknown {
  const { larg, rarg, targetList, ...rest } = select as Tree;
  const targets = (targetList as readonly Tree[] | undefined)?.map(({ ResTarget, ...other }) => {
    const { name: _, ...target } = (ResTarget ?? {}) as Tree;
    return ResTarget ? { ResTarget: target } : other;
  });
  return {
    ...rest,
    ...(larg ? { larg: withoutNames(larg) } : {}),
    ...(rarg ? { rarg: withoutNames(rarg) } : {}),
    ...(targets ? { targetList: targets } : {}),
  };
}

function elementsOf(tree: unknown): readonly unknown[] | undefined {
  const { A_ArrayExpr } = (tree ?? {}) as { A_ArrayExpr?: { elements?: readonly unknown[] } };
  return A_ArrayExpr?.elements;
}

/** Undefined for what is no constant, or none of these. */
function constantText(tree: unknown, only?: "number"): string | undefined {
  const { A_Const, text } = (tree ?? {}) as { A_Const?: Tree; text?: string };
  if (text !== undefined && !only) return text;
  if (!A_Const || A_Const.isnull) return undefined;
  const { ival, fval, sval, boolval } = A_Const as Readonly<Record<string, Tree | undefined>>;
  if (ival) return String(ival.ival ?? 0);
  if (fval) return String(fval.fval);
  if (only) return undefined;
  return sval ? String(sval.sval ?? "") : boolval ? String(boolval.boolval ?? false) : undefined;
}

function namesOf(names: unknown): string[] {
  return ((names ?? []) as { String?: { sval?: string } }[]).map((name) => name.String?.sval ?? "");
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
