import { type CatalogObject, keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { isEmptyRange, overlappingPartition } from "./overlapping-bounds.ts";
import { partitionsWithBound } from "./partitions.ts";
import type { World } from "./world.ts";

/** 42P17: two partitions of one table for the same rows, two by DEFAULT, or one for none. True where it fails. */
export function refusesBound(world: World, parent: CatalogObject<"table">, bound: string): boolean {
  if (world.uncertain.has(keyOf("table", parent.name))) return false;
  const whole = plainName(parent.name);
  if (isEmptyRange(world, parent, bound))
    return refuse(
      world,
      parent,
      `no row fits ${bound}, which ends where it begins or before`,
      "let it end after its beginning",
    );
  for (const child of partitionsWithBound(world, parent, bound)) {
    if (world.uncertain.has(keyOf("table", child.name))) continue;
    const help = bound === "DEFAULT" ? "keep one of the two" : "give each partition a bound of its own";
    return refuse(world, parent, `${whole} has a partition ${bound} already, ${plainName(child.name)}`, help);
  }
  const other = overlappingPartition(world, parent, bound);
  if (!other) return false;
  const why = `some of these rows are for ${plainName(other.name)} already, the partition ${other.attributes.partitionBound} of ${whole}`;
  return refuse(world, parent, why, "let the bounds meet and not overlap");
}

function refuse(world: World, parent: CatalogObject<"table">, why: string, help: string): true {
  world.fail({
    reason: "refused",
    key: keyOf("table", parent.name),
    condition: "invalid_object_definition",
    why,
    help,
  });
  return true;
}
