import type { TableLikeClause } from "@pgsql/types";
import { keyOf } from "../model.ts";
import { lastPart, qualify, quoteIdentifier } from "../quote-identifier.ts";
import { nameParts } from "./columns.ts";
import { addConstraint } from "./constraints/add-constraint.ts";
import { chooseName, joinColumnNames } from "./generated-names.ts";
import { keyNames, putIndex } from "./indexes.ts";
import { columnsOf, relationTaken, requireRelation, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/** Bits of TableLikeOption (src/include/nodes/parsenodes.h). */
const including = { constraints: 4, defaults: 8, indexes: 64 } as const;

/** CREATE TABLE … (LIKE other INCLUDING …): columns and NOT NULL always, the rest when asked for. */
export function copyLike(world: World, table: Table, clause: TableLikeClause): void {
  const source = clause.relation && requireRelation(world, clause.relation, ["table"]);
  if (source?.kind !== "table") return;
  const wants = (bit: number) => ((clause.options ?? 0) & bit) !== 0;
  for (const column of columnsOf(world, keyOf("table", source.name))) {
    const {
      default: expression,
      identity: _,
      inherited: __,
      comment: ___,
      ...attributes
    } = column.attributes;
    world.create({
      kind: "column",
      name: `${table.name}.${quoteIdentifier(lastPart(column.name))}`,
      parent: keyOf("table", table.name),
      position: world.catalog.columnsIn(keyOf("table", table.name)) + 1,
      attributes: {
        ...attributes,
        ...(wants(including.defaults) && expression !== undefined && { default: expression }),
      },
      dependsOn: column.dependsOn.filter((link) => link.part !== "default" || wants(including.defaults)),
    });
  }
  for (const child of [...world.catalog.childrenOf(keyOf("table", source.name))]) {
    if (child.kind === "constraint" && child.attributes.type === "check" && wants(including.constraints)) {
      world.create({
        ...child,
        name: table.name + child.name.slice(source.name.length),
        parent: keyOf("table", table.name),
        dependsOn: child.attributes.columns.map((column) => ({
          on: keyOf("column", `${table.name}.${column}`),
          type: "auto",
        })),
      });
    }
    if (child.kind === "index" && wants(including.indexes)) copyIndex(world, table, source, child);
  }
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
