import type { Node, SelectStmt } from "@pgsql/types";
import { strings } from "../relations.ts";
import { outputName } from "./figure-name.ts";
import type { Source } from "./sources.ts";

/**
 * GROUP BY and ORDER BY may name what the query returns, by its number and by its name (findTargetlistEntrySQL92): the
 * expression of each that does. `stars` says what each `*` among the targets stands for.
 */
export function namedOutputs(
  select: SelectStmt,
  stars: ReadonlyMap<Node, readonly Node[]>,
  sources: readonly Source[],
): ReadonlyMap<Node, Node> {
  const targets = (select.targetList ?? []).flatMap((target) => stars.get(target) ?? [target]);
  const found = new Map<Node, Node>();
  const look = (node: Node, isInput: (name: string) => boolean) => {
    const meant = outputMeant(node, targets, isInput);
    if (meant) found.set(node, meant);
  };
  // GROUP BY looks among the input first.
  const isInput = (name: string) =>
    sources.some(({ columns }) => !columns || columns.some((column) => column.name === name));
  for (const node of select.groupClause ?? []) look(node, isInput);
  for (const node of select.sortClause ?? []) {
    if ("SortBy" in node && node.SortBy.node) look(node.SortBy.node, () => false);
  }
  return found;
}

function outputMeant(
  node: Node,
  targets: readonly Node[],
  isInput: (name: string) => boolean,
): Node | undefined {
  const number = "A_Const" in node ? node.A_Const.ival?.ival : undefined;
  const names = "ColumnRef" in node ? strings(node.ColumnRef.fields) : [];
  const name = names.length === 1 ? names[0] : undefined;
  if (name === undefined ? number === undefined : isInput(name)) return undefined;
  const target =
    number === undefined
      ? targets.find((item) => "ResTarget" in item && outputName(item.ResTarget) === name)
      : targets[number - 1];
  return target && "ResTarget" in target ? target.ResTarget.val : undefined;
}
