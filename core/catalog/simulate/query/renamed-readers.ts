import type { Node, RuleStmt } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import { columnKey, findRelation, type Relation } from "../relations.ts";
import { sqlText } from "../sql-text.ts";
import type { World } from "../world.ts";
import { actionsOf, queriesOf, targetName, targetsOf } from "../written-by.ts";
import type { ColumnUse } from "./needs.ts";
import { readQuery } from "./read-query.ts";
import { renameColumnInQuery } from "./rename-column-in-query.ts";

/** What an object is to say, of its attributes. */
interface Reader {
  readonly key: ObjectKey;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Views, rules and policies that read a column, in their words once it is called otherwise. The catalog still has the
 * column under the former name. Word by word it would take a column of another table for it.
 */
export function renamedReaders(world: World, column: ObjectKey, to: string): Reader[] {
  const readers: Reader[] = [];
  for (const object of world.catalog.dependentsOf(column)) {
    const attributes = renamed(world, object, column, to);
    if (Object.keys(attributes).length > 0)
      readers.push({ key: keyOf(object.kind, object.name), attributes });
  }
  return readers;
}

function renamed(
  world: World,
  object: CatalogObject,
  column: ObjectKey,
  to: string,
): Readonly<Record<string, string>> {
  switch (object.kind) {
    case "view":
    case "materialized view": {
      const definition = renameColumnInQuery(world, object.attributes.definition, column, to);
      return definition === undefined ? {} : { definition };
    }
    case "rule": {
      const definition = inRule(world, object, column, to);
      return definition === undefined ? {} : { definition };
    }
    case "policy": {
      const [using, check] = [object.attributes.using, object.attributes.check].map((text) =>
        text === undefined ? undefined : inExpression(world, text, rowOf(world, object), column, to),
      );
      return { ...(using !== undefined && { using }), ...(check !== undefined && { check }) };
    }
    default:
      return {};
  }
}

function rowOf(world: World, { parent }: CatalogObject): Relation | undefined {
  return parent === undefined ? undefined : (world.catalog.at(parent) as Relation | undefined);
}

/** NEW and OLD are rows of the table that the rule is on. */
function inRule(
  world: World,
  rule: CatalogObject<"rule">,
  column: ObjectKey,
  to: string,
): string | undefined {
  const node = parseSql(rule.attributes.definition).statements[0]?.node;
  const relation = rowOf(world, rule);
  if (!node || !("RuleStmt" in node) || !relation) return undefined;
  const statement: RuleStmt = node.RuleStmt;
  const row = { relation, aliases: ["new", "old"] };
  const queries = [
    ...(statement.whereClause ? [{ whereClause: statement.whereClause }] : []),
    ...actionsOf(statement).flatMap(queriesOf),
  ];
  const uses = queries.flatMap((query) => readQuery(world, query, row).uses);
  const isReferred = rename(uses, column, to);
  const isSet = actionsOf(statement).map((action) => renameTargets(world, action, column, to));
  return isReferred || isSet.includes(true) ? sqlText(node) : undefined;
}

/** The columns that an INSERT or an UPDATE sets. */
function renameTargets(world: World, action: Node, column: ObjectKey, to: string): boolean {
  const { relation, targets } = targetsOf(action);
  const table = relation && findRelation(world, relation, ["table"]);
  if (!table || columnKey(table, lastPart(column)) !== column) return false;
  let isSet = false;
  for (const target of targets) {
    const named = targetName(target);
    if (named?.name === undefined || named.name !== lastPart(column)) continue;
    named.name = to;
    isSet = true;
  }
  return isSet;
}

function inExpression(
  world: World,
  text: string,
  relation: Relation | undefined,
  column: ObjectKey,
  to: string,
): string | undefined {
  const node = parseSql(`SELECT ${text}`).statements[0]?.node;
  if (!node || !("SelectStmt" in node) || !relation) return undefined;
  const [target] = node.SelectStmt.targetList ?? [];
  if (!target || !("ResTarget" in target) || !target.ResTarget.val) return undefined;
  const { uses } = readQuery(world, node.SelectStmt, { relation });
  return rename(uses, column, to) ? sqlText(target.ResTarget.val) : undefined;
}

/** Under the names that FROM gives them they stay as they are. */
function rename(uses: readonly ColumnUse[], column: ObjectKey, to: string): boolean {
  const meant = uses.filter((use) => use.column === column && !use.range?.alias?.colnames);
  for (const { reference } of meant)
    reference.fields = [...(reference.fields ?? []).slice(0, -1), { String: { sval: to } }];
  return meant.length > 0;
}
