import type { AlterTableCmd } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { type CatalogObject, keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { defaultDependencies } from "../columns.ts";
import { defaultText } from "../default-text.ts";
import { readQuery } from "../query/read-query.ts";
import { columnOf } from "../relations.ts";
import type { World } from "../world.ts";

/** ALTER VIEW … ALTER COLUMN … SET DEFAULT: a column of a view is an object where it has something of its own. */
export function setViewDefault(world: World, view: CatalogObject<"view">, command: AlterTableCmd): void {
  const name = command.name ?? "";
  const columns = columnsOfView(world, view);
  const column = columns?.find((it) => it.name === name);
  const full = `${view.name}.${quoteIdentifier(name)}`;
  const key = keyOf("column", full);
  if (columns && !column && !world.uncertain.has(keyOf("view", view.name))) {
    world.fail({ reason: "missing", key });
    return;
  }
  const before = columnOf(world, view, name);
  const type = before?.attributes.type ?? column?.type;
  const text = defaultText(world, command.def, type);
  if (text === undefined) {
    forgetDefault(world, before);
    return;
  }
  const { default: _, ...attributes } = before?.attributes ?? { type: type ?? "" };
  const kept = (before?.dependsOn ?? []).filter(({ part }) => part !== "default");
  const now: CatalogObject<"column"> = {
    kind: "column",
    name: full,
    parent: keyOf("view", view.name),
    attributes: { ...attributes, default: text },
    dependsOn: [...kept, ...defaultDependencies(world, command.def)],
    position: before?.position ?? world.catalog.columnsIn(keyOf("view", view.name)) + 1,
  };
  if (before) world.alter({ ...before, ...now });
  else world.create(now);
}

/** Without one it is an object no longer, unless it carries something else. */
function forgetDefault(world: World, column: CatalogObject<"column"> | undefined): void {
  if (!column) return;
  const { default: _, ...attributes } = column.attributes;
  if (attributes.comment === undefined && attributes.privileges === undefined)
    world.drop(keyOf("column", column.name), false);
  else world.alter({ ...column, attributes });
}

function columnsOfView(world: World, { attributes }: CatalogObject<"view">) {
  const node = parseSql(attributes.definition).statements[0]?.node;
  return node && "SelectStmt" in node ? readQuery(world, node.SelectStmt).columns : undefined;
}
