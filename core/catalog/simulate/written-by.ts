import type { InsertStmt, Node, RangeVar, RuleStmt, SelectStmt } from "@pgsql/types";
import { keyOf, type ObjectKey } from "../model.ts";
import { lastPart } from "../quote-identifier.ts";
import { columnKey, columnOf, columnsOf, findRelation, type Relation, requireRelation } from "./relations.ts";
import type { World } from "./world.ts";

/** A query that reads what a statement reads. */
export function queryOf(action: Node): SelectStmt | undefined {
  if ("SelectStmt" in action) return action.SelectStmt;
  if ("InsertStmt" in action) {
    const { selectStmt } = action.InsertStmt;
    return selectStmt && "SelectStmt" in selectStmt ? selectStmt.SelectStmt : undefined;
  }
  if ("UpdateStmt" in action) {
    const { relation, fromClause = [], targetList = [], whereClause } = action.UpdateStmt;
    return {
      fromClause: [...from(relation), ...fromClause],
      targetList,
      ...(whereClause && { whereClause }),
    };
  }
  if ("DeleteStmt" in action) {
    const { relation, usingClause = [], whereClause } = action.DeleteStmt;
    return { fromClause: [...from(relation), ...usingClause], ...(whereClause && { whereClause }) };
  }
  return undefined;
}

function from(relation: RangeVar | undefined): Node[] {
  return relation ? [{ RangeVar: relation }] : [];
}

/** Besides it what ON CONFLICT and RETURNING read, each of which sees the table under its name. */
export function queriesOf(action: Node): SelectStmt[] {
  const first = queryOf(action);
  const queries = first ? [first] : [];
  const body = bodyOf(action);
  if (!body?.relation) return queries;
  const { relation, returningClause } = body;
  const returned = returningClause?.exprs ?? [];
  if (returned.length > 0) queries.push({ fromClause: from(relation), targetList: returned });
  const conflict = "InsertStmt" in action ? action.InsertStmt.onConflictClause : undefined;
  if (!conflict) return queries;
  const { alias: _, ...table } = relation;
  const { infer, targetList = [], whereClause } = conflict;
  const excluded: RangeVar = { ...table, alias: { aliasname: "excluded" } };
  queries.push({
    fromClause: [...from(relation), ...from(excluded)],
    targetList,
    ...(whereClause && { whereClause }),
  });
  const keys = (infer?.indexElems ?? []).flatMap((node) => ("IndexElem" in node ? [node.IndexElem] : []));
  const expressions = keys.flatMap(({ expr }) => (expr ? [{ ResTarget: { val: expr } }] : []));
  if (expressions.length > 0) queries.push({ fromClause: from(relation), targetList: expressions });
  return queries;
}

export function actionsOf({ actions = [] }: RuleStmt): Node[] {
  return actions.flatMap((action) => ("List" in action ? (action.List.items ?? []) : [action]));
}

function bodyOf(action: Node) {
  if ("InsertStmt" in action) return action.InsertStmt;
  if ("UpdateStmt" in action) return action.UpdateStmt;
  return "DeleteStmt" in action ? action.DeleteStmt : undefined;
}

/** Where a statement names a column of its table by the bare name: what it sets, and the keys of ON CONFLICT. */
export function targetsOf(action: Node): { readonly relation?: RangeVar; readonly targets: readonly Node[] } {
  const relation = bodyOf(action)?.relation;
  const targets =
    "InsertStmt" in action
      ? targetsOfInsert(action.InsertStmt)
      : "UpdateStmt" in action
        ? (action.UpdateStmt.targetList ?? [])
        : [];
  return relation ? { relation, targets } : { targets };
}

function targetsOfInsert({ cols = [], onConflictClause }: InsertStmt): Node[] {
  return [...cols, ...(onConflictClause?.targetList ?? []), ...(onConflictClause?.infer?.indexElems ?? [])];
}

/** The part of the node that says the name. */
export function targetName(node: Node): { name?: string } | undefined {
  if ("ResTarget" in node) return node.ResTarget;
  return "IndexElem" in node && !node.IndexElem.expr ? node.IndexElem : undefined;
}

/** The table that a statement writes to, and the columns that it sets. */
export function writtenBy(world: World, action: Node): ObjectKey[] {
  const { relation, targets } = targetsOf(action);
  if (!relation) return [];
  const table = findRelation(world, relation) ?? requireRelation(world, relation, ["table"]);
  if (!table) return [];
  const names = targets.flatMap((node) => targetName(node)?.name ?? []);
  const set =
    "InsertStmt" in action && !action.InsertStmt.cols?.length ? setColumns(world, table, action) : names;
  const columns = table.kind === "table" ? set.filter((name) => columnOf(world, table, name)) : [];
  return [keyOf(table.kind, table.name), ...columns.map((name) => columnKey(table, name))];
}

/** INSERT without a list of columns sets the first ones, as many as there are values. */
export function setColumns(world: World, table: Relation, action: Node): string[] {
  const select = queryOf(action);
  const first = select?.valuesLists?.[0];
  const values = first && "List" in first ? first.List.items : select?.targetList;
  // Of a view only those columns are objects that have something of their own.
  if (table.kind !== "table") return [];
  const columns = columnsOf(world, keyOf(table.kind, table.name)).map(({ name }) => lastPart(name));
  return columns.slice(0, values?.length ?? 0);
}
