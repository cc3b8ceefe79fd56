import type { AlterTableCmd } from "@pgsql/types";
import { type CatalogObject, keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import type { Table } from "./relations.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

/** Tables made with OF: their columns are the attributes of a type, and follow them. */

export function typedTables(world: World, type: CatalogObject<"type">): Table[] {
  return [...world.catalog.dependentsOf(keyOf("type", type.name))].filter(
    (object): object is Table => object.kind === "table" && object.attributes.ofType === type.name,
  );
}

/** 2BP01: without CASCADE a type does not change under its tables. True where it fails. */
export function refusesWithoutCascade(
  world: World,
  type: CatalogObject<"type">,
  behavior: AlterTableCmd["behavior"],
): boolean {
  const key = keyOf("type", type.name);
  const [table] = behavior === "DROP_CASCADE" || world.uncertain.has(key) ? [] : typedTables(world, type);
  if (!table) return false;
  world.fail({
    reason: "refused",
    key,
    condition: "dependent_objects_still_exist",
    why: `${plainName(type.name)} does not change without CASCADE while ${plainName(table.name)} is a table OF it`,
    help: "add CASCADE, which changes the table as well, under ACCESS EXCLUSIVE",
  });
  return true;
}

/** 42809: the columns of a typed table are changed in its type. True where it fails. */
export function refusesOwnColumns(world: World, table: Table): boolean {
  const type = table.attributes.ofType;
  if (type === undefined || world.uncertain.has(keyOf("table", table.name))) return false;
  const name = plainName(type);
  world.fail({
    reason: "refused",
    key: keyOf("table", table.name),
    condition: "wrong_object_type",
    why: `${plainName(table.name)} has the columns of its type ${name}, and none of its own`,
    help: `change the type, and the table with it\n  ALTER TYPE ${name} … CASCADE;`,
  });
  return true;
}

/** ALTER TABLE … OF and NOT OF. */
export function setType(world: World, table: Table, { subtype, def }: AlterTableCmd): void {
  const { ofType, ...attributes } = table.attributes;
  const dependsOn = table.dependsOn.filter(({ on }) => ofType === undefined || on !== keyOf("type", ofType));
  const type =
    subtype === "AT_AddOf" && def && "TypeName" in def ? resolveType(world, def.TypeName) : undefined;
  world.alter({
    ...table,
    attributes: { ...attributes, ...(type && { ofType: type.text }) },
    dependsOn: [...dependsOn, ...(type?.dependsOn ?? [])],
  });
}
