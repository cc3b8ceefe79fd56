import type { CreateFunctionStmt, FunctionParameter } from "@pgsql/types";
import { type CatalogObject, keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { isInput, parametersOf, parsedRoutine, type RoutineText } from "./routine-definition.ts";
import type { World } from "./world.ts";

type Routine = CatalogObject<"function" | "procedure">;

/** CREATE OR REPLACE keeps the result, the names of the arguments and as many defaults; others may rely on them. */
export function keepsInterface(world: World, existing: Routine, now: RoutineText): boolean {
  const key = keyOf(existing.kind, existing.name);
  const [had, has] = [existing.attributes.definition, now.definition].map(parsedRoutine);
  if (!had || !has || world.uncertain.has(key)) return true;
  const name = plainName(existing.name);
  const why = whatChanges(existing.attributes.returns, now.returns, had, has);
  if (why === undefined) return true;
  world.fail({
    reason: "refused",
    key,
    condition: "invalid_function_definition",
    why: `CREATE OR REPLACE cannot change ${why} of ${existing.kind} ${name}`,
    help: `drop the ${existing.kind} before\n  DROP ${existing.kind.toUpperCase()} ${name};`,
  });
  return false;
}

function whatChanges(
  returned: string | undefined,
  returns: string | undefined,
  had: CreateFunctionStmt,
  has: CreateFunctionStmt,
): string | undefined {
  if (unqualified(returned) !== unqualified(returns) || outputs(had) !== outputs(has)) return "the result";
  const [before, after] = [had, has].map((it) => parametersOf(it).filter(isInput));
  for (const [index, { name }] of (before ?? []).entries()) {
    if (name && name !== after?.[index]?.name) return `the name of argument ${name}`;
  }
  return defaults(before) > defaults(after) ? "the defaults" : undefined;
}

/** A row of several OUT arguments is the same while their names and types are. */
function outputs(statement: CreateFunctionStmt): string {
  const out = parametersOf(statement).filter(
    ({ mode }) => mode === "FUNC_PARAM_OUT" || mode === "FUNC_PARAM_INOUT" || mode === "FUNC_PARAM_TABLE",
  );
  return out.length < 2 ? "" : out.map(({ name }) => name ?? "").join(", ");
}

function defaults(parameters: readonly FunctionParameter[] = []): number {
  return parameters.filter(({ defexpr }) => defexpr !== undefined).length;
}

/** A type that is not known may be written with its schema in one place and without in the other. */
function unqualified(type: string | undefined): string | undefined {
  return type?.replaceAll(/(?:"(?:[^"]|"")*"|\w+)\.(?=["\w])/g, "");
}
