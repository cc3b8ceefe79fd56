import { type CatalogObject, type Dependency, keyOf } from "../model.ts";
import { lastPart, qualify, quoteIdentifier } from "../quote-identifier.ts";
import { nameParts } from "./columns.ts";
import { partitionsOf } from "./descendants.ts";
import { chooseName, joinColumnNames } from "./generated-names.ts";
import { keyNames, onlyOf } from "./indexes.ts";
import { holdsPartitionKey } from "./partitions.ts";
import { primaryKeyOf, relationTaken, setNotNull, type Table } from "./relations.ts";
import type { World } from "./world.ts";

type Index = CatalogObject<"index">;

/** Gives every partition of the index's table an index of its own, and theirs (DefineIndex, recursing): where one is built. */
export function indexPartitions(world: World, table: Table, index: Index): Table[] {
  return partitionsOf(world, table).flatMap((partition) => indexPartition(world, table, index, partition));
}

/** A new partition gets all the indexes of its parent, those of keys with their constraints: where one is built. */
export function inheritIndexes(world: World, partition: Table, parent: Table): Table[] {
  return [...world.catalog.childrenOf(keyOf("table", parent.name))].flatMap((index) =>
    index.kind === "index" ? indexPartition(world, parent, index, partition) : [],
  );
}

function indexPartition(world: World, table: Table, index: Index, partition: Table): Table[] {
  const owner = index.attributes.constraint && world.catalog.at(index.attributes.constraint);
  const constraint = owner && owner.kind === "constraint" ? owner : undefined;
  const primary = constraint?.attributes.type === "primary key";
  const equal = equalIndex(world, index, constraint, partition);
  if (equal) {
    const others = constraint
      ? equal.dependsOn
      : equal.dependsOn.filter(({ on }) => !isTableOf(partition, on));
    const dependsOn = [...others, ...partitionLinks(index.name, partition)];
    world.alter({ ...equal, attributes: { ...equal.attributes, partitionOf: index.name }, dependsOn });
    if (constraint) followConstraint(world, equal, constraint, partition);
    return [];
  }
  if (primary && primaryKeyOf(world, partition)) return [];
  const what = primary ? "the primary key" : constraint ? "UNIQUE" : "a unique index";
  const isKey = index.attributes.unique === true && constraint?.attributes.type !== "exclusion";
  if (isKey && !holdsPartitionKey(world, partition, what, index.attributes.columns.map(lastPart))) return [];
  const { schema, name } = nameParts(partition);
  const exclusion = constraint?.attributes.type === "exclusion";
  const label = primary ? "pkey" : exclusion ? "excl" : constraint ? "key" : "idx";
  const columns = joinColumnNames(
    keyNames([...index.attributes.columns, ...(index.attributes.include ?? [])]),
  );
  const chosen = chooseName(name, primary ? undefined : columns, label, (candidate) =>
    relationTaken(world, schema, candidate),
  );
  const own = constraint && copyConstraint(world, constraint, partition, chosen);
  const { constraint: _, comment: __, invalid: ___, ...attributes } = index.attributes;
  const made: Index = {
    kind: "index",
    name: qualify(schema, chosen),
    parent: keyOf("table", partition.name),
    attributes: {
      ...attributes,
      definition: attributes.definition.replace(
        ` INDEX ${quoteIdentifier(lastPart(index.name))} ON ONLY ${table.name} `,
        ` INDEX ${quoteIdentifier(chosen)} ON ${onlyOf(partition)}${partition.name} `,
      ),
      partitionOf: index.name,
      ...(own && { constraint: own }),
    },
    dependsOn: attached(index, partition, own, table),
  };
  world.create(made);
  return [partition, ...indexPartitions(world, partition, made)];
}

/** An index that the partition has already is taken, instead of another one like it; that of a key with its constraint. */
function equalIndex(
  world: World,
  index: Index,
  constraint: CatalogObject<"constraint"> | undefined,
  partition: Table,
): Index | undefined {
  const shape = (definition: string) => definition.slice(definition.indexOf(" USING "));
  for (const own of world.catalog.childrenOf(keyOf("table", partition.name))) {
    if (own.kind !== "index" || own.attributes.partitionOf) continue;
    const holder = own.attributes.constraint && world.catalog.at(own.attributes.constraint);
    const type = holder && holder.kind === "constraint" ? holder.attributes.type : undefined;
    if (type !== constraint?.attributes.type) continue;
    const same = shape(own.attributes.definition) === shape(index.attributes.definition);
    if (same && own.attributes.unique === index.attributes.unique) return own;
  }
  return undefined;
}

function isTableOf(partition: Table, on: string): boolean {
  return on === keyOf("table", partition.name);
}

/** The key of the partition is a part of the key of the whole. */
export function followConstraint(
  world: World,
  index: Index,
  whole: CatalogObject<"constraint">,
  partition: Table,
): void {
  const own = world.catalog.at(index.attributes.constraint ?? "");
  if (own?.kind !== "constraint") return;
  world.alter({
    ...own,
    attributes: { ...own.attributes, inherited: true },
    dependsOn: [
      ...own.dependsOn,
      { on: keyOf("constraint", whole.name), type: "auto" },
      { on: keyOf("table", partition.name), type: "auto" },
    ],
  });
}

/** A table that is no partition any more keeps its indexes, keys and foreign keys, and they are its own. */
export function releaseParts(world: World, partition: Table): void {
  const table = keyOf("table", partition.name);
  for (const part of [...world.catalog.childrenOf(table)]) {
    if (part.kind === "index" && part.attributes.partitionOf) {
      const { partitionOf, ...attributes } = part.attributes;
      const others = part.dependsOn.filter(({ on }) => on !== keyOf("index", partitionOf) && on !== table);
      // What is indexed by expressions alone hangs on the table.
      const plain = attributes.columns.some((name) => world.catalog.has(`column ${partition.name}.${name}`));
      const hangs = plain ? [] : [{ on: table, type: "auto" as const }];
      world.alter({ ...part, attributes, dependsOn: [...others, ...hangs] });
    } else if (part.kind === "constraint" && part.attributes.inherited && isPart(part)) {
      const { inherited: _, ...attributes } = part.attributes;
      const dependsOn = part.dependsOn.filter(({ on }) => !on.startsWith("constraint ") && on !== table);
      world.alter({ ...part, attributes, dependsOn });
    }
  }
}

/** A CHECK and NOT NULL are only like those of the whole. */
function isPart({ attributes: { type } }: CatalogObject<"constraint">): boolean {
  return type !== "check" && type !== "not null";
}

function attached(
  index: Index,
  partition: Table,
  constraint: string | undefined,
  table: Table,
): Dependency[] {
  const start = keyOf("column", `${table.name}.`);
  const links = index.dependsOn
    .filter(({ on, type }) => type !== "internal" && !on.startsWith("table ") && !on.startsWith("index "))
    .map((link) => ({
      ...link,
      on: link.on.startsWith(start)
        ? keyOf("column", `${partition.name}.${link.on.slice(start.length)}`)
        : link.on,
    }));
  return [
    ...(constraint === undefined ? links : [{ on: constraint, type: "internal" as const }, ...links]),
    ...partitionLinks(index.name, partition),
  ];
}

/** What the index of a partition hangs on: the index of the whole and the partition (DEPENDENCY_PARTITION_PRI, _SEC). */
export function partitionLinks(whole: string, partition: Table): Dependency[] {
  return [
    { on: keyOf("index", whole), type: "auto" },
    { on: keyOf("table", partition.name), type: "auto" },
  ];
}

function copyConstraint(
  world: World,
  constraint: CatalogObject<"constraint">,
  partition: Table,
  name: string,
): string {
  const { comment: _, ...attributes } = constraint.attributes;
  if (attributes.type === "primary key") {
    for (const column of attributes.columns) setNotNull(world, partition, lastPart(column));
  }
  return world.create({
    ...constraint,
    name: `${partition.name}.${quoteIdentifier(name)}`,
    parent: keyOf("table", partition.name),
    attributes: { ...attributes, inherited: true },
    dependsOn: [
      ...attributes.columns.map((column) => ({
        on: keyOf("column", `${partition.name}.${column}`),
        type: "auto" as const,
      })),
      { on: keyOf("constraint", constraint.name), type: "auto" },
      { on: keyOf("table", partition.name), type: "auto" },
    ],
  });
}
