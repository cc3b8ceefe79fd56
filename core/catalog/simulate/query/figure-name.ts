import type { Node, ResTarget } from "@pgsql/types";
import { dictionary } from "../../../sql/dictionary.ts";
import { strings } from "../relations.ts";

/** The name under which a query returns a target. */
export function outputName({ name, val }: ResTarget): string {
  return name ?? (val && figure(val)?.name) ?? "?column?";
}

interface Figure {
  readonly name: string;
  /** A cast around it names the type instead. */
  readonly weak?: true;
}

/** FigureColname of src/backend/parser/parse_target.c, for what stands in views. */
function figure(node: Node): Figure | undefined {
  if ("ColumnRef" in node) return lastOf(node.ColumnRef.fields);
  if ("FuncCall" in node) return lastOf(node.FuncCall.funcname);
  if ("A_Indirection" in node)
    return (
      lastOf(node.A_Indirection.indirection) ?? (node.A_Indirection.arg && figure(node.A_Indirection.arg))
    );
  if ("TypeCast" in node) {
    const inner = node.TypeCast.arg && figure(node.TypeCast.arg);
    if (inner && !inner.weak) return inner;
    const type = lastOf(node.TypeCast.typeName?.names);
    return type ? { ...type, weak: true } : inner;
  }
  if ("CollateClause" in node) return node.CollateClause.arg && figure(node.CollateClause.arg);
  if ("CaseExpr" in node) {
    const last = node.CaseExpr.defresult && figure(node.CaseExpr.defresult);
    return last && !last.weak ? last : { name: "case", weak: true };
  }
  if ("SubLink" in node) return figureOfSubquery(node.SubLink);
  if ("A_Expr" in node) return node.A_Expr.kind === "AEXPR_NULLIF" ? { name: "nullif" } : undefined;
  if ("MinMaxExpr" in node) return { name: node.MinMaxExpr.op === "IS_LEAST" ? "least" : "greatest" };
  if ("SQLValueFunction" in node)
    return { name: (node.SQLValueFunction.op ?? "").replace(/^SVFOP_|_N$/g, "").toLowerCase() };
  const kind = Object.keys(named).find((it) => it in node);
  return kind === undefined ? undefined : { name: named[kind] ?? "" };
}

const named: Readonly<Record<string, string>> = dictionary({
  A_ArrayExpr: "array",
  CoalesceExpr: "coalesce",
  GroupingFunc: "grouping",
  RowExpr: "row",
  XmlSerialize: "xmlserialize",
});

function figureOfSubquery({
  subLinkType,
  subselect,
}: Extract<Node, { SubLink: unknown }>["SubLink"]): Figure | undefined {
  if (subLinkType === "EXISTS_SUBLINK") return { name: "exists" };
  if (subLinkType === "ARRAY_SUBLINK") return { name: "array" };
  if (subLinkType !== "EXPR_SUBLINK" || !subselect || !("SelectStmt" in subselect)) return undefined;
  const target = subselect.SelectStmt.targetList?.[0];
  if (!target || !("ResTarget" in target)) return undefined;
  const { name, val } = target.ResTarget;
  return name === undefined ? val && figure(val) : { name };
}

function lastOf(names: readonly Node[] | undefined): Figure | undefined {
  const name = strings(names).findLast((it) => it !== "*");
  return name === undefined ? undefined : { name };
}
