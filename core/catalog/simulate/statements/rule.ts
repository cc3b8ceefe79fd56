import type { Node, RuleStmt, SelectStmt } from "@pgsql/types";
import { type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import { copyTree } from "../copy-tree.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { withoutWholes } from "../query/needs.ts";
import { readQuery } from "../query/read-query.ts";
import { findRelation, type Relation, requireRelation } from "../relations.ts";
import type { World } from "../world.ts";
import { actionsOf, queriesOf, setColumns, writtenBy } from "../written-by.ts";

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
    for (const select of queriesOf(action)) read(select);
    for (const key of writtenBy(world, action)) keys.add(key);
  }
  return [...withoutWholes(keys)].map((key) => ({ on: key, type: "normal" }));
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
  action.InsertStmt.cols = setColumns(world, table, action).map((name) => ({ ResTarget: { name } }));
}
