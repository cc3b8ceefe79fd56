import type { Node, RangeVar, SelectStmt } from "@pgsql/types";
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

/** The table that a statement writes to, and the columns that it sets. */
export function writtenBy(world: World, action: Node): ObjectKey[] {
  const body =
    "InsertStmt" in action
      ? { relation: action.InsertStmt.relation, targets: action.InsertStmt.cols }
      : "UpdateStmt" in action
        ? { relation: action.UpdateStmt.relation, targets: action.UpdateStmt.targetList }
        : "DeleteStmt" in action
          ? { relation: action.DeleteStmt.relation, targets: [] }
          : undefined;
  if (!body?.relation) return [];
  const table = findRelation(world, body.relation) ?? requireRelation(world, body.relation, ["table"]);
  if (!table) return [];
  const names = (body.targets ?? []).flatMap((node) =>
    "ResTarget" in node ? [node.ResTarget.name ?? ""] : [],
  );
  const set = "InsertStmt" in action && names.length === 0 ? setColumns(world, table, action) : names;
  const columns = table.kind === "table" ? set.filter((name) => columnOf(world, table, name)) : [];
  return [keyOf(table.kind, table.name), ...columns.map((name) => columnKey(table, name))];
}

/** INSERT without a list of columns sets the first ones, as many as there are values. */
export function setColumns(world: World, table: Relation, action: Node): string[] {
  const select = queryOf(action);
  const first = select?.valuesLists?.[0];
  const values = first && "List" in first ? first.List.items : select?.targetList;
  const columns = columnsOf(world, keyOf(table.kind, table.name)).map(({ name }) => lastPart(name));
  return columns.slice(0, values?.length ?? 0);
}
