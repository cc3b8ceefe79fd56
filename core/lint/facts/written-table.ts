import { keyOf, type ObjectKey } from "../../catalog/model.ts";
import type { StatementContext } from "../rule.ts";
import { type ExistingTable, existingTable } from "./existing-table.ts";

/** The table that was there before and whose rows a statement writes: by its name, or through a view of it alone. */
export function writtenTable(context: StatementContext, key: ObjectKey): ExistingTable | undefined {
  if (!key.startsWith("view ")) return existingTable(context, key);
  const sources = new Set<ObjectKey>();
  for (const { on } of context.catalog.at(key)?.dependsOn ?? []) {
    const object = context.catalog.at(on);
    if (object?.kind === "column" && object.parent !== undefined) sources.add(object.parent);
    else if (object && object.kind !== "schema") sources.add(keyOf(object.kind, object.name));
  }
  const [source, ...more] = sources;
  return source === undefined || more.length > 0 ? undefined : writtenTable(context, source);
}
