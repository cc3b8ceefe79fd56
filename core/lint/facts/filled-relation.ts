import type { Node } from "@pgsql/types";
import { relationName } from "../help/relation-name.ts";
import type { StatementContext } from "../rule.ts";
import { readsRows } from "./mass-write.ts";

/** The table or materialized view that the statement fills from tables that were there before, which takes as long as they are large. */
export function filledRelation(context: StatementContext): string | undefined {
  const { statement, outcome } = context;
  const [into, query] = filling(statement.node);
  if (!into || outcome.failure || outcome.skipped.length > 0 || !readsRows(query)) return undefined;
  const reads = outcome.locks.some(({ key, mode }) => mode === "ACCESS SHARE" && context.existedBefore(key));
  return reads && into.rel ? relationName(into.rel) : undefined;
}

function filling(node: Node) {
  if ("SelectStmt" in node) return [node.SelectStmt.intoClause, node] as const;
  if (!("CreateTableAsStmt" in node) || node.CreateTableAsStmt.into?.skipData) return [];
  return [node.CreateTableAsStmt.into, node.CreateTableAsStmt.query] as const;
}
