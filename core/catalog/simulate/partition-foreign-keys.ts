import { type CatalogObject, type Dependency, keyOf } from "../model.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";
import { nameParts } from "./columns.ts";
import { withFlags } from "./constraints/constraint-flags.ts";
import { constraintTaken } from "./constraints/put-constraint.ts";
import { partitionsOf } from "./descendants.ts";
import { chooseName, joinColumnNames } from "./generated-names.ts";
import { keyNames } from "./indexes.ts";
import type { Table } from "./relations.ts";
import type { World } from "./world.ts";

type ForeignKey = CatalogObject<"constraint">;

/**
 * Gives a partition the foreign keys of its whole, and its own partitions theirs (CloneFkReferencing): where a row has
 * to be looked up. One that is there already is taken instead.
 */
export function inheritForeignKeys(world: World, partition: Table, parent: Table): Table[] {
  return foreignKeysOf(world, parent).flatMap((key) => inherit(world, partition, parent, key));
}

/**
 * The tables that those keys point to: one key comes or goes there, by its triggers. Where the partition had one that
 * becomes a part of the whole's, the triggers of its own are dropped.
 */
export function lockReferenced(world: World, parent: Table, partition: Table, comes: boolean): void {
  const own = foreignKeysOf(world, partition);
  for (const whole of foreignKeysOf(world, parent)) {
    const drops = comes && own.some((key) => isEqual(world, key, whole));
    lockTarget(world, whole, drops);
  }
}

/** `drops`: triggers go. */
export function lockTarget(world: World, { attributes: { references } }: ForeignKey, drops: boolean): void {
  const target = keyOf("table", references ?? "");
  if (world.catalog.has(target)) world.lock(target, drops ? "ACCESS EXCLUSIVE" : "SHARE ROW EXCLUSIVE");
}

function inherit(world: World, partition: Table, parent: Table, whole: ForeignKey): Table[] {
  const own = foreignKeysOf(world, partition);
  const wholeKey = keyOf("constraint", whole.name);
  if (own.some(({ dependsOn }) => dependsOn.some(({ on }) => on === wholeKey))) return [];
  const equal = own.find((key) => isEqual(world, key, whole));
  const links: Dependency[] = [
    { on: wholeKey, type: "auto" },
    { on: keyOf("table", partition.name), type: "auto" },
  ];
  const part: ForeignKey = equal
    ? {
        ...equal,
        attributes: withFlags({ ...equal.attributes, inherited: true }, whole.attributes),
        dependsOn: [...equal.dependsOn, ...links],
      }
    : copyOf(world, partition, parent, whole, links);
  if (equal) world.alter(part);
  else world.create(part);
  const below = partitionsOf(world, partition).flatMap((child) => inherit(world, child, partition, part));
  const isKnown = equal !== undefined && !equal.attributes.notValidated;
  return isKnown || whole.attributes.notValidated ? below : [partition, ...below];
}

/** A key that another whole gave to the partition stays with it. Since 18 one that is not valid yet is validated. */
function isEqual({ postgres }: World, { attributes: own }: ForeignKey, { attributes: whole }: ForeignKey) {
  if (own.inherited) return false;
  const { notValidated } = whole;
  const { definition } = postgres >= 18 ? withFlags(own, { ...own, notValidated }) : own;
  return definition === whole.definition;
}

function copyOf(
  world: World,
  partition: Table,
  parent: Table,
  whole: ForeignKey,
  links: readonly Dependency[],
): ForeignKey {
  const called = (name: string) => `${partition.name}.${quoteIdentifier(name)}`;
  const isTaken = (name: string) => world.catalog.has(keyOf("constraint", called(name)));
  const same = lastPart(whole.name);
  const name = called(isTaken(same) ? otherName(world, partition, whole, isTaken) : same);
  const { comment: _, ...attributes } = whole.attributes;
  const start = keyOf("column", `${parent.name}.`);
  const isInherited = ({ on }: Dependency) =>
    on.startsWith("constraint ") || on === keyOf("table", parent.name);
  return {
    ...whole,
    name,
    parent: keyOf("table", partition.name),
    attributes: { ...attributes, inherited: true },
    dependsOn: [
      ...whole.dependsOn
        .filter((link) => !isInherited(link))
        .map((link) => ({
          ...link,
          on:
            link.type === "auto" && link.on.startsWith(start)
              ? keyOf("column", `${partition.name}.${link.on.slice(start.length)}`)
              : link.on,
        })),
      ...links,
    ],
  };
}

/** Since 18 the name of the whole with a number (ChooseConstraintName without a second name). */
function otherName(
  world: World,
  partition: Table,
  whole: ForeignKey,
  isTaken: (name: string) => boolean,
): string {
  const { schema, name } = nameParts(partition);
  if (world.postgres < 18) {
    const columns = joinColumnNames(keyNames(whole.attributes.columns));
    return chooseName(name, columns, "fkey", (it) => constraintTaken(world, partition, schema, it));
  }
  let number = 1;
  while (isTaken(`${lastPart(whole.name)}_${number}`)) number++;
  return `${lastPart(whole.name)}_${number}`;
}

function foreignKeysOf(world: World, table: Table): ForeignKey[] {
  return [...world.catalog.childrenOf(keyOf("table", table.name))].filter(
    (child): child is ForeignKey => child.kind === "constraint" && child.attributes.type === "foreign key",
  );
}
