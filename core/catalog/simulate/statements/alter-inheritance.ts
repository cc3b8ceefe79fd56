import type { AlterTableCmd } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { ownInherited } from "../descendants.ts";
import { statementLocks } from "../lock-table.ts";
import { refusesCircle } from "../refuses-circle.ts";
import { columnOf, columnsOf, requireRelation, type Table } from "../relations.ts";
import type { World } from "../world.ts";

/** ALTER TABLE … INHERIT, NO INHERIT. */
export function changeInheritance(world: World, table: Table, command: AlterTableCmd): void {
  if (!command.def || !("RangeVar" in command.def)) return;
  const parent = requireRelation(world, command.def.RangeVar, ["table"]);
  if (!parent) return;
  const on = keyOf("table", parent.name);
  const { inherits = [], ...attributes } = table.attributes;
  const adds = command.subtype === "AT_AddInherit";
  if (adds && refusesCircle(world, parent as Table, table)) return;
  if (adds && refusesHeir(world, table, parent as Table)) return;
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

/** 42804: an heir has the columns of its parent, of the same types. True where it fails. */
function refusesHeir(world: World, table: Table, parent: Table): boolean {
  const keys = [table, parent].map(({ name }) => keyOf("table", name));
  if (keys.some((key) => world.uncertain.has(key) || world.assumed.has(key))) return false;
  for (const { name, attributes } of columnsOf(world, keyOf("table", parent.name))) {
    const own = columnOf(world, table, lastPart(name));
    if (own?.attributes.type === attributes.type) continue;
    const [heir, of] = [plainName(table.name), plainName(name)];
    world.fail({
      reason: "refused",
      key: keyOf("table", table.name),
      condition: "datatype_mismatch",
      why: own
        ? `${plainName(own.name)} is of another type than ${of}, which ${heir} is to inherit`
        : `${heir} has no column ${quoteIdentifier(lastPart(name))}, which it is to inherit from ${plainName(parent.name)}`,
      help: own ? "give it the same type before" : "add it before, of the same type",
    });
    return true;
  }
  return false;
}
