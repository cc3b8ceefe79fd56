import type { CreateCastStmt, TypeName } from "@pgsql/types";
import { type Dependency, keyOf } from "../../model.ts";
import type { Handlers } from "../handlers.ts";
import { bareType } from "../routine-definition.ts";
import { resolveRoutine } from "../routines.ts";
import { resolveType } from "../type-names.ts";
import type { World } from "../world.ts";

export const castHandlers: Handlers = { CreateCastStmt: createCast };

/** `character varying AS public.mood`: a cast has no name but its types. */
export function castName(world: World, source: TypeName | undefined, target: TypeName | undefined): string {
  return [source, target].map((type) => bareType(resolveType(world, type).text)).join(" AS ");
}

function createCast(world: World, statement: CreateCastStmt): void {
  const { sourcetype, targettype, func, inout, context } = statement;
  const name = castName(world, sourcetype, targettype);
  const key = keyOf("cast", name);
  if (world.catalog.has(key)) {
    world.fail({ reason: "exists", key });
    return;
  }
  const [routine] = func ? resolveRoutine(world, func, ["function"]) : [];
  const dependsOn: Dependency[] = [sourcetype, targettype].flatMap(
    (type) => resolveType(world, type).dependsOn,
  );
  if (routine !== undefined) dependsOn.push({ on: routine, type: "normal" });
  const how = func
    ? `WITH FUNCTION ${(routine ?? "").slice("function ".length).replaceAll(", ", ",")}`
    : inout
      ? "WITH INOUT"
      : "WITHOUT FUNCTION";
  world.create({
    kind: "cast",
    name,
    attributes: { definition: how + (contexts[context ?? ""] ?? "") },
    dependsOn,
  });
}

const contexts: Readonly<Record<string, string>> = {
  COERCION_ASSIGNMENT: " AS ASSIGNMENT",
  COERCION_IMPLICIT: " AS IMPLICIT",
};
