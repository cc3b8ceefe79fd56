import type { IndexStmt, Node, RangeVar } from "@pgsql/types";
import { keyOf, type ObjectKey } from "../../model.ts";
import { sameSql } from "../../normalise-expression.ts";
import { plainName } from "../../plain-name.ts";
import { qualify } from "../../quote-identifier.ts";
import { clockIn } from "../clock.ts";
import { nameParts } from "../columns.ts";
import { requireColumn } from "../constraints/require-column.ts";
import { childrenOf } from "../descendants.ts";
import { describeIndex, type Indexed } from "../describe-index.ts";
import { chooseName, joinColumnNames, truncateIdentifier } from "../generated-names.ts";
import type { Handlers } from "../handlers.ts";
import { indexColumnNames, putIndex } from "../indexes.ts";
import { indexPartitions } from "../partition-indexes.ts";
import { holdsPartitionKey } from "../partitions.ts";
import { columnOf, findRelation, relationTaken, requireRelation, type Table } from "../relations.ts";
import type { World } from "../world.ts";

export const createIndexHandlers: Handlers = { IndexStmt: createIndex };

/** With those of INCLUDE, which are in its name too. */
export function allColumns({ indexParams = [], indexIncludingParams = [] }: IndexStmt): readonly Node[] {
  return [...indexParams, ...indexIncludingParams];
}

function createIndex(world: World, statement: IndexStmt): void {
  if (!statement.relation) return;
  const table = indexedTable(world, statement.relation);
  if (!table) return;
  const { schema, name: tableName } = nameParts(table);
  const name =
    truncateIdentifier(statement.idxname ?? "") ||
    chooseName(tableName, joinColumnNames(indexColumnNames(allColumns(statement))), "idx", (candidate) =>
      relationTaken(world, schema, candidate),
    );
  const fullName = qualify(schema, name);
  const key = keyOf("index", fullName);
  const taken = relationTaken(world, schema, name);
  const mode = statement.concurrent ? "SHARE UPDATE EXCLUSIVE" : "SHARE";
  if (statement.concurrent && refusesConcurrently(world, table)) return;
  if (refusesPartitioned(world, table)) return;
  // Whoever asks whether it is there waits for the lock all the same.
  world.lock(keyOf(table.kind, table.name), mode, { scan: !taken });
  if (!taken && refusesMoving(world, table, statement)) return;
  if (taken) {
    if (statement.if_not_exists) {
      world.skip(key);
      compareIndex(world, key, table, statement, name);
    } else world.fail({ reason: "exists", key });
    return;
  }
  if (table.kind === "table") {
    const keys = (statement.indexParams ?? []).flatMap((node) =>
      "IndexElem" in node ? (node.IndexElem.name ?? []) : [],
    );
    if (statement.unique && !holdsPartitionKey(world, table, "a unique index", keys)) return;
    for (const node of allColumns(statement)) {
      if ("IndexElem" in node && node.IndexElem.name && !requireColumn(world, table, node.IndexElem.name))
        return;
      if ("IndexElem" in node && refusesVirtual(world, table, node.IndexElem.name ?? "")) return;
    }
  }
  const alone = statement.relation.inh !== true;
  const isPartitioned = table.kind === "table" && table.attributes.partitionKey !== undefined;
  const described = describeIndex(world, table, statement, name);
  const made = putIndex(world, table, fullName, {
    ...described,
    // ON ONLY: valid once every partition has its own.
    attributes: {
      ...described.attributes,
      ...(alone && isPartitioned && childrenOf(world, table).length > 0 && { invalid: true as const }),
    },
  });
  const index = world.catalog.at(made);
  if (isPartitioned && index?.kind === "index" && !alone) {
    for (const { name } of indexPartitions(world, table, index)) {
      world.lock(keyOf("table", name), "SHARE", { scan: true });
    }
  }
}

/** 42P17: an index holds what was true when a row was written, and the clock goes on. True where it fails. */
function refusesMoving(world: World, table: Indexed, statement: IndexStmt): boolean {
  const clock = clockIn([statement.whereClause, ...(statement.indexParams ?? [])]);
  if (clock === undefined) return false;
  world.fail({
    reason: "refused",
    key: keyOf(table.kind, table.name),
    condition: "invalid_object_definition",
    why: `the index of ${plainName(table.name)} cannot depend on ${clock}, which is another one for every query`,
    help: "compare with a constant, or leave the condition out",
  });
  return true;
}

/** 0A000: a virtual column is nowhere until it is read. True where it fails. */
function refusesVirtual(world: World, table: Table, name: string): boolean {
  const column = columnOf(world, table, name);
  if (column?.attributes.generation !== "virtual") return false;
  world.fail({
    reason: "refused",
    key: keyOf("column", column.name),
    condition: "feature_not_supported",
    why: `${plainName(column.name)} is a virtual generated column, and has no index`,
    help: "index its expression instead, or make the column STORED",
  });
  return true;
}

/** A view holds no rows that an index could be built over. */
function indexedTable(world: World, relation: RangeVar): Indexed | undefined {
  const table =
    findRelation(world, relation, ["table", "materialized view", "view"]) ??
    requireRelation(world, relation, ["table", "materialized view"]);
  if (table?.kind === "table" || table?.kind === "materialized view") return table;
  if (table) {
    world.fail({
      reason: "refused",
      key: keyOf(table.kind, table.name),
      condition: "wrong_object_type",
      why: `${plainName(table.name)} is a view, and only tables and materialized views have indexes`,
      help: "make the index on the table that the view reads",
    });
  }
  return undefined;
}

/** 0A000: what is built CONCURRENTLY is built on each partition by itself. */
function refusesConcurrently(world: World, table: Indexed): boolean {
  if (table.kind !== "table" || table.attributes.partitionKey === undefined) return false;
  const whole = plainName(table.name);
  world.fail({
    reason: "refused",
    key: keyOf("table", table.name),
    condition: "feature_not_supported",
    why: `no index of the partitioned table ${whole} is built CONCURRENTLY`,
    help: `make it ON ONLY ${whole}, then CONCURRENTLY on each partition, and attach those to it`,
  });
  return true;
}

/** 42809: indexes of a whole came with 11. */
function refusesPartitioned(world: World, table: Indexed): boolean {
  if (world.postgres >= 11 || table.kind !== "table" || table.attributes.partitionKey === undefined)
    return false;
  world.fail({
    reason: "refused",
    key: keyOf("table", table.name),
    condition: "wrong_object_type",
    why: `before 11 a partitioned table, as ${plainName(table.name)} is, has no index`,
    help: "make it on each partition",
  });
  return true;
}

function compareIndex(
  world: World,
  key: ObjectKey,
  table: Indexed,
  statement: IndexStmt,
  name: string,
): void {
  const existing = world.catalog.at(key);
  if (existing?.kind !== "index") return;
  const { attributes } = describeIndex(world, table, statement, name);
  const [is, asked] = [existing.attributes.definition, attributes.definition];
  if (!sameSql(is, asked, "statement")) world.skipMismatch({ key, is, asked });
}
