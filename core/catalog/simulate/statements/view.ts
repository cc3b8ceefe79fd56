import type { ViewStmt } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { type CatalogObject, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { qualify } from "../../quote-identifier.ts";
import { hasRefreshKey } from "../../refresh-key.ts";
import { copyTree } from "../copy-tree.ts";
import { truncateIdentifier } from "../generated-names.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { options } from "../options.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { expandQuery, nameOutputs } from "../query/expand-query.ts";
import { outputNames } from "../query/output-names.ts";
import { type QueryReading, readQuery } from "../query/read-query.ts";
import { creationSchema, relationTaken, requireRelation, strings } from "../relations.ts";
import { schemaDependency } from "../schema-dependency.ts";
import type { World } from "../world.ts";

export const viewHandlers: Handlers = {
  ViewStmt: createView,
  RefreshMatViewStmt: (world, statement) => {
    const view = statement.relation && requireRelation(world, statement.relation, ["materialized view"]);
    if (view?.kind !== "materialized view") return;
    if (statement.concurrent && refusesConcurrently(world, view)) return;
    const key = keyOf("materialized view", view.name);
    world.lock(key, statement.concurrent ? statementLocks.refreshConcurrently : statementLocks.refresh, {
      rewrite: !statement.concurrent,
      scan: statement.concurrent === true,
    });
    const { unpopulated: _, ...attributes } = view.attributes;
    world.alter({
      ...view,
      attributes: statement.skipData ? { ...attributes, unpopulated: true } : attributes,
    });
  },
};

/** 55000: CONCURRENTLY compares what is there with what comes, row by row. */
function refusesConcurrently(world: World, view: CatalogObject<"materialized view">): boolean {
  const key = keyOf("materialized view", view.name);
  const name = plainName(view.name);
  const refuse = (condition: string, why: string, help: string) => {
    world.fail({ reason: "refused", key, condition, why, help });
    return true;
  };
  if (!hasRefreshKey(world.catalog, view))
    return refuse(
      "object_not_in_prerequisite_state",
      `${name} has no unique index over plain columns, by which REFRESH … CONCURRENTLY tells its rows apart`,
      `make one before\n  CREATE UNIQUE INDEX CONCURRENTLY … ON ${name} (…);`,
    );
  if (!view.attributes.unpopulated) return false;
  return refuse(
    "feature_not_supported",
    `${name} was never filled, so REFRESH … CONCURRENTLY has nothing to compare with`,
    "leave CONCURRENTLY out this once: nobody can read it yet",
  );
}

function createView(world: World, statement: ViewStmt): void {
  const { view } = statement;
  const query = copyTree(statement.query);
  if (!view || !query || !("SelectStmt" in query)) return;
  const reading = readQuery(world, query.SelectStmt);
  expandQuery(query, reading);
  for (const name of reading.missing) {
    if (!requireRelation(world, name, ["table"])) return;
  }
  const schema = creationSchema(world, view);
  const relname = truncateIdentifier(view.relname ?? "");
  const name = qualify(schema, relname);
  const key = keyOf("view", name);
  const existing = world.catalog.at(key);
  if (existing ? !statement.replace : relationTaken(world, schema, relname)) {
    world.fail({ reason: "exists", key });
    return;
  }
  if (existing) world.lock(key, "ACCESS EXCLUSIVE");
  for (const on of reading.relations) world.lock(on, "ACCESS SHARE");
  const aliases = strings(statement.aliases);
  const viewOptions = options(statement.options ?? []);
  if (statement.withCheckOption === "LOCAL_CHECK_OPTION") viewOptions.push("check_option=local");
  if (statement.withCheckOption === "CASCADED_CHECK_OPTION") viewOptions.push("check_option=cascaded");
  const kept = existing?.kind === "view" ? existing.attributes : {};
  const { options: _, ...common } = kept as { options?: readonly string[] };
  const named = nameOutputs(query.SelectStmt, aliases);
  const text = qualifiedSql(world, query);
  const definition =
    aliases.length && !named ? `WITH v(${aliases.join(", ")}) AS (${text}) SELECT * FROM v` : text;
  if (existing?.kind === "view" && !keepsColumns(world, existing, definition)) return;
  if (existing?.kind === "view" && !keepsTypes(world, existing, reading.columns)) return;
  world.create({
    kind: "view",
    name,
    attributes: {
      ...common,
      definition,
      ...(viewOptions.length > 0 && { options: viewOptions.sort() }),
    },
    dependsOn: [
      ...schemaDependency(world, schema),
      ...[...reading.keys].filter((on) => on !== key).map((on) => ({ on, type: "normal" as const })),
    ],
  });
}

/** CREATE OR REPLACE keeps the columns that the view has, under their names, and may add others behind them. */
function keepsColumns(world: World, { name, attributes }: CatalogObject<"view">, now: string): boolean {
  const key = keyOf("view", name);
  const [had, has] = [outputNames(attributes.definition), outputNames(now)];
  if (!had || !has || world.uncertain.has(key)) return true;
  const place = had.findIndex((column, index) => column !== (has[index] ?? column));
  const [from, to] = [had[place], has[place]];
  const isRenamed = from !== undefined && to !== undefined && !isUnnamed(from) && !isUnnamed(to);
  if (!isRenamed && (place >= 0 || has.length >= had.length)) return true;
  const view = plainName(name);
  world.fail({
    reason: "refused",
    key,
    condition: "invalid_table_definition",
    why: isRenamed
      ? `CREATE OR REPLACE cannot turn column ${from} of view ${view} into ${to}`
      : `CREATE OR REPLACE cannot take column ${had[has.length]} from view ${view}`,
    help: `drop the view before\n  DROP VIEW ${view};`,
  });
  return false;
}

/** A column that a view reads keeps its type, so the former query still tells those of the view. */
function keepsTypes(
  world: World,
  { name, attributes }: CatalogObject<"view">,
  now: QueryReading["columns"],
): boolean {
  const key = keyOf("view", name);
  const node = parseSql(attributes.definition).statements[0]?.node;
  if (!node || !("SelectStmt" in node) || world.uncertain.has(key)) return true;
  for (const [index, { type, name: column }] of (readQuery(world, node.SelectStmt).columns ?? []).entries()) {
    const { name: same, type: wanted } = now?.[index] ?? {};
    if (same !== column || type === undefined || wanted === undefined || type === wanted) continue;
    const view = plainName(name);
    world.fail({
      reason: "refused",
      key,
      condition: "invalid_table_definition",
      why: `CREATE OR REPLACE cannot turn column ${column} of view ${view} from ${type} into ${wanted}`,
      help: `drop the view before\n  DROP VIEW ${view};`,
    });
    return false;
  }
  return true;
}

function isUnnamed(column: string): boolean {
  return column === "?column?";
}
