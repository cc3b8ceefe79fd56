import type { ResTarget } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import type { ObjectKey } from "../../model.ts";
import { sqlText } from "../sql-text.ts";
import { walk } from "../walk.ts";
import type { World } from "../world.ts";
import { outputName } from "./figure-name.ts";
import { readQuery } from "./read-query.ts";

/**
 * A view's query after a column that it reads was renamed: what it returns keeps its name. The catalog still has the
 * column under the former one. Undefined where the query cannot be read or does not name the column. USING wants one name
 * on both sides: there the table gets a list of the names that its columns had (set_using_names in ruleutils.c).
 */
export function renameColumnInQuery(
  world: World,
  definition: string,
  column: ObjectKey,
  to: string,
): string | undefined {
  const node = parseSql(definition).statements[0]?.node;
  if (!node || !("SelectStmt" in node)) return undefined;
  const reading = readQuery(world, node.SelectStmt);
  const merged = reading.merged.filter((it) => it.column === column && !it.range.alias?.colnames);
  for (const { range, names } of merged)
    range.alias = {
      aliasname: range.alias?.aliasname ?? range.relname ?? "",
      colnames: names.map((sval) => ({ String: { sval } })),
    };
  const uses = reading.uses.filter((use) => use.column === column && !use.range?.alias?.colnames);
  if (uses.length + merged.length === 0) return undefined;
  const returned: { readonly target: ResTarget; readonly name: string }[] = [];
  walk(node, (part) => {
    if ("ResTarget" in part) returned.push({ target: part.ResTarget, name: outputName(part.ResTarget) });
    return undefined;
  });
  for (const { reference } of uses)
    reference.fields = [...(reference.fields ?? []).slice(0, -1), { String: { sval: to } }];
  for (const { target, name } of returned) {
    delete target.name;
    if (outputName(target) !== name) target.name = name;
  }
  return sqlText(node);
}
