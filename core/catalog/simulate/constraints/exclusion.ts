import type { Constraint, Node } from "@pgsql/types";
import { storageSuffix } from "../describe-index.ts";
import { indexElements } from "../indexes.ts";
import { options } from "../options.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { strings, type Table } from "../relations.ts";
import type { World } from "../world.ts";

/** The plain columns: expressions are no columns of a constraint. */
export function exclusionColumns(constraint: Constraint): string[] {
  return exclusionElements(constraint).flatMap(({ element }) =>
    "IndexElem" in element && element.IndexElem.name ? [element.IndexElem.name] : [],
  );
}

export function exclusionElements(constraint: Constraint): { element: Node; operator: string }[] {
  return (constraint.exclusions ?? []).flatMap((node) => {
    if (!("List" in node)) return [];
    const [element, operator] = node.List.items ?? [];
    if (!element || !operator || !("List" in operator)) return [];
    return [{ element, operator: strings(operator.List.items).join(".") }];
  });
}

export function exclusionText(world: World, table: Table, constraint: Constraint): string {
  const elements = exclusionElements(constraint)
    .map(
      ({ element, operator }) => `${indexElements(world, [element], table).texts.join("")} WITH ${operator}`,
    )
    .join(", ");
  const stored = storageSuffix(options(constraint.options ?? []));
  const where = constraint.where_clause ? ` WHERE (${qualifiedSql(world, constraint.where_clause)})` : "";
  return `EXCLUDE USING ${constraint.access_method || "gist"} (${elements})${stored}${where}`;
}
