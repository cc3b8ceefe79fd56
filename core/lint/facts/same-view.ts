import { keyOf } from "../../catalog/model.ts";
import { sameQuery } from "../../catalog/simulate/query/same-query.ts";
import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";

/** A down often has the view as PostgreSQL prints it, and the history as somebody wrote it. */
export function isSameView({ catalog, start }: MigrationContext, { kind, object }: Change): boolean {
  if (kind !== "view" && kind !== "materialized view") return false;
  const key = keyOf(kind, object);
  const [before, after] = [catalog.atSavepoint(start, key), catalog.at(key)].map((it) => {
    const { definition, ...rest } = (it?.attributes ?? {}) as { definition?: string };
    return { definition, rest: JSON.stringify(rest) };
  });
  if (before?.definition === undefined || after?.definition === undefined) return false;
  return before.rest === after.rest && sameQuery(before.definition, after.definition);
}
