import type { CommentStmt, Node } from "@pgsql/types";
import { type CatalogObject, keyOf, type ObjectKey } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { columnKey, findRelation, rangeVarOf } from "../relations.ts";
import type { World } from "../world.ts";
import { namesOf, resolve } from "./drop.ts";

export const commentHandlers: Handlers = { CommentStmt: comment };

function comment(world: World, statement: CommentStmt): void {
  const { object, objtype } = statement;
  if (!object || !objtype) return;
  const key = commentTarget(world, object, objtype);
  if (key === undefined) return;
  const found = world.catalog.at(key);
  if (!found) {
    const table = found ?? tableOf(key);
    if (!world.mayAssume(key) && !(table && world.assumed.has(table))) world.fail({ reason: "missing", key });
    return;
  }
  const { comment: _, ...attributes } = found.attributes as { comment?: string };
  const text = statement.comment ? { comment: statement.comment } : {};
  world.alter({ ...found, attributes: { ...attributes, ...text } } as CatalogObject);
  // The table of a constraint, an index, a trigger, a policy or a rule is merely looked at.
  const relation = found.kind === "column" ? found.parent : key;
  if (relation !== undefined && /^(table|view|materialized view|index) /.test(relation))
    world.lock(relation, statementLocks.comment);
}

function commentTarget(
  world: World,
  object: Node,
  type: NonNullable<CommentStmt["objtype"]>,
): ObjectKey | undefined {
  const names = namesOf(object);
  switch (type) {
    case "OBJECT_COLUMN": {
      const table = findRelation(world, rangeVarOf(names.slice(0, -1)));
      if (table?.kind === "view" || table?.kind === "materialized view") return undefined;
      return table ? columnKey(table, names.at(-1) ?? "") : keyOf("column", names.join("."));
    }
    case "OBJECT_TABCONSTRAINT": {
      const table = findRelation(world, rangeVarOf(names.slice(0, -1)), ["table"]);
      return keyOf("constraint", `${table?.name ?? names[0]}.${quoteIdentifier(names.at(-1) ?? "")}`);
    }
    case "OBJECT_DATABASE":
    case "OBJECT_DOMCONSTRAINT":
    case "OBJECT_LARGEOBJECT":
      return undefined;
    case "OBJECT_ROLE":
      return keyOf("role", quoteIdentifier(names[0] ?? ""));
    default: {
      const { found, expected } = resolve(world, object, type);
      return found[0] ?? expected;
    }
  }
}

function tableOf(key: ObjectKey): ObjectKey | undefined {
  const match = /^(?:column|constraint|trigger|policy|rule) (.*)\.[^.]*$/.exec(key);
  return match?.[1] === undefined ? undefined : keyOf("table", match[1]);
}
