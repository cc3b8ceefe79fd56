import type { TableLikeClause } from "@pgsql/types";
import { type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { lastPart, qualify, quoteIdentifier } from "../quote-identifier.ts";
import { type Column, nameParts, sequenceName } from "./columns.ts";
import { addConstraint } from "./constraints/add-constraint.ts";
import { ownColumn } from "./descendants.ts";
import { chooseName, joinColumnNames } from "./generated-names.ts";
import { keyNames, putIndex } from "./indexes.ts";
import { columnsOf, relationTaken, requireRelation, type Table } from "./relations.ts";
import { schemaDependency } from "./schema-dependency.ts";
import type { World } from "./world.ts";

/** Bits of TableLikeOption (src/include/nodes/parsenodes.h). */
export const including = {
  comments: 1,
  compression: 2,
  constraints: 4,
  defaults: 8,
  generated: 16,
  identity: 32,
  indexes: 64,
  storage: 256,
} as const;

/** CREATE TABLE … (LIKE other INCLUDING …): columns and NOT NULL always, the rest when asked for. */
export function copyLike(world: World, table: Table, clause: TableLikeClause): void {
  const source = clause.relation && requireRelation(world, clause.relation, ["table"]);
  if (source?.kind !== "table") return;
  const wants = (bit: number) => ((clause.options ?? 0) & bit) !== 0;
  for (const column of columnsOf(world, keyOf("table", source.name)))
    copyColumn(world, table, source, column, wants);
  for (const child of [...world.catalog.childrenOf(keyOf("table", source.name))]) {
    if (child.kind === "constraint" && child.attributes.type === "check" && wants(including.constraints)) {
      const { inherited: _, comment, ...attributes } = child.attributes;
      world.create({
        ...child,
        name: table.name + child.name.slice(source.name.length),
        parent: keyOf("table", table.name),
        attributes: {
          ...attributes,
          ...(wants(including.comments) && comment !== undefined && { comment }),
        },
        dependsOn: child.attributes.columns.map((column) => ({
          on: keyOf("column", `${table.name}.${column}`),
          type: "auto",
        })),
      });
    }
    if (child.kind === "index" && wants(including.indexes)) copyIndex(world, table, source, child);
  }
}

function copyColumn(
  world: World,
  table: Table,
  source: Table,
  { name: former, attributes, dependsOn }: Column,
  wants: (bit: number) => boolean,
): void {
  const { type, notNull, default: text, generated, generation, collation } = attributes;
  const { identity, storage, compression, comment } = attributes;
  const isGenerated = generated !== undefined && wants(including.generated);
  const isKept = (link: Dependency) =>
    // The copy is partitioned by nothing.
    link.type !== "internal" &&
    (link.part === "default"
      ? wants(including.defaults)
      : isGenerated || generated === undefined || !/^(?:column|function|operator|sequence) /.test(link.on));
  const name = `${table.name}.${quoteIdentifier(lastPart(former))}`;
  const key = world.create({
    kind: "column",
    name,
    parent: keyOf("table", table.name),
    position: world.catalog.columnsIn(keyOf("table", table.name)) + 1,
    attributes: {
      type,
      ...(notNull && { notNull }),
      ...(collation !== undefined && { collation }),
      ...(wants(including.defaults) && text !== undefined && { default: text }),
      ...(isGenerated && { generated, ...(generation && { generation }) }),
      ...(wants(including.identity) && identity && { identity }),
      ...(wants(including.storage) && storage !== undefined && { storage }),
      ...(wants(including.compression) && compression !== undefined && { compression }),
      ...(wants(including.comments) && comment !== undefined && { comment }),
    },
    dependsOn: dependsOn.filter(isKept).map((link) => ({ ...link, on: ownColumn(link.on, source, table) })),
  });
  if (!identity || !wants(including.identity)) return;
  const counter = [...world.catalog.dependentsOf(keyOf("column", former))].find(
    (it): it is CatalogObject<"sequence"> => it.kind === "sequence",
  );
  if (counter) copySequence(world, table, key, counter);
}

function copySequence(
  world: World,
  table: Table,
  column: ObjectKey,
  counter: CatalogObject<"sequence">,
): void {
  const ownedBy = column.slice("column ".length);
  const { comment: _, privileges: __, ...attributes } = counter.attributes;
  world.create({
    ...counter,
    name: sequenceName(world, table, lastPart(ownedBy)),
    attributes: { ...attributes, ownedBy },
    dependsOn: [...schemaDependency(world, nameParts(table).schema), { on: column, type: "internal" }],
  });
}

function copyIndex(
  world: World,
  table: Table,
  source: Table,
  index: Extract<Parameters<World["create"]>[0], { kind: "index" }>,
): void {
  const owner = index.attributes.constraint && world.catalog.at(index.attributes.constraint);
  const columns = index.attributes.columns.map(lastPart);
  if (owner && owner.kind === "constraint") {
    addConstraint(world, table, {
      contype: owner.attributes.type === "primary key" ? "CONSTR_PRIMARY" : "CONSTR_UNIQUE",
      keys: columns.map((sval) => ({ String: { sval } })),
    });
    return;
  }
  const { schema, name } = nameParts(table);
  const chosen = chooseName(
    name,
    joinColumnNames(keyNames([...index.attributes.columns, ...(index.attributes.include ?? [])])),
    "idx",
    (candidate) => relationTaken(world, schema, candidate),
  );
  const { constraint: _, ...attributes } = index.attributes;
  putIndex(world, table, qualify(schema, chosen), {
    attributes: {
      ...attributes,
      definition: attributes.definition
        .replace(` INDEX ${quoteIdentifier(lastPart(index.name))} `, ` INDEX ${quoteIdentifier(chosen)} `)
        .replace(` ON ${source.name} `, ` ON ${table.name} `),
    },
    dependsOn: index.attributes.columns.map((column) => ({
      on: keyOf("column", `${table.name}.${column}`),
      type: "auto",
    })),
  });
}
