import type { FuncCall, Node, SelectStmt } from "@pgsql/types";
import type { ObjectKey } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import { primaryKeyOf, strings } from "../relations.ts";
import { walk } from "../walk.ts";
import type { World } from "../world.ts";
import { resolve, type Scopes, type Source } from "./sources.ts";

/** Grouped by a primary key: what else of the table is selected rests on that key (check_functional_grouping). */
export function groupingKeys(
  world: World,
  select: SelectStmt,
  sources: readonly Source[],
  scopes: Scopes,
): ObjectKey[] {
  const grouped = (select.groupClause ?? []).flatMap((node) => {
    const found = "ColumnRef" in node ? resolve(node.ColumnRef, scopes) : undefined;
    return found ? [found] : [];
  });
  const expressions = new Set(
    (select.groupClause ?? []).flatMap((node) => ("ColumnRef" in node ? [] : [textOf(node)])),
  );
  const keys: ObjectKey[] = [];
  for (const source of sources) {
    if (source.relation?.kind !== "table") continue;
    const key = primaryKeyOf(world, source.relation);
    const constraint = key === undefined ? undefined : world.catalog.at(key);
    if (key === undefined || constraint?.kind !== "constraint") continue;
    const names = grouped.filter((found) => found.source === source).map(({ name }) => name);
    if (!constraint.attributes.columns.every((column) => names.includes(lastPart(column)))) continue;
    let rests = false;
    walk([select.targetList, select.havingClause, select.sortClause], (node) => {
      if ("SelectStmt" in node || ("FuncCall" in node && isAggregate(node.FuncCall))) return false;
      if (expressions.size > 0 && expressions.has(textOf(node))) return false;
      const found = "ColumnRef" in node ? resolve(node.ColumnRef, scopes) : undefined;
      if (found?.source === source && !names.includes(found.name)) rests = true;
      return undefined;
    });
    if (rests) keys.push(key);
  }
  return keys;
}

/** GROUP BY lower(name): where the same expression is selected, its columns need no key. */
function textOf(node: Node): string {
  return JSON.stringify(node, (name, value) => (name === "location" ? undefined : value));
}

const aggregates =
  /^(?:count|sum|min|max|avg|(?:array|string|json|jsonb|xml|range|range_intersect)_agg|jsonb?_object_agg|bool_(?:and|or)|every|bit_(?:and|or|xor)|stddev\w*|var\w*|percentile_\w+|mode|any_value)$/;

function isAggregate(call: FuncCall): boolean {
  return aggregates.test(strings(call.funcname).at(-1) ?? "") && call.over === undefined;
}
