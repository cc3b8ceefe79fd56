import { keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { columnKey, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/** Attached is what belongs to no table yet (42809), detached what is a partition of this one (42P01). True where it fails. */
export function refusesPartition(world: World, parent: Table, partition: Table, attaches: boolean): boolean {
  const { partitionOf } = partition.attributes;
  if ((attaches ? undefined : parent.name) === partitionOf || !isKnown(world, parent, partition))
    return false;
  const [whole, part] = [plainName(parent.name), plainName(partition.name)];
  const is = partitionOf === undefined ? "no partition" : `a partition of ${plainName(partitionOf)}`;
  world.fail({
    reason: "refused",
    key: keyOf("table", partition.name),
    condition: attaches ? "wrong_object_type" : "undefined_table",
    why: attaches
      ? `${part} is ${is} already`
      : `${part} is ${is}${partitionOf ? ` and not of ${whole}` : ""}`,
    help:
      partitionOf === undefined
        ? "leave it out"
        : `detach it ${attaches ? "before" : "there"}\n  ALTER TABLE ${plainName(partitionOf)} DETACH PARTITION ${part};`,
  });
  return true;
}

/** 42809: the columns of a partition are those of the whole. True where it fails. */
export function refusesColumnOfPartition(world: World, table: Table, column: string): boolean {
  const { partitionOf } = table.attributes;
  if (partitionOf === undefined || !isKnown(world, table)) return false;
  const [whole, part] = [plainName(partitionOf), plainName(table.name)];
  world.fail({
    reason: "refused",
    key: columnKey(table, column),
    condition: "wrong_object_type",
    why: `${part} is a partition of ${whole}, and has the columns of that`,
    help: `add it to ${whole}`,
  });
  return true;
}

function isKnown(world: World, ...tables: readonly Table[]): boolean {
  const keys = tables.map(({ name }) => keyOf("table", name));
  return !keys.some((key) => world.uncertain.has(key) || world.assumed.has(key));
}
