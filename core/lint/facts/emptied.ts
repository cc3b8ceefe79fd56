import type { ObjectKey } from "../../catalog/model.ts";
import type { StatementContext } from "../rule.ts";

/** Did TRUNCATE, earlier in this script, leave no row to go through, and has none come since? */
export function isEmptied({ earlier }: StatementContext, table: ObjectKey): boolean {
  let empty = false;
  for (const { outcome } of earlier) {
    if (outcome.notAnalysed !== undefined) empty = false;
    for (const effect of outcome.effects) {
      if (effect.action !== "write" || effect.key !== table) continue;
      empty = effect.verb === "truncate" || (empty && effect.verb !== "insert");
    }
  }
  return empty;
}
