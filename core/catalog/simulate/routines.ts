import type { ObjectWithArgs } from "@pgsql/types";
import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";
import { qualify } from "../quote-identifier.ts";
import { schemasToSearch, strings } from "./relations.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

export const routineKinds = ["function", "procedure", "aggregate"] as const;
export type RoutineKind = (typeof routineKinds)[number];

/** Routines of this name that could take so many arguments, those of the first schema of search_path that has any. */
export function findRoutines(
  world: World,
  names: readonly string[],
  argumentCount?: number,
  kinds: readonly RoutineKind[] = routineKinds,
): ObjectKey[] {
  const name = names.at(-1) ?? "";
  for (const schema of schemasToSearch(world, names.at(-2))) {
    const found: ObjectKey[] = [];
    for (const routine of overloads(world, schema, name, kinds))
      found.push(keyOf(routine.kind, routine.name));
    if (found.length === 0) continue;
    const exact = found.filter((key) => argumentCount === undefined || countOf(key) === argumentCount);
    return exact.length > 0 ? exact : found;
  }
  return [];
}

/** Every routine `schema.name(…)`; one in pg_temp hangs on no schema and is not among them. */
function* overloads(
  world: World,
  schema: string,
  name: string,
  kinds: readonly RoutineKind[],
): Generator<CatalogObject<RoutineKind>> {
  const prefix = `${qualify(schema, name)}(`;
  const schemaKey = keyOf("schema", qualify(schema));
  for (const object of world.catalog.namesakesOf({ kind: "function", name: prefix })) {
    if (!object.name.startsWith(prefix) || !object.dependsOn.some(({ on }) => on === schemaKey)) continue;
    for (const kind of kinds) if (object.kind === kind) yield object;
  }
}

function countOf(key: ObjectKey): number {
  const list = key.slice(key.indexOf("(") + 1, -1);
  return list === "" ? 0 : list.split(", ").length;
}

/** The key of `DROP FUNCTION f(integer)`; without an argument list the one routine of that name. */
export function resolveRoutine(
  world: World,
  object: ObjectWithArgs,
  kinds: readonly RoutineKind[],
): ObjectKey[] {
  const names = strings(object.objname);
  if (object.args_unspecified) return findRoutines(world, names, undefined, kinds);
  const types: string[] = [];
  for (const argument of object.objargs ?? []) {
    if ("TypeName" in argument) types.push(resolveType(world, argument.TypeName).text);
  }
  const list = `(${types.join(", ")})`;
  return findRoutines(world, names, undefined, kinds).filter((key) => key.endsWith(list));
}

/** The key that a missing routine would have. */
export function expectedRoutine(world: World, object: ObjectWithArgs, kind: RoutineKind): ObjectKey {
  const names = strings(object.objname);
  const schema = names.at(-2) ?? world.settings.searchPath[0] ?? "public";
  const types: string[] = [];
  for (const argument of object.objargs ?? []) {
    if ("TypeName" in argument) types.push(resolveType(world, argument.TypeName).text);
  }
  return keyOf(kind, `${qualify(schema, names.at(-1) ?? "")}(${types.join(", ")})`);
}
