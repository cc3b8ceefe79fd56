import type { CreateTableAsStmt, IntoClause, SelectStmt } from "@pgsql/types";
import { type Dependency, keyOf } from "../../model.ts";
import { qualify } from "../../quote-identifier.ts";
import { copyTree } from "../copy-tree.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { newRelation, persistence } from "../new-relation.ts";
import { options } from "../options.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { expandQuery, nameOutputs } from "../query/expand-query.ts";
import { readQuery } from "../query/read-query.ts";
import { strings } from "../relations.ts";
import { inTablespace } from "../tablespace.ts";
import type { World } from "../world.ts";

/** CREATE TABLE AS and CREATE MATERIALIZED VIEW. */
export const createTableAsHandlers: Handlers = { CreateTableAsStmt: createTableAs };

function createTableAs(world: World, statement: CreateTableAsStmt): void {
  const { into, query } = statement;
  if (!into || !query) return;
  if (!("SelectStmt" in query)) {
    world.notAnalysed("CREATE TABLE AS EXECUTE");
    return;
  }
  if (statement.objtype === "OBJECT_MATVIEW")
    createMaterializedView(world, into, query.SelectStmt, statement);
  else createFromQuery(world, into, query.SelectStmt, statement.if_not_exists === true);
}

/** CREATE TABLE AS and SELECT INTO: columns with the query's names and, where they can be told, its types. */
export function createFromQuery(
  world: World,
  into: IntoClause,
  query: SelectStmt,
  ifNotExists: boolean,
): void {
  const reading = readQuery(world, query);
  const target = newRelation(world, into.rel, ifNotExists);
  if (!target) return;
  for (const on of reading.relations) world.lock(on, statementLocks.read);
  const key = world.create({
    kind: "table",
    name: target.name,
    attributes: persistence(into.rel),
    dependsOn: target.dependsOn,
  });
  const names = into.colNames?.flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : [])) ?? [];
  if (!reading.columns) world.assumed.add(key);
  for (const [index, column] of (reading.columns ?? []).entries()) {
    const columnKey = world.create({
      kind: "column",
      name: `${target.name}.${qualify(names[index] ?? column.name)}`,
      parent: key,
      position: index + 1,
      attributes: { type: column.type ?? "unknown" },
      dependsOn: column.type === undefined ? [] : typeLinks(world, column.type),
    });
    if (column.type === undefined) world.uncertain.add(columnKey);
  }
}

/** What a type that is printed hangs on: `shop.kind[]`. */
function typeLinks(world: World, type: string): Dependency[] {
  const name = type.replace(/\[\]$/, "");
  return (["type", "domain"] as const)
    .map((kind) => keyOf(kind, name))
    .filter((key) => world.catalog.has(key))
    .map((on) => ({ on, type: "normal" }));
}

function createMaterializedView(
  world: World,
  into: IntoClause,
  query: SelectStmt,
  statement: CreateTableAsStmt,
): void {
  const copy = copyTree(query);
  const reading = readQuery(world, copy);
  expandQuery({ SelectStmt: copy }, reading);
  const target = newRelation(world, into.rel, statement.if_not_exists === true);
  if (!target) return;
  for (const on of reading.relations) world.lock(on, statementLocks.read);
  nameOutputs(copy, strings(into.colNames));
  const storage = options(into.options ?? []);
  world.create({
    kind: "materialized view",
    name: target.name,
    attributes: {
      definition: qualifiedSql(world, { SelectStmt: copy }),
      ...(into.skipData && { unpopulated: true as const }),
      ...(storage.length > 0 && { options: storage }),
      ...inTablespace(into.tableSpaceName),
    },
    dependsOn: [...target.dependsOn, ...[...reading.keys].map((on) => ({ on, type: "normal" as const }))],
  });
}
