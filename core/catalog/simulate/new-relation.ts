import type { RangeVar } from "@pgsql/types";
import { type Dependency, keyOf } from "../model.ts";
import { qualify } from "../quote-identifier.ts";
import { truncateIdentifier } from "./generated-names.ts";
import { creationSchema, findRelation, relationTaken } from "./relations.ts";
import { schemaDependency } from "./schema-dependency.ts";
import type { World } from "./world.ts";

/** Where the new relation goes; undefined when it is there already or its schema is not. */
export function newRelation(
  world: World,
  relation: RangeVar | undefined,
  ifNotExists: boolean,
): { readonly name: string; readonly dependsOn: readonly Dependency[] } | undefined {
  const schema = creationSchema(world, relation);
  const relname = truncateIdentifier(relation?.relname ?? "");
  const name = qualify(schema, relname);
  if (relationTaken(world, schema, relname)) {
    const existing = findRelation(world, { schemaname: schema, relname });
    const key = existing ? keyOf(existing.kind, existing.name) : keyOf("table", name);
    if (ifNotExists) world.skip(key);
    else world.fail({ reason: "exists", key });
    return undefined;
  }
  return { name, dependsOn: schemaDependency(world, schema) };
}

export function persistence(relation: RangeVar | undefined): { persistence?: "unlogged" | "temporary" } {
  if (relation?.relpersistence === "t") return { persistence: "temporary" };
  return relation?.relpersistence === "u" ? { persistence: "unlogged" } : {};
}
