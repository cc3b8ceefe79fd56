import type { Dependency, ObjectKey } from "../model.ts";
import { splitQualified } from "../quote-identifier.ts";
import { functionKeys, namedByCast, typeKeys } from "./call-dependencies.ts";
import { collationLink } from "./collations.ts";
import { withLiteralTypes } from "./literal-types.ts";
import { readQuery } from "./query/read-query.ts";
import { columnKey, columnOf, columnsOf, type Relation, strings } from "./relations.ts";
import { walk } from "./walk.ts";
import type { World } from "./world.ts";

/**
 * What an expression over one relation (a default, a CHECK, an index key, a policy) uses, as pg_depend records it.
 * `rows` names the relations that stand for rows of `relation`: `new` and `old` in a trigger's WHEN.
 */
export function expressionDependencies(
  world: World,
  expression: unknown,
  relation?: Relation,
): { readonly columns: string[]; readonly dependsOn: Dependency[] } {
  const columns = new Set<string>();
  const keys = new Set<ObjectKey>();
  walk(relation ? withLiteralTypes(world, expression, relation) : expression, (node) => {
    if ("ColumnRef" in node && relation) {
      const names = strings(node.ColumnRef.fields);
      const name = names.at(-1) ?? "";
      if (name === "*")
        for (const column of columnsOf(world, `table ${relation.name}`)) columns.add(bare(column.name));
      else if (columnOf(world, relation, name)) columns.add(name);
    } else if ("FuncCall" in node) {
      for (const key of functionKeys(world, node.FuncCall)) keys.add(key);
    } else if ("TypeCast" in node) {
      for (const key of typeKeys(world, node.TypeCast.typeName)) keys.add(key);
      const named = namedByCast(world, node.TypeCast);
      if (named !== undefined) keys.add(named);
    } else if ("CollateClause" in node) {
      for (const { on } of collationLink(world, strings(node.CollateClause.collname))) keys.add(on);
    } else if ("SelectStmt" in node) {
      for (const key of readQuery(world, node.SelectStmt, relation && { relation }).keys) keys.add(key);
      return false;
    }
    return undefined;
  });
  const dependsOn: Dependency[] = [];
  if (relation) for (const column of columns) keys.add(columnKey(relation, column));
  for (const on of keys) dependsOn.push({ on, type: "normal" });
  return { columns: [...columns], dependsOn };
}

function bare(columnName: string): string {
  return splitQualified(columnName).at(-1) ?? columnName;
}
