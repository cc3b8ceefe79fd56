import { type Dependency, keyOf } from "../model.ts";
import { qualify } from "../quote-identifier.ts";
import type { World } from "./world.ts";

/** What everything in a schema depends on; a schema nobody made comes from outside of the scripts. */
export function schemaDependency(world: World, schema: string): Dependency[] {
  if (schema === "pg_temp" || schema === "pg_catalog") return [];
  const key = keyOf("schema", qualify(schema));
  if (!world.catalog.has(key)) {
    if (!world.mayAssume(key)) {
      world.fail({ reason: "missing", key });
      return [];
    }
    world.assume({ kind: "schema", name: qualify(schema), attributes: {}, dependsOn: [] });
  }
  return [{ on: key, type: "normal" }];
}
