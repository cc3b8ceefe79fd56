import type { Node } from "@pgsql/types";
import { keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { neverCasts } from "./automatic-cast.ts";
import type { Column } from "./columns.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

/** 42804: a constant of one enum is no default for a column of another type. */
export function refusesDefault(world: World, column: Column, value: Node | undefined): boolean {
  if (!value || !("TypeCast" in value) || !value.TypeCast.typeName) return false;
  const { text } = resolveType(world, value.TypeCast.typeName);
  const { type } = column.attributes;
  if (world.catalog.get("type", text)?.attributes.form !== "enum" || !neverCasts(world, text, type))
    return false;
  if (world.uncertain.has(keyOf("column", column.name))) return false;
  const [name, is, given] = [column.name, type, text].map(plainName);
  world.fail({
    reason: "refused",
    key: keyOf("column", column.name),
    condition: "datatype_mismatch",
    why: `column ${name} is of type ${is}, and its default would be of type ${given}`,
    help: "change the type of the column before its default",
  });
  return true;
}
