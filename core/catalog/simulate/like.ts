import type { Constraint, Node, TableLikeClause } from "@pgsql/types";
import { parseSql } from "../../sql/parse.ts";
import { type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { lastPart, qualify, quoteIdentifier } from "../quote-identifier.ts";
import { type Column, nameParts, sequenceName } from "./columns.ts";
import { addConstraint } from "./constraints/add-constraint.ts";
import { validated } from "./constraints/constraint-flags.ts";
import { ownColumn } from "./descendants.ts";
import { chooseName, joinColumnNames } from "./generated-names.ts";
import { keyNames, putIndex } from "./indexes.ts";
import { columnKey, columnsOf, relationTaken, requireRelation, type Table } from "./relations.ts";
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
  statistics: 128,
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
          ...validated(attributes),
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
  if (wants(including.statistics)) copyStatistics(world, table, source, wants(including.comments));
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
  const counter = counterOf(world, source, lastPart(former));
  if (counter) copySequence(world, table, key, counter);
}

/** A partition counts with its whole, since 17. */
function counterOf(world: World, table: Table, column: string): CatalogObject<"sequence"> | undefined {
  const counter = [...world.catalog.dependentsOf(columnKey(table, column))].find(
    (it): it is CatalogObject<"sequence"> => it.kind === "sequence",
  );
  const whole = world.catalog.get("table", table.attributes.partitionOf ?? "");
  return counter ?? (whole && counterOf(world, whole, column));
}

function copySequence(
  world: World,
  table: Table,
  column: ObjectKey,
  counter: CatalogObject<"sequence">,
): void {
  const ownedBy = column.slice("column ".length);
  const { comment: _, privileges: __, ...attributes } = counter.attributes;
  // The copy says no type, and its bounds (generateSerialExtraStmts).
  world.create({
    ...counter,
    name: sequenceName(world, table, lastPart(ownedBy)),
    attributes: { ...attributes, type: "bigint", ownedBy },
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
  if (owner && owner.kind === "constraint") {
    const constraint = constraintOf(owner.attributes.definition);
    if (constraint)
      addConstraint(world, table, { ...constraint, options: optionNodes(index.attributes.options ?? []) });
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

/** The constraint that its definition spells: `UNIQUE (a) INCLUDE (b) DEFERRABLE`. */
function constraintOf(definition: string): Constraint | undefined {
  const node = parseSql(`ALTER TABLE t ADD ${definition}`).statements[0]?.node;
  const command = node && "AlterTableStmt" in node ? node.AlterTableStmt.cmds?.[0] : undefined;
  const def = command && "AlterTableCmd" in command ? command.AlterTableCmd.def : undefined;
  return def && "Constraint" in def ? def.Constraint : undefined;
}

function optionNodes(options: readonly string[]): Node[] {
  return options.map((option) => {
    const [defname = "", sval = ""] = option.split("=");
    return { DefElem: { defname, arg: { String: { sval } } } };
  });
}

/** Under names of their own: `t_a_b_stat`. */
function copyStatistics(world: World, table: Table, source: Table, comments: boolean): void {
  const { schema, name } = nameParts(table);
  const taken = (candidate: string) => world.catalog.has(keyOf("statistics", qualify(schema, candidate)));
  const found = [...world.catalog.childrenOf(keyOf("table", source.name))]
    .flatMap((child) => [...world.catalog.dependentsOf(keyOf(child.kind, child.name))])
    .filter((it) => it.kind === "statistics");
  for (const statistics of new Set(found)) {
    const { comment, ...attributes } = statistics.attributes;
    const definition = attributes.definition.replace(/ SET STATISTICS \d+$/, "");
    const chosen = qualify(schema, chooseName(name, statisticsColumns(definition), "stat", taken));
    world.create({
      ...statistics,
      name: chosen,
      attributes: {
        ...attributes,
        definition: definition
          .replace(` ${statistics.name} `, ` ${chosen} `)
          .replace(` FROM ${source.name}`, ` FROM ${table.name}`),
        ...(comments && comment !== undefined && { comment }),
      },
      dependsOn: [
        ...schemaDependency(world, schema),
        ...statistics.dependsOn
          .filter(({ on }) => !on.startsWith("schema "))
          .map((link) => ({ ...link, on: ownColumn(link.on, source, table) })),
      ],
    });
  }
}

/** What they are named after. */
function statisticsColumns(definition: string): string {
  const node = parseSql(definition).statements[0]?.node;
  const elements = node && "CreateStatsStmt" in node ? (node.CreateStatsStmt.exprs ?? []) : [];
  return elements
    .map((element) => ("StatsElem" in element && element.StatsElem.name ? element.StatsElem.name : "expr"))
    .join("_");
}
