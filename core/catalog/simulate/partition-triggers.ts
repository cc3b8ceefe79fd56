import { type CatalogObject, keyOf } from "../model.ts";
import { ownColumn, partitionsOf } from "./descendants.ts";
import type { Table } from "./relations.ts";
import type { World } from "./world.ts";

type Trigger = CatalogObject<"trigger">;

/** Gives every partition the row trigger of its whole, and theirs (CreateTrigger, recursing; CloneRowTriggersToPartition). */
export function triggerPartitions(world: World, table: Table, trigger: Trigger): void {
  for (const partition of partitionsOf(world, table)) cloneTrigger(world, table, trigger, partition);
}

/** A new partition gets all the row triggers of its whole. */
export function inheritTriggers(world: World, partition: Table, parent: Table): void {
  for (const trigger of triggersOf(world, parent)) cloneTrigger(world, parent, trigger, partition);
}

/** A table that is no partition any more loses what it had from the whole (DropClonedTriggersFromPartition). */
export function releaseTriggers(world: World, partition: Table, parent: Table): void {
  for (const trigger of triggersOf(world, parent)) {
    const clone = world.catalog.get("trigger", cloneName(trigger, parent, partition));
    if (!clone) continue;
    for (const { name } of [...clonesOf(world, clone), clone]) world.drop(keyOf("trigger", name), true);
  }
}

/** The triggers of the partitions that a trigger of the whole was given to, at every depth. */
export function clonesOf(world: World, trigger: Trigger): Trigger[] {
  const key = keyOf("trigger", trigger.name);
  const own = [...world.catalog.dependentsOf(key)].filter((part): part is Trigger => part.kind === "trigger");
  return own.flatMap((clone) => [clone, ...clonesOf(world, clone)]);
}

function triggersOf(world: World, table: Table): Trigger[] {
  return [...world.catalog.childrenOf(keyOf("table", table.name))].filter(
    (part): part is Trigger =>
      part.kind === "trigger" && isForRows(part) && table.attributes.partitionKey !== undefined,
  );
}

function isForRows({ attributes }: Trigger): boolean {
  return / FOR EACH ROW /.test(attributes.definition);
}

function cloneTrigger(world: World, whole: Table, trigger: Trigger, partition: Table): void {
  const name = cloneName(trigger, whole, partition);
  const { comment: _, ...attributes } = trigger.attributes;
  const table = keyOf("table", partition.name);
  const replaced = world.catalog.get("trigger", name);
  if (replaced && !replaced.dependsOn.some(({ on }) => on === keyOf("trigger", trigger.name))) {
    world.fail({ reason: "exists", key: keyOf("trigger", name) });
    return;
  }
  const clone: Trigger = {
    ...trigger,
    name,
    parent: table,
    attributes: {
      ...attributes,
      definition: attributes.definition.replace(` ON ${whole.name} `, ` ON ${partition.name} `),
    },
    dependsOn: [
      ...trigger.dependsOn
        .filter(({ on }) => !on.startsWith("trigger ") && !on.startsWith("table "))
        .map((link) => ({ ...link, on: ownColumn(link.on, whole, partition) })),
      { on: keyOf("trigger", trigger.name), type: "auto" },
      { on: table, type: "auto" },
    ],
  };
  world.create(clone);
  triggerPartitions(world, partition, clone);
}

function cloneName(trigger: Trigger, whole: Table, partition: Table): string {
  return partition.name + trigger.name.slice(whole.name.length);
}
