import type { AlterFunctionStmt, CreateFunctionStmt, DefineStmt } from "@pgsql/types";
import { literal } from "../../../sql/literal.ts";
import {
  type AttributesOf,
  type CatalogObject,
  type Dependency,
  keyOf,
  type ObjectKey,
  type ObjectKind,
} from "../../model.ts";
import { schemaOf } from "../../schema-of.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import { followDependent } from "../extension-dependents.ts";
import type { Handlers } from "../handlers.ts";
import { optionNamed, optionValue } from "../options.ts";
import { withoutWholes } from "../query/needs.ts";
import { readQuery } from "../query/read-query.ts";
import { creationName } from "../relations.ts";
import { keepsInterface } from "../replaced-routine.ts";
import {
  bareType,
  isInput,
  languageOf,
  parametersOf,
  parsedRoutine,
  routineDefinition,
} from "../routine-definition.ts";
import { resolveRoutine, routineKinds } from "../routines.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { resolveType } from "../type-names.ts";
import { walk } from "../walk.ts";
import type { World } from "../world.ts";
import { queryOf, writtenBy } from "../written-by.ts";
import { alterOperator, calledBy, createOperator } from "./operator.ts";

export const routineHandlers: Handlers = {
  CreateFunctionStmt: createRoutine,
  AlterFunctionStmt: alterRoutine,
  AlterOperatorStmt: alterOperator,
  DefineStmt: define,
};

function createRoutine(world: World, statement: CreateFunctionStmt): void {
  const kind = statement.is_procedure ? "procedure" : "function";
  const base = creationName(world, statement.funcname);
  const inputs = parametersOf(statement)
    .filter(isInput)
    .map((parameter) => bareType(resolveType(world, parameter.argType).text));
  const name = `${base}(${inputs.join(", ")})`;
  const key = keyOf(kind, name);
  const existing = world.catalog.at(key);
  if (existing && !statement.replace) {
    world.fail({ reason: "exists", key });
    return;
  }
  const text = routineDefinition(world, statement, base);
  if (existing?.kind === kind && !keepsInterface(world, existing, text)) return;
  // ALTER FUNCTION … DEPENDS ON EXTENSION does not outlive it (ProcedureCreate).
  if (existing) followDependent(world.catalog, existing);
  world.create({
    kind,
    name,
    attributes: { ...(existing?.kind === kind && keptAttributes(existing.attributes)), ...text },
    dependsOn: [
      ...schemaDependency(world, unquoted(schemaOf({ name }))),
      ...routineDependencies(world, statement),
    ],
  });
}

/** What CREATE OR REPLACE leaves as it was. */
function keptAttributes({ comment, owner, privileges }: AttributesOf["function"]) {
  return {
    ...(comment !== undefined && { comment }),
    ...(owner !== undefined && { owner }),
    ...(privileges !== undefined && { privileges }),
  };
}

/** The types of arguments and result, and what the defaults use; a body that is a string is not looked into. */
function routineDependencies(world: World, statement: CreateFunctionStmt): Dependency[] {
  const dependsOn: Dependency[] = [];
  for (const { argType, defexpr } of parametersOf(statement)) {
    dependsOn.push(...resolveType(world, argType).dependsOn);
    dependsOn.push(...expressionDependencies(world, defexpr).dependsOn);
  }
  if (statement.returnType) dependsOn.push(...resolveType(world, statement.returnType).dependsOn);
  dependsOn.push(...expressionDependencies(world, statement.sql_body).dependsOn, ...writes(world, statement));
  // An extension that brings the language: plpgsql, which every database has, and plv8 and the like.
  const language = keyOf("extension", languageOf(statement));
  if (world.catalog.has(language)) dependsOn.push({ on: language, type: "normal" });
  return dependsOn;
}

/** What INSERT, UPDATE and DELETE of a BEGIN ATOMIC body read and write. */
function writes(world: World, { sql_body }: CreateFunctionStmt): Dependency[] {
  const keys = new Set<ObjectKey>();
  walk(sql_body, (node) => {
    if (!("InsertStmt" in node || "UpdateStmt" in node || "DeleteStmt" in node)) return undefined;
    const select = queryOf(node);
    for (const key of select ? readQuery(world, select).keys : []) keys.add(key);
    for (const key of writtenBy(world, node)) keys.add(key);
    return false;
  });
  return [...withoutWholes(keys)].map((on) => ({ on, type: "normal" }));
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** The definition is read back, so that what is altered stands where CREATE would have put it. */
function alterRoutine(world: World, statement: AlterFunctionStmt): void {
  const [key] = statement.func ? resolveRoutine(world, statement.func, routineKinds) : [];
  const routine = key === undefined ? undefined : world.catalog.at(key);
  if (routine?.kind !== "function" && routine?.kind !== "procedure") return;
  const text = routine.attributes.definition;
  const created = parsedRoutine(text);
  if (!created) {
    world.uncertain.add(keyOf(routine.kind, routine.name));
    world.touch(keyOf(routine.kind, routine.name));
    return;
  }
  const base = text.slice(
    text.indexOf(routine.kind.toUpperCase()) + routine.kind.length + 1,
    text.indexOf("("),
  );
  const altered = {
    ...created,
    options: [...(created.options ?? []), ...(statement.actions ?? [])],
  };
  world.alter({
    ...routine,
    attributes: { ...routine.attributes, ...routineDefinition(world, altered, base) },
  });
}

const defined: Readonly<Record<string, ObjectKind>> = {
  OBJECT_AGGREGATE: "aggregate",
  OBJECT_COLLATION: "collation",
  OBJECT_TSCONFIGURATION: "text search configuration",
  OBJECT_TSDICTIONARY: "text search dictionary",
  OBJECT_TSPARSER: "text search parser",
  OBJECT_TSTEMPLATE: "text search template",
  OBJECT_TYPE: "type",
};

/** CREATE AGGREGATE, COLLATION, TEXT SEARCH … and base or shell types. */
function define(world: World, statement: DefineStmt): void {
  if (statement.kind === "OBJECT_OPERATOR") {
    createOperator(world, statement);
    return;
  }
  const kind = defined[statement.kind ?? ""];
  if (!kind) {
    world.notAnalysed(`CREATE ${(statement.kind ?? "").replace("OBJECT_", "").toLowerCase()}`);
    return;
  }
  const base = creationName(world, statement.defnames);
  const inputs = kind === "aggregate" ? aggregateArguments(world, statement) : [];
  const name = kind === "aggregate" ? `${base}(${inputs.join(", ")})` : base;
  const key = keyOf(kind, name);
  if (world.catalog.has(key) && !statement.replace) {
    if (statement.if_not_exists) world.skip(key);
    else world.fail({ reason: "exists", key });
    return;
  }
  const dependsOn = schemaDependency(world, unquoted(schemaOf({ name })));
  const definition = definedAs(statement);
  if (kind === "type") {
    const form = statement.definition?.length ? ("base" as const) : ("shell" as const);
    world.create({ kind, name, attributes: { form, definition }, dependsOn });
  } else if (kind === "aggregate") {
    const called = aggregateFunctions(world, statement, inputs.length);
    const text = aggregateText(world, statement, name);
    world.create({ kind, name, attributes: { definition: text }, dependsOn: [...dependsOn, ...called] });
  } else world.create({ kind, name, attributes: { definition }, dependsOn } as CatalogObject);
}

/** `PROVIDER = icu, LOCALE = 'de'`: without the name, which may change. */
function definedAs({ definition = [] }: DefineStmt): string {
  return definition
    .flatMap((node) => {
      if (!("DefElem" in node)) return [];
      const { defname = "", arg } = node.DefElem;
      const value = optionValue(arg);
      return [`${defname.toUpperCase()} = ${arg && "String" in arg ? literal(value) : value}`];
    })
    .join(", ");
}

/** Options in one order and one spelling. */
function aggregateText(world: World, { definition = [] }: DefineStmt, name: string): string {
  const options = definition.flatMap((node) => {
    if (!("DefElem" in node) || node.DefElem.defname === "basetype") return [];
    const { defname = "", arg } = node.DefElem;
    const type = arg && "TypeName" in arg ? arg.TypeName : undefined;
    const value = /stype$/i.test(defname) && type ? resolveType(world, type).text : optionValue(arg);
    return [`${defname.toUpperCase()} = ${/initcond$/i.test(defname) ? literal(value) : value}`];
  });
  return `CREATE AGGREGATE ${name} (${options.sort().join(", ")})`;
}

/** The state takes what it was and the arguments; the final function takes the state. */
function aggregateFunctions(world: World, { definition = [] }: DefineStmt, inputs: number): Dependency[] {
  return [
    ...calledBy(world, optionNamed(definition, "sfunc"), inputs + 1),
    ...calledBy(world, optionNamed(definition, "finalfunc"), 1),
    ...calledBy(world, optionNamed(definition, "combinefunc"), 2),
  ];
}

function aggregateArguments(world: World, statement: DefineStmt): string[] {
  if (statement.oldstyle) return baseTypeOf(world, statement);
  const list = statement.args?.[0];
  const nodes = list && "List" in list ? (list.List.items ?? []) : [];
  return nodes.flatMap((node) =>
    "FunctionParameter" in node ? [resolveType(world, node.FunctionParameter.argType).text] : [],
  );
}

/** `CREATE AGGREGATE total (BASETYPE = int, …)`, as before 8.2; `BASETYPE = ANY` takes no argument. */
function baseTypeOf(world: World, statement: DefineStmt): string[] {
  return (statement.definition ?? []).flatMap((node) => {
    if (!("DefElem" in node) || node.DefElem.defname?.toLowerCase() !== "basetype") return [];
    const { arg } = node.DefElem;
    return arg && "TypeName" in arg ? [resolveType(world, arg.TypeName).text] : [];
  });
}
