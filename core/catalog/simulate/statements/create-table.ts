import type { CreateStmt, PartitionSpec } from "@pgsql/types";
import { type CatalogObject, type Dependency, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { addColumn, mergeColumn } from "../columns.ts";
import { addConstraint } from "../constraints/add-constraint.ts";
import { type PendingConstraint, withoutTwins } from "../constraints/without-twins.ts";
import { inheritChecks, inheritColumns } from "../descendants.ts";
import type { Handlers } from "../handlers.ts";
import { copyLike } from "../like.ts";
import { newRelation, persistence } from "../new-relation.ts";
import { options } from "../options.ts";
import { inheritForeignKeys, lockReferenced } from "../partition-foreign-keys.ts";
import { takeIdentity } from "../partition-identity.ts";
import { inheritIndexes } from "../partition-indexes.ts";
import { inheritTriggers } from "../partition-triggers.ts";
import { partitionBound, partitionKey } from "../partitions.ts";
import { refusesBound } from "../refuses-bound.ts";
import { columnOf, findRelation, requireRelation, type Table } from "../relations.ts";
import { inTablespace } from "../tablespace.ts";
import { resolveType } from "../type-names.ts";
import type { World } from "../world.ts";
import { lockDefaultPartition } from "./alter-partition.ts";
import { partsOfField } from "./composite-type.ts";
import { foreignOptions } from "./foreign.ts";

export const createTableHandlers: Handlers = {
  CreateStmt: (world, statement) => createTable(world, statement, {}),
  CreateForeignTableStmt: (world, statement) => {
    if (!statement.base) return;
    const server = statement.servername ?? "";
    const on = keyOf("server", quoteIdentifier(server));
    createTable(
      world,
      statement.base,
      {
        server,
        replicaIdentity: "nothing",
        ...(statement.options?.length && { foreignOptions: [foreignOptions(statement.options)] }),
      },
      world.catalog.has(on) ? [{ on, type: "normal" }] : [],
    );
  },
};

function createTable(
  world: World,
  statement: CreateStmt,
  extra: Partial<CatalogObject<"table">["attributes"]>,
  links: readonly Dependency[] = [],
): void {
  const target = newRelation(world, statement.relation, statement.if_not_exists === true);
  if (!target) return;
  if (statement.partspec && statement.relation?.relpersistence === "u" && world.postgres >= 18) {
    world.fail({
      reason: "refused",
      key: keyOf("table", target.name),
      condition: "feature_not_supported",
      why: `a partitioned table cannot be UNLOGGED since PostgreSQL 18: ${plainName(target.name)} has no rows of its own`,
      help: "make its partitions UNLOGGED instead",
    });
    return;
  }
  const parents: Table[] = [];
  for (const node of statement.inhRelations ?? []) {
    const parent = "RangeVar" in node ? requireRelation(world, node.RangeVar, ["table"]) : undefined;
    if (parent?.kind !== "table") return;
    parents.push(parent);
    world.lock(
      keyOf("table", parent.name),
      statement.partbound ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE",
    );
  }
  const partitionParent = statement.partbound ? parents[0] : undefined;
  const bound = partitionParent && partitionBound(world, partitionParent, statement.partbound);
  if (partitionParent && bound !== undefined && refusesBound(world, partitionParent, bound)) return;
  const storage = options(statement.options ?? []);
  const type = statement.ofTypename && resolveType(world, statement.ofTypename);
  const dependsOn: Dependency[] = [
    ...target.dependsOn,
    ...links,
    ...(type?.dependsOn ?? []),
    ...parents.map((parent) => ({
      on: keyOf("table", parent.name),
      type: partitionParent ? ("auto" as const) : ("normal" as const),
    })),
  ];
  const table: Table = {
    kind: "table",
    name: target.name,
    attributes: {
      ...persistence(statement.relation),
      ...(statement.partspec && { partitionKey: partitionKey(world, statement.partspec) }),
      ...(partitionParent && {
        partitionOf: partitionParent.name,
        ...(bound !== undefined && { partitionBound: bound }),
      }),
      ...(!partitionParent && parents.length > 0 && { inherits: parents.map((parent) => parent.name) }),
      ...(type && { ofType: type.text }),
      ...(storage.length > 0 && { options: storage }),
      ...inTablespace(statement.tablespacename),
      ...(statement.accessMethod &&
        statement.accessMethod !== "heap" && { accessMethod: statement.accessMethod }),
      ...extra,
    },
    dependsOn,
  };
  world.create(table);
  for (const parent of parents) {
    inheritColumns(world, table, parent);
    inheritChecks(world, table, parent, true);
  }
  if (type) addFields(world, table, type.text);
  const pending: PendingConstraint[] = [];
  for (const element of statement.tableElts ?? []) {
    if ("ColumnDef" in element) {
      const { ColumnDef: def } = element;
      const known = columnOf(world, table, def.colname ?? "");
      // A partition and a table OF a type declare nothing themselves, they add to it.
      const isOwn = !partitionParent && type === undefined;
      pending.push(
        ...(known && (parents.length > 0 || type !== undefined)
          ? mergeColumn(world, table, known, def, isOwn)
          : addColumn(world, table, def)),
      );
    } else if ("Constraint" in element) pending.push({ constraint: element.Constraint });
    else if ("TableLikeClause" in element) copyLike(world, table, element.TableLikeClause);
    if (world.failed) return;
  }
  for (const node of statement.constraints ?? [])
    if ("Constraint" in node) pending.push({ constraint: node.Constraint });
  // PostgreSQL names checks first, then the indexes (primary key before unique), then foreign keys.
  const order = (type: string | undefined) =>
    type === "CONSTR_CHECK" || type === "CONSTR_NOTNULL"
      ? 0
      : type === "CONSTR_PRIMARY"
        ? 1
        : type === "CONSTR_FOREIGN"
          ? 3
          : 2;
  pending.sort((a, b) => order(a.constraint.contype) - order(b.constraint.contype));
  if (statement.partspec) pinPartitionKey(world, table, statement.partspec);
  for (const { constraint, column } of withoutTwins(pending)) {
    addConstraint(world, table, constraint, column);
    const target = constraint.pktable && findRelation(world, constraint.pktable, ["table"]);
    if (target) world.lock(keyOf("table", target.name), "SHARE ROW EXCLUSIVE");
    if (world.failed) return;
  }
  if (!partitionParent) return;
  lockDefaultPartition(world, partitionParent, table, true);
  inheritIndexes(world, table, partitionParent);
  lockReferenced(world, partitionParent, table, true);
  inheritForeignKeys(world, table, partitionParent);
  takeIdentity(world, table, partitionParent);
  inheritTriggers(world, table, partitionParent);
}

/** The columns of a typed table are the fields of its type. */
function addFields(world: World, table: Table, type: string): void {
  const found = world.catalog.get("type", type);
  for (const [index, field] of (found?.attributes.fields ?? []).entries()) {
    const { name, type, collation } = partsOfField(field);
    const bare = type.replace(/\[\]$/, "");
    world.create({
      kind: "column",
      name: `${table.name}.${name}`,
      parent: keyOf("table", table.name),
      position: index + 1,
      attributes: { type, ...(collation !== undefined && { collation }) },
      dependsOn:
        found?.dependsOn.filter(({ on }) => on === keyOf("type", bare) || on === keyOf("domain", bare)) ?? [],
    });
  }
}

/** A column of the partition key cannot go without its table. */
function pinPartitionKey(world: World, table: Table, { partParams }: PartitionSpec): void {
  for (const node of partParams ?? []) {
    const name = "PartitionElem" in node ? node.PartitionElem.name : undefined;
    const column = name && columnOf(world, table, name);
    if (!column) continue;
    const on = keyOf("table", table.name);
    world.catalog.put({ ...column, dependsOn: [...column.dependsOn, { on, type: "internal" }] });
  }
}
