import type { AlterTableCmd } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { childrenOf } from "../descendants.ts";
import { columnOf, strings, type Table } from "../relations.ts";
import type { World } from "../world.ts";

/** 42P16: what ONLY the whole would have, its partitions must have too. True where it fails. */
export function refusesAlone(world: World, table: Table, command: AlterTableCmd): boolean {
  if (table.attributes.partitionKey === undefined) return false;
  const partitions = childrenOf(world, table);
  if (partitions.length === 0) return false;
  const isSet = (of: Table, column: string) => columnOf(world, of, column)?.attributes.notNull === true;
  const words = wordsOf(command);
  if (!words) return false;
  const { column } = words;
  if (column !== undefined) {
    if (!columnOf(world, table, column) || isSet(table, column)) return false;
    // Since 18 it is a constraint, which is not looked for in the partitions.
    if (world.postgres < 18 && partitions.every((it) => isSet(it, column))) return false;
  }
  world.fail({
    reason: "refused",
    key: keyOf("table", table.name),
    condition: "invalid_table_definition",
    why: `ONLY cannot ${words.does} while ${plainName(table.name)} has partitions`,
    help: "leave ONLY out",
  });
  return true;
}

function wordsOf({
  subtype,
  name = "",
  def,
}: AlterTableCmd): { readonly does: string; readonly column?: string } | undefined {
  const notNull = (column: string) => ({ does: `make ${quoteIdentifier(column)} NOT NULL`, column });
  if (subtype === "AT_SetNotNull") return notNull(name);
  if (subtype !== "AT_AddConstraint" || !def || !("Constraint" in def)) return undefined;
  const { contype, keys } = def.Constraint;
  if (contype === "CONSTR_CHECK") return { does: "add a CHECK" };
  return contype === "CONSTR_NOTNULL" ? notNull(strings(keys)[0] ?? "") : undefined;
}
