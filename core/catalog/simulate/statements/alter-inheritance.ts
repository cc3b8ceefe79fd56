import type { AlterTableCmd } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { ownInherited } from "../descendants.ts";
import { statementLocks } from "../lock-table.ts";
import { requireRelation, type Table } from "../relations.ts";
import type { World } from "../world.ts";

/** ALTER TABLE … INHERIT, NO INHERIT. */
export function changeInheritance(world: World, table: Table, command: AlterTableCmd): void {
  if (!command.def || !("RangeVar" in command.def)) return;
  const parent = requireRelation(world, command.def.RangeVar, ["table"]);
  if (!parent) return;
  const on = keyOf("table", parent.name);
  const { inherits = [], ...attributes } = table.attributes;
  const adds = command.subtype === "AT_AddInherit";
  if (adds) world.lock(on, statementLocks.inheritedTable);
  const parents = adds ? [...inherits, parent.name] : inherits.filter((name) => name !== parent.name);
  const dependsOn = table.dependsOn.filter((dependency) => dependency.on !== on);
  const now: Table = {
    ...table,
    attributes: parents.length ? { ...attributes, inherits: parents } : attributes,
    dependsOn: adds ? [...dependsOn, { on, type: "normal" }] : dependsOn,
  };
  world.alter(now);
  if (!adds) ownInherited(world, now);
}
