import type { IndexElem, Node } from "@pgsql/types";
import { dictionary } from "../../sql/dictionary.ts";
import { parseSql } from "../../sql/parse.ts";
import { type AttributesOf, type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { quoteIdentifier } from "../quote-identifier.ts";
import { collationLink, collationName, typeCollation } from "./collations.ts";
import { extensionOfOperatorClass } from "./extension-members.ts";
import { sameTypeCall, withLiteralTypes } from "./literal-types.ts";
import { qualifiedSql } from "./qualified-sql.ts";
import { columnOf, type Relation, strings } from "./relations.ts";
import { internalName } from "./type-names.ts";
import type { World } from "./world.ts";

export function putIndex(
  world: World,
  table: { readonly kind: "table" | "materialized view"; readonly name: string },
  name: string,
  index: { readonly attributes: AttributesOf["index"]; readonly dependsOn: readonly Dependency[] },
): ObjectKey {
  return world.create({
    kind: "index",
    name,
    parent: keyOf(table.kind, table.name),
    attributes: index.attributes,
    dependsOn: index.dependsOn,
  });
}

/** The index of a partitioned table stands on it alone; its partitions have their own. */
export function onlyOf(table: { readonly kind: string; readonly attributes: object }): string {
  return table.kind === "table" && "partitionKey" in table.attributes ? "ONLY " : "";
}

export interface IndexElements {
  /** With collation, operator class and order, as pg_get_indexdef prints them. */
  readonly texts: readonly string[];
  /** Column names and expression texts. */
  readonly keys: readonly string[];
  readonly dependsOn: readonly Dependency[];
}

export function indexElements(
  world: World,
  nodes: readonly Node[] | undefined,
  relation?: Relation,
  method = "btree",
): IndexElements {
  const texts: string[] = [];
  const keys: string[] = [];
  const dependsOn: Dependency[] = [];
  for (const node of nodes ?? []) {
    if (!("IndexElem" in node)) continue;
    const element = node.IndexElem;
    const key = elementKey(world, element, relation);
    keys.push(key);
    const extension = extensionOfOperatorClass(world, strings(element.opclass).at(-1) ?? "");
    const column = relation && element.name ? columnOf(world, relation, element.name) : undefined;
    texts.push(key + elementOptions(world, element, extension?.schema, column));
    const collation = strings(element.collation);
    if (collation.length > 0) dependsOn.push(...collationLink(world, collation));
    else
      for (const { on } of column?.dependsOn ?? [])
        if (on.startsWith("collation ")) dependsOn.push({ on, type: "normal" });
    if (extension) dependsOn.push({ on: extension.key, type: "normal" });
    else if (relation) dependsOn.push(...defaultClassOwners(world, relation, element, method));
  }
  return { texts, keys, dependsOn };
}

/** The extension whose operator class a key without one takes: that of its type, or that of the access method. */
function defaultClassOwners(
  world: World,
  relation: Relation,
  element: IndexElem,
  method: string,
): Dependency[] {
  const column = element.name && columnOf(world, relation, element.name);
  if (!column) return [];
  const own = column.dependsOn.filter(({ on, part }) => part === undefined && on.startsWith("extension "));
  if (own.length > 0) return own.map(({ on }) => ({ on, type: "normal" }));
  const helper = scalarClasses[method];
  const key = keyOf("extension", helper ?? "");
  return helper && scalarTypes.test(column.attributes.type) && world.catalog.has(key)
    ? [{ on: key, type: "normal" }]
    : [];
}

/** Extensions that let a method index plain values. */
const scalarClasses: Readonly<Record<string, string>> = dictionary({ gist: "btree_gist", gin: "btree_gin" });
const scalarTypes =
  /^(?:smallint|integer|bigint|numeric|real|double precision|text|character|uuid|date|time|timestamp|interval|boolean|oid|money|bytea|macaddr)\b(?!.*\[\]$)/;

function elementKey(world: World, element: IndexElem, relation: Relation | undefined): string {
  if (element.name) return quoteIdentifier(element.name);
  if (!element.expr) return "";
  const same = relation && sameTypeCall(world, element.expr, relation);
  if (same !== undefined) return quoteIdentifier(same);
  const text = qualifiedSql(world, withLiteralTypes(world, element.expr, relation));
  // What looks like a function call stands bare, any other expression in parentheses.
  return looksLikeCall(element.expr) ? text : `(${text})`;
}

function looksLikeCall(expression: Node): boolean {
  if ("FuncCall" in expression && expression.FuncCall.funcformat === "COERCE_SQL_SYNTAX")
    return !infix.has(strings(expression.FuncCall.funcname).at(-1) ?? "");
  return callLike.some((kind) => kind in expression);
}

/** Calls that are written between their arguments: `at AT TIME ZONE 'UTC'`. */
const infix = new Set(["timezone", "overlaps", "is_normalized"]);

const callLike = ["FuncCall", "CoalesceExpr", "MinMaxExpr", "SQLValueFunction", "XmlExpr"] as const;

/** What the column or its type has anyway is not printed. */
function elementOptions(
  world: World,
  element: IndexElem,
  extensionSchema: string | undefined,
  column: CatalogObject<"column"> | undefined,
): string {
  const parts: string[] = [];
  const type = column?.attributes.type;
  const collation = strings(element.collation);
  if (collation.length > 0) {
    const name = collationName(world, collation);
    const usual = column && (column.attributes.collation ?? typeCollation(world, column.attributes.type));
    if (name !== usual) parts.push(`COLLATE ${name}`);
  }
  const operatorClass = strings(element.opclass);
  if (operatorClass.length && operatorClass.at(-1) !== defaultClass(type)) {
    const schema = operatorClass.length === 1 && extensionSchema ? [extensionSchema] : [];
    parts.push([...schema, ...operatorClass.map(quoteIdentifier)].join("."));
  }
  const descending = element.ordering === "SORTBY_DESC";
  if (descending) parts.push("DESC");
  if (element.nulls_ordering === "SORTBY_NULLS_FIRST" && !descending) parts.push("NULLS FIRST");
  if (element.nulls_ordering === "SORTBY_NULLS_LAST" && descending) parts.push("NULLS LAST");
  return parts.length ? ` ${parts.join(" ")}` : "";
}

/** `uuid_ops` for uuid: what a key of the type takes without being told. */
function defaultClass(type: string | undefined): string | undefined {
  if (type === undefined) return undefined;
  if (type.endsWith("[]")) return "array_ops";
  const bare = type.replace(/\(.*?\)/, "");
  if (bare === "character varying") return "text_ops";
  return `${internalName(bare)}_ops`;
}

/** FigureIndexColname: the part that a nameless index takes from each of its keys. */
export function indexColumnNames(nodes: readonly Node[] | undefined): string[] {
  const names: string[] = [];
  for (const node of nodes ?? []) {
    if (!("IndexElem" in node)) continue;
    const base = node.IndexElem.name ?? (node.IndexElem.expr ? expressionName(node.IndexElem.expr) : "expr");
    let name = base;
    for (let n = 1; names.includes(name); n++) name = `${base}${n}`;
    names.push(name);
  }
  return names;
}

/** The same from keys as they are printed: column names and expressions. */
export function keyNames(keys: readonly string[]): string[] {
  return indexColumnNames(
    keys.map((key): Node => {
      const statement = parseSql(`SELECT ${key}`).statements[0]?.node;
      const target =
        statement && "SelectStmt" in statement ? statement.SelectStmt.targetList?.[0] : undefined;
      const expr = target && "ResTarget" in target ? target.ResTarget.val : undefined;
      return { IndexElem: { ...(expr && { expr }) } };
    }),
  );
}

function expressionName(node: Node): string {
  if ("ColumnRef" in node) return strings(node.ColumnRef.fields).at(-1) ?? "expr";
  if ("FuncCall" in node) return strings(node.FuncCall.funcname).at(-1) ?? "expr";
  if ("CoalesceExpr" in node) return "coalesce";
  if ("MinMaxExpr" in node) return node.MinMaxExpr.op === "IS_LEAST" ? "least" : "greatest";
  if ("CaseExpr" in node) return "case";
  if ("A_ArrayExpr" in node) return "array";
  if ("TypeCast" in node) {
    const inner = node.TypeCast.arg ? expressionName(node.TypeCast.arg) : "expr";
    return inner === "expr" ? (strings(node.TypeCast.typeName?.names).at(-1) ?? inner) : inner;
  }
  if ("CollateClause" in node && node.CollateClause.arg) return expressionName(node.CollateClause.arg);
  return "expr";
}
