import type { Node, RangeVar } from "@pgsql/types";
import { relationName } from "../help/relation-name.ts";
import type { StatementContext } from "../rule.ts";
import { readsRows } from "./few-rows.ts";
import { knownTo, sourcesOf } from "./mass-write.ts";

/** The new table or materialized view that the statement fills from tables that were there before, which takes as long as they are large. */
export function filledRelation(context: StatementContext): string | undefined {
  const { statement, outcome, existedBefore } = context;
  const [relation, query] = filling(statement.node);
  if (!relation || outcome.failure || outcome.skipped.length > 0 || !readsRows(query, knownTo(context)))
    return undefined;
  // What is written into an existing table is a matter of its own.
  if (outcome.effects.some(({ action, key }) => action === "write" && existedBefore(key))) return undefined;
  const reads =
    "InsertStmt" in statement.node
      ? sourcesOf(query).some((key) => existedBefore(key))
      : outcome.locks.some(({ key, mode }) => mode === "ACCESS SHARE" && existedBefore(key));
  return reads ? relationName(relation) : undefined;
}

function filling(node: Node): readonly [relation?: RangeVar | undefined, query?: Node | undefined] {
  if ("InsertStmt" in node) return [node.InsertStmt.relation, node.InsertStmt.selectStmt];
  if ("SelectStmt" in node) return [node.SelectStmt.intoClause?.rel, node];
  if (!("CreateTableAsStmt" in node) || node.CreateTableAsStmt.into?.skipData) return [];
  return [node.CreateTableAsStmt.into?.rel, node.CreateTableAsStmt.query];
}
