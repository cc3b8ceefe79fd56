import type { ViewStmt } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { qualify } from "../../quote-identifier.ts";
import { copyTree } from "../copy-tree.ts";
import { truncateIdentifier } from "../generated-names.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { options } from "../options.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { expandQuery, nameOutputs } from "../query/expand-query.ts";
import { readQuery } from "../query/read-query.ts";
import { creationSchema, relationTaken, requireRelation, strings } from "../relations.ts";
import { schemaDependency } from "../schema-dependency.ts";
import type { World } from "../world.ts";

export const viewHandlers: Handlers = {
  ViewStmt: createView,
  RefreshMatViewStmt: (world, statement) => {
    const view = statement.relation && requireRelation(world, statement.relation, ["materialized view"]);
    if (view?.kind !== "materialized view") return;
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
  world.create({
    kind: "view",
    name,
    attributes: {
      ...common,
      definition:
        aliases.length && !named ? `WITH v(${aliases.join(", ")}) AS (${text}) SELECT * FROM v` : text,
      ...(viewOptions.length > 0 && { options: viewOptions.sort() }),
    },
    dependsOn: [
      ...schemaDependency(world, schema),
      ...[...reading.keys].filter((on) => on !== key).map((on) => ({ on, type: "normal" as const })),
    ],
  });
}
