import type { Node } from "@pgsql/types";
import { keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { neverCasts } from "./automatic-cast.ts";
import type { Column } from "./columns.ts";
import { columnKey, columnOf } from "./relations.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

/** 42601: what is computed or counted has no default that could be set or dropped. */
export function refusesOwnDefault(world: World, column: Column): boolean {
  const { generated, identity } = column.attributes;
  const key = keyOf("column", column.name);
  if ((generated === undefined && identity === undefined) || world.uncertain.has(key)) return false;
  const is = generated === undefined ? "an identity column" : "a generated column";
  world.fail({
    reason: "refused",
    key,
    condition: "syntax_error",
    why: `${plainName(column.name)} is ${is}, which has no default`,
    help:
      generated === undefined ? "say DROP IDENTITY instead" : "say SET EXPRESSION or DROP EXPRESSION instead",
  });
  return true;
}

/** 42P17: a generated column is computed from columns that are not. */
export function refusesGenerated(
  world: World,
  table: { readonly name: string },
  column: string,
  used: readonly string[],
): boolean {
  const from = used.find((name) => columnOf(world, table, name)?.attributes.generated !== undefined);
  const key = columnKey(table, column);
  if (from === undefined || world.uncertain.has(columnKey(table, from))) return false;
  world.fail({
    reason: "refused",
    key,
    condition: "invalid_object_definition",
    why: `${plainName(columnKey(table, from).slice("column ".length))} is generated itself, so ${column} cannot be computed from it`,
    help: "write its expression out",
  });
  return true;
}

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
