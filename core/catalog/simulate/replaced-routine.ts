import type { CreateFunctionStmt, FunctionParameter, TypeName } from "@pgsql/types";
import { type CatalogObject, keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { strings } from "./relations.ts";
import { isInput, parametersOf, parsedRoutine, type RoutineText } from "./routine-definition.ts";
import type { World } from "./world.ts";

type Routine = CatalogObject<"function" | "procedure">;

/** CREATE OR REPLACE keeps the result, the names of the arguments and as many defaults; others may rely on them. */
export function keepsInterface(world: World, existing: Routine, now: RoutineText): boolean {
  const key = keyOf(existing.kind, existing.name);
  const name = plainName(existing.name);
  const why = changedInterface(existing.attributes, now);
  if (why === undefined || world.uncertain.has(key)) return true;
  world.fail({
    reason: "refused",
    key,
    condition: "invalid_function_definition",
    why: `CREATE OR REPLACE cannot change ${why} of ${existing.kind} ${name}`,
    help: `drop the ${existing.kind} before\n  DROP ${existing.kind.toUpperCase()} ${name};`,
  });
  return false;
}

/** What CREATE OR REPLACE would refuse to change. */
export function changedInterface(before: RoutineText, now: RoutineText): string | undefined {
  const [had, has] = [before, now].map(({ definition }) => parsedRoutine(definition));
  if (!had || !has) return undefined;
  if (unqualified(before.returns) !== unqualified(now.returns) || outputs(had) !== outputs(has))
    return "the result";
  const [inputs, wanted] = [had, has].map((it) => parametersOf(it).filter(isInput));
  for (const [index, { name }] of (inputs ?? []).entries()) {
    if (name && name !== wanted?.[index]?.name) return `the name of argument ${name}`;
  }
  return defaults(inputs) > defaults(wanted) ? "the defaults" : undefined;
}

/** A row of several OUT arguments is the same while their names and types are; a procedure always returns one. */
function outputs(statement: CreateFunctionStmt): string {
  const out = parametersOf(statement).filter(
    ({ mode }) => mode === "FUNC_PARAM_OUT" || mode === "FUNC_PARAM_INOUT" || mode === "FUNC_PARAM_TABLE",
  );
  if (out.length < 2 && !statement.is_procedure) return "";
  return out.map(({ name = "", argType }) => `${name} ${outputType(argType)}`).join(", ");
}

/** Without its schema, which may be written in one place and not in the other. */
function outputType(type: TypeName | undefined): string {
  return (strings(type?.names).at(-1) ?? "") + (type?.arrayBounds?.length ? "[]" : "");
}

function defaults(parameters: readonly FunctionParameter[] = []): number {
  return parameters.filter(({ defexpr }) => defexpr !== undefined).length;
}

/** A type that is not known may be written with its schema in one place and without in the other. */
function unqualified(type: string | undefined): string | undefined {
  return type?.replaceAll(/(?:"(?:[^"]|"")*"|\w+)\.(?=["\w])/g, "");
}
