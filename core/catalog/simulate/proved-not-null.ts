import type { Node } from "@pgsql/types";
import { parseSql } from "../../sql/parse.ts";
import { type CatalogObject, keyOf } from "../model.ts";
import { quoteIdentifier } from "../quote-identifier.ts";
import { columnOf, strings, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/** A valid CHECK (c IS NOT NULL) proves it without a scan, since 12. */
export function provedNotNull(world: World, table: Table, column: string): boolean {
  if (columnOf(world, table, column)?.attributes.notNull) {
    return notNullConstraint(world, table, column)?.attributes.notValidated !== true;
  }
  if (world.postgres < 12) return false;
  for (const child of world.catalog.childrenOf(keyOf("table", table.name))) {
    if (child.kind !== "constraint" || child.attributes.type !== "check") continue;
    const { definition, notValidated, notEnforced } = child.attributes;
    if (notValidated || notEnforced || !/\bNULL\b/.test(definition)) continue;
    if (proves(conditionOf(definition), column)) return true;
  }
  return false;
}

/** `CHECK ((a IS NOT NULL))` → its condition. */
function conditionOf(definition: string): Node | undefined {
  const node = parseSql(`SELECT ${definition.replace(/^CHECK /, "")}`).statements[0]?.node;
  const target = node && "SelectStmt" in node ? node.SelectStmt.targetList?.[0] : undefined;
  return target && "ResTarget" in target ? target.ResTarget.val : undefined;
}

/**
 * Is the condition false for a NULL in the column? As `predicate_implied_by` sees it, which knows AND, OR and NOT.
 * `negated`: is it true for one?
 */
function proves(node: Node | undefined, column: string, negated = false): boolean {
  if (!node) return false;
  if ("BoolExpr" in node) {
    const { boolop, args = [] } = node.BoolExpr;
    if (boolop === "NOT_EXPR") return proves(args[0], column, !negated);
    return (boolop === "AND_EXPR") === negated
      ? args.every((it) => proves(it, column, negated))
      : args.some((it) => proves(it, column, negated));
  }
  if ("A_Expr" in node) {
    const { kind, lexpr, rexpr } = node.A_Expr;
    if (kind !== (negated ? "AEXPR_NOT_DISTINCT" : "AEXPR_DISTINCT")) return false;
    return (isColumn(lexpr, column) && isNull(rexpr)) || (isNull(lexpr) && isColumn(rexpr, column));
  }
  if (!("NullTest" in node)) return false;
  const { arg, nulltesttype } = node.NullTest;
  if (nulltesttype !== (negated ? "IS_NULL" : "IS_NOT_NULL")) return false;
  // A row is not null where none of its fields is.
  if (arg && "RowExpr" in arg) return !negated && (arg.RowExpr.args ?? []).some((it) => isColumn(it, column));
  return isColumn(arg, column);
}

function isColumn(node: Node | undefined, column: string): boolean {
  return node !== undefined && "ColumnRef" in node && strings(node.ColumnRef.fields).at(-1) === column;
}

/** `NULL`, and `NULL::bigint`. */
function isNull(node: Node | undefined): boolean {
  if (node && "TypeCast" in node) return isNull(node.TypeCast.arg);
  return node !== undefined && "A_Const" in node && node.A_Const.isnull === true;
}

/** The NOT NULL of the column as a constraint with a name, since 18. */
export function notNullConstraint(
  world: World,
  table: Table,
  column: string,
): CatalogObject<"constraint"> | undefined {
  for (const child of world.catalog.childrenOf(keyOf("table", table.name))) {
    if (child.kind !== "constraint" || child.attributes.type !== "not null") continue;
    if (child.attributes.columns.includes(quoteIdentifier(column))) return child;
  }
  return undefined;
}
