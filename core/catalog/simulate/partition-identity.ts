import { keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";
import { descendants, partitionsOf } from "./descendants.ts";
import { columnOf, columnsOf, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/** Since 17 partitions number with their whole: what is identity there is identity here, and nothing else. */
export function passIdentityOn(world: World, whole: Table): void {
  for (const partition of partitionsOf(world, whole)) takeIdentity(world, partition, whole);
}

export function takeIdentity(world: World, partition: Table, whole: Table): void {
  if (world.postgres < 17) return;
  for (const { name, attributes } of columnsOf(world, keyOf("table", whole.name)))
    setIdentity(world, partition, lastPart(name), attributes.identity);
  passIdentityOn(world, partition);
}

/** A table that is no partition any more does not number, nor do its own partitions. */
export function releaseIdentity(world: World, partition: Table): void {
  if (world.postgres < 17) return;
  for (const table of [partition, ...descendants(world, partition)])
    for (const { name } of columnsOf(world, keyOf("table", table.name)))
      setIdentity(world, table, lastPart(name), undefined);
}

function setIdentity(
  world: World,
  table: Table,
  name: string,
  identity: "always" | "by default" | undefined,
) {
  const column = columnOf(world, table, name);
  if (!column || column.attributes.identity === identity) return;
  const { identity: _, ...attributes } = column.attributes;
  world.catalog.put({ ...column, attributes: { ...attributes, ...(identity && { identity }) } });
}

/** 55000, since 17: what becomes a partition numbers with the whole, and not by itself. True where it fails. */
export function refusesIdentityOf(world: World, partition: Table): boolean {
  const key = keyOf("table", partition.name);
  if (world.postgres < 17 || world.uncertain.has(key)) return false;
  const own = columnsOf(world, key).find(({ attributes }) => attributes.identity !== undefined);
  if (!own) return false;
  const [table, column] = [plainName(partition.name), quoteIdentifier(lastPart(own.name))];
  world.fail({
    reason: "refused",
    key,
    condition: "object_not_in_prerequisite_state",
    why: `${table} cannot be attached while its column ${column} is an identity column: since 17 a partition takes its numbers from the whole`,
    help: `before it\n  ALTER TABLE ${table} ALTER COLUMN ${column} DROP IDENTITY;`,
  });
  return true;
}
