import type { Node, RangeVar, RuleStmt, SelectStmt } from "@pgsql/types";
import { type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import { copyTree } from "../copy-tree.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { withoutWholes } from "../query/needs.ts";
import { readQuery } from "../query/read-query.ts";
import {
  columnKey,
  columnOf,
  columnsOf,
  findRelation,
  type Relation,
  requireRelation,
} from "../relations.ts";
import type { World } from "../world.ts";

export const ruleHandlers: Handlers = { RuleStmt: createRule };

function createRule(world: World, statement: RuleStmt): void {
  const relation: Relation | undefined = statement.relation && requireRelation(world, statement.relation);
  if (!relation) return;
  const on = keyOf(relation.kind, relation.name);
  world.lock(on, statementLocks.createRule);
  const name = `${relation.name}.${quoteIdentifier(statement.rulename ?? "")}`;
  if (world.catalog.has(keyOf("rule", name)) && !statement.replace) {
    world.fail({ reason: "exists", key: keyOf("rule", name) });
    return;
  }
  const used = usedBy(world, statement, relation);
  if (world.failed) return;
  const printed = copyTree({
    ...statement,
    replace: false,
    relation: { ...statement.relation, schemaname: lastPart(schemaOf(relation)) },
  }) as RuleStmt;
  for (const action of actionsOf(printed)) spellOut(world, action);
  world.create({
    kind: "rule",
    name,
    parent: on,
    attributes: { definition: qualifiedSql(world, { RuleStmt: printed }) },
    dependsOn: [{ on, type: "auto" }, ...used],
  });
}

/** What the condition and the actions use; NEW and OLD are rows of the table that the rule is on. */
function usedBy(world: World, rule: RuleStmt, relation: Relation): Dependency[] {
  const keys = new Set<ObjectKey>();
  const row = { relation, aliases: ["new", "old"] };
  const read = (select: SelectStmt) => {
    for (const key of readQuery(world, select, row).keys) keys.add(key);
  };
  if (rule.whereClause) read({ whereClause: rule.whereClause });
  for (const action of actionsOf(rule)) {
    const select = queryOf(action);
    if (select) read(select);
    for (const key of writtenBy(world, action)) keys.add(key);
  }
  return [...withoutWholes(keys)].map((key) => ({ on: key, type: "normal" }));
}

function actionsOf({ actions = [] }: RuleStmt): Node[] {
  return actions.flatMap((action) => ("List" in action ? (action.List.items ?? []) : [action]));
}

/** The table with its schema, and the columns that an INSERT without a list sets: PostgreSQL prints them. */
function spellOut(world: World, action: Node): void {
  const body =
    "InsertStmt" in action
      ? action.InsertStmt
      : "UpdateStmt" in action
        ? action.UpdateStmt
        : "DeleteStmt" in action
          ? action.DeleteStmt
          : undefined;
  const table = body?.relation && findRelation(world, body.relation);
  if (!body?.relation || !table) return;
  body.relation.schemaname = lastPart(schemaOf(table));
  if (!("InsertStmt" in action) || action.InsertStmt.cols?.length) return;
  action.InsertStmt.cols = allOf(world, table, action).map((name) => ({ ResTarget: { name } }));
}

/** A query that reads what the action reads. */
function queryOf(action: Node): SelectStmt | undefined {
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

/** The table that an action writes to, and the columns that it sets. */
function writtenBy(world: World, action: Node): ObjectKey[] {
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
  const set = "InsertStmt" in action && names.length === 0 ? allOf(world, table, action) : names;
  const columns = table.kind === "table" ? set.filter((name) => columnOf(world, table, name)) : [];
  return [keyOf(table.kind, table.name), ...columns.map((name) => columnKey(table, name))];
}

/** INSERT without a list of columns sets the first ones, as many as there are values. */
function allOf(world: World, table: Relation, action: Node): string[] {
  const select = queryOf(action);
  const first = select?.valuesLists?.[0];
  const values = first && "List" in first ? first.List.items : select?.targetList;
  const columns = columnsOf(world, keyOf(table.kind, table.name)).map(({ name }) => lastPart(name));
  return columns.slice(0, values?.length ?? 0);
}
