import type { Node, SelectStmt } from "@pgsql/types";
import { walk } from "../walk.ts";
import type { QueryReading } from "./read-query.ts";

/**
 * A view keeps what its query meant when it was made: the columns that there were in the place of each `*`, and the
 * expression in the place of an output column that GROUP BY or ORDER BY names.
 */
export function expandQuery(query: Node, { stars, outputs }: QueryReading): void {
  const meant = (node: Node) => outputs.get(node) ?? node;
  walk(query, (node) => {
    if ("SortBy" in node && node.SortBy.node) node.SortBy.node = meant(node.SortBy.node);
    if (!("SelectStmt" in node)) return undefined;
    const select = node.SelectStmt;
    if (select.targetList)
      select.targetList = select.targetList.flatMap((target) => stars.get(target) ?? [target]);
    if (select.groupClause) select.groupClause = select.groupClause.map(meant);
    return undefined;
  });
}

/** Gives what a query returns other names, as a list behind the name of a view does; false where it has no such list. */
export function nameOutputs(select: SelectStmt, names: readonly (string | undefined)[]): boolean {
  if (select.larg) return nameOutputs(select.larg, names);
  if (!select.targetList) return names.length === 0;
  for (const [index, target] of select.targetList.entries()) {
    const name = names[index];
    if (name !== undefined && "ResTarget" in target) target.ResTarget.name = name;
  }
  return true;
}
