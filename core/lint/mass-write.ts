import type { Node } from "@pgsql/types";
import { walk } from "../catalog/simulate/walk.ts";
import { type ExistingTable, existingTable } from "./existing-table.ts";
import type { StatementContext } from "./rule.ts";
import { marksVersion } from "./version-mark.ts";
import { picksFewRows, takesEveryRow } from "./where-clause.ts";

/** A statement whose time grows with a table that was there before. */
export interface MassWrite {
  readonly verb: "UPDATE" | "DELETE" | "INSERT … SELECT";
  readonly table: ExistingTable;
  /** The statement names no condition at all. */
  readonly everyRow: boolean;
}

export function massWrite(context: StatementContext): MassWrite | undefined {
  const { statement, outcome } = context;
  const found = verbOf(statement.node);
  if (!found || outcome.failure || isEmptied(context)) return undefined;
  for (const effect of outcome.effects) {
    const table = effect.action === "write" ? existingTable(context, effect.key) : undefined;
    if (table) return { ...found, table };
  }
  return undefined;
}

function verbOf(node: Node): Pick<MassWrite, "verb" | "everyRow"> | undefined {
  if ("UpdateStmt" in node) {
    const { whereClause } = node.UpdateStmt;
    if (marksVersion(node.UpdateStmt)) return undefined;
    return picksFewRows(whereClause) ? undefined : { verb: "UPDATE", everyRow: takesEveryRow(whereClause) };
  }
  if ("DeleteStmt" in node) {
    const { whereClause, usingClause } = node.DeleteStmt;
    if (picksFewRows(whereClause)) return undefined;
    return { verb: "DELETE", everyRow: !usingClause && takesEveryRow(whereClause) };
  }
  if ("InsertStmt" in node && readsRows(node.InsertStmt.selectStmt)) {
    return { verb: "INSERT … SELECT", everyRow: false };
  }
  return undefined;
}

/** A query over tables that does not pick few rows; VALUES and SELECT of constants read none. */
export function readsRows(query: Node | undefined): boolean {
  if (!query || !("SelectStmt" in query) || query.SelectStmt.valuesLists) return false;
  if (picksFewRows(query.SelectStmt.whereClause) || query.SelectStmt.limitCount) return false;
  let reads = false;
  walk(query.SelectStmt.fromClause, (node) => {
    reads ||= "RangeVar" in node;
    return undefined;
  });
  return reads;
}

/** There is nothing to go through after TRUNCATE. */
function isEmptied({ earlier, outcome }: StatementContext): boolean {
  const written = new Set(
    outcome.effects.flatMap((effect) => (effect.action === "write" ? [effect.key] : [])),
  );
  return earlier.some((step) =>
    step.outcome.effects.some(
      (effect) => effect.action === "write" && effect.verb === "truncate" && written.has(effect.key),
    ),
  );
}
