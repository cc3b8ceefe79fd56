import type { AlterTableCmd } from "@pgsql/types";
import type { LockMode } from "../../locks.ts";
import { type CatalogObject, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { keepBoundAsCheck } from "../bound-as-check.ts";
import { boundIsProved, defaultIsProved } from "../bound-is-proved.ts";
import { childrenOf, descendants, ownInherited, takeChecks } from "../descendants.ts";
import { inheritForeignKeys, lockReferenced } from "../partition-foreign-keys.ts";
import { refusesIdentityOf, releaseIdentity, takeIdentity } from "../partition-identity.ts";
import { followConstraint, inheritIndexes, partitionLinks, releaseParts } from "../partition-indexes.ts";
import { inheritTriggers, releaseTriggers } from "../partition-triggers.ts";
import { partitionBound, partitionsWithBound } from "../partitions.ts";
import { refusesBound } from "../refuses-bound.ts";
import { refusesCircle } from "../refuses-circle.ts";
import { refusesPartition } from "../refuses-partition.ts";
import { columnsOf, requireRelation, type Table } from "../relations.ts";
import type { World } from "../world.ts";

/** ATTACH and DETACH PARTITION; false if the subcommand is another one. */
export function alterPartition(world: World, parent: Table, command: AlterTableCmd, lock: LockMode): boolean {
  if (!command.def || !("PartitionCmd" in command.def) || !command.def.PartitionCmd.name) return false;
  const { name, bound, concurrent } = command.def.PartitionCmd;
  const partition = requireRelation(world, name, ["table"]);
  if (partition?.kind !== "table") return true;
  const on = keyOf("table", parent.name);
  world.lock(on, lock);
  const attaches = command.subtype === "AT_AttachPartition";
  const finishes = command.subtype === "AT_DetachPartitionFinalize";
  if (attaches && refusesCircle(world, parent, partition)) return true;
  if (!finishes && refusesPartition(world, parent, partition, attaches)) return true;
  if (concurrent && refusesConcurrently(world, parent)) return true;
  if (attaches && refusesBound(world, parent, partitionBound(world, parent, bound))) return true;
  if (attaches && refusesIdentityOf(world, partition)) return true;
  const tables = [partition, ...descendants(world, partition)];
  // A partitioned table has no rows of its own.
  const withRows = tables.filter(({ attributes }) => attributes.partitionKey === undefined);
  const isProved = (table: Table) => bound !== undefined && boundIsProved(world, parent, table, bound);
  const unproved = attaches && !isProved(partition) ? withRows.filter((table) => !isProved(table)) : [];
  lockDefaultPartition(world, parent, partition, attaches);
  const { partitionOf: _, partitionBound: __, ...attributes } = partition.attributes;
  const dependsOn = partition.dependsOn.filter((dependency) => dependency.on !== on);
  world.alter(
    attaches
      ? {
          ...partition,
          attributes: {
            ...attributes,
            partitionOf: parent.name,
            partitionBound: partitionBound(world, parent, bound),
          },
          dependsOn: [...dependsOn, { on, type: "auto" }],
        }
      : { ...partition, attributes, dependsOn },
  );
  inheritAll(world, partition, attaches);
  if (attaches) takeChecks(world, partition, parent);
  else ownInherited(world, { ...partition, attributes });
  if (concurrent) keepBoundAsCheck(world, parent, partition);
  lockReferenced(world, parent, partition, attaches);
  const read = attaches
    ? [...inheritIndexes(world, partition, parent), ...inheritForeignKeys(world, partition, parent)]
    : [];
  if (attaches) {
    takeIdentity(world, partition, parent);
    inheritTriggers(world, partition, parent);
  } else {
    releaseIdentity(world, partition);
    releaseParts(world, partition);
    releaseTriggers(world, partition, parent);
  }
  const has = (list: readonly Table[], { name }: Table) => list.some((table) => table.name === name);
  for (const table of tables) {
    const scan = has(unproved, table) || (has(withRows, table) && has(read, table));
    world.lock(keyOf("table", table.name), "ACCESS EXCLUSIVE", { scan, unproved: has(unproved, table) });
  }
  return true;
}

/** A partition has the columns of its whole. */
function inheritAll(world: World, partition: Table, attaches: boolean): void {
  for (const column of columnsOf(world, keyOf("table", partition.name))) {
    const { inherited: _, ...attributes } = column.attributes;
    world.catalog.put({
      ...column,
      attributes: attaches ? { ...attributes, inherited: true } : attributes,
    });
  }
}

/** Its bound is what the other partitions leave, so it changes with them: a new one must find none of its rows there. */
export function lockDefaultPartition(world: World, parent: Table, partition: Table, comes: boolean): void {
  const byDefault = defaultPartition(world, parent);
  if (!byDefault || byDefault.name === partition.name) return;
  const unproved = comes && !defaultIsProved(world, parent, byDefault);
  world.lock(keyOf("table", byDefault.name), "ACCESS EXCLUSIVE", { scan: unproved, unproved });
}

/** 55000: the bound of the default partition would change, which takes ACCESS EXCLUSIVE. True where it fails. */
function refusesConcurrently(world: World, parent: Table): boolean {
  const byDefault = defaultPartition(world, parent);
  if (!byDefault || world.uncertain.has(keyOf("table", byDefault.name))) return false;
  world.fail({
    reason: "refused",
    key: keyOf("table", parent.name),
    condition: "object_not_in_prerequisite_state",
    why: `no partition of ${plainName(parent.name)} can be detached CONCURRENTLY while it has a default partition, ${plainName(byDefault.name)}`,
    help: "leave CONCURRENTLY out",
  });
  return true;
}

function defaultPartition(world: World, parent: Table): Table | undefined {
  const [found] = partitionsWithBound(world, parent, "DEFAULT");
  return found;
}

/** ALTER INDEX … ATTACH PARTITION; false if the subcommand is another one. The whole is valid once all are attached. */
export function attachIndex(world: World, whole: CatalogObject<"index">, command: AlterTableCmd): boolean {
  const name = command.def && "PartitionCmd" in command.def ? command.def.PartitionCmd.name : undefined;
  if (!name) return false;
  const part = requireRelation(world, name, ["index"]);
  const table = part?.parent === undefined ? undefined : world.catalog.at(part.parent);
  if (part?.kind !== "index" || table?.kind !== "table") return true;
  const others = part.dependsOn.filter(({ on }) => on !== keyOf("table", table.name));
  world.alter({
    ...part,
    attributes: { ...part.attributes, partitionOf: whole.name },
    dependsOn: [...others, ...partitionLinks(whole.name, table)],
  });
  const key = whole.attributes.constraint && world.catalog.at(whole.attributes.constraint);
  if (key && key.kind === "constraint") followConstraint(world, part, key, table);
  const root = whole.parent === undefined ? undefined : world.catalog.at(whole.parent);
  if (root?.kind !== "table") return true;
  const attached = new Set<string | undefined>();
  for (const index of world.catalog.dependentsOf(keyOf("index", whole.name))) {
    if (index.kind === "index" && !index.attributes.invalid) attached.add(index.parent);
  }
  if (!childrenOf(world, root).every((child) => attached.has(keyOf("table", child.name)))) return true;
  const { invalid: _, ...attributes } = whole.attributes;
  world.alter({ ...whole, attributes });
  return true;
}
