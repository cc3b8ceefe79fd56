import type { CreateRangeStmt, Node } from "@pgsql/types";
import { dictionary } from "../../../sql/dictionary.ts";
import type { AttributesOf, CatalogObject, Dependency, ObjectKey } from "../../model.ts";
import { lastPart, qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import type { Handlers } from "../handlers.ts";
import { creationName, strings } from "../relations.ts";
import { findRoutines } from "../routines.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { internalName, resolveType } from "../type-names.ts";
import { typeTaken } from "../type-taken.ts";
import type { World } from "../world.ts";

export const rangeTypeHandlers: Handlers = { CreateRangeStmt: createRange };

/** The type, its multirange (since 14), and the functions that make values of both (DefineRange). */
function createRange(world: World, statement: CreateRangeStmt): void {
  const name = creationName(world, statement.typeName);
  if (typeTaken(world, name)) return;
  const given = new Map<string, Node | undefined>();
  for (const node of statement.params ?? []) {
    if ("DefElem" in node) given.set(node.DefElem.defname ?? "", node.DefElem.arg);
  }
  const subtypeNode = given.get("subtype");
  const subtype = resolveType(
    world,
    subtypeNode && "TypeName" in subtypeNode ? subtypeNode.TypeName : undefined,
  );
  const schema = schemaOf({ name });
  const multirange =
    world.postgres < 14
      ? undefined
      : (namesOf(given.get("multirange_type_name"), schema) ?? `${schema}.${multirangeName(lastPart(name))}`);
  const key = world.create({
    kind: "type",
    name,
    attributes: {
      form: "range",
      definition: definitionOf(world, { name, subtype: subtype.text, given, multirange }),
    },
    dependsOn: [
      ...schemaDependency(world, lastPart(schema)),
      ...subtype.dependsOn,
      ...[
        ...routineOf(world, given.get("canonical"), 1),
        ...routineOf(world, given.get("subtype_diff"), 2),
      ].map((on) => ({ on, type: "normal" as const })),
    ],
  });
  const link: Dependency = { on: key, type: "internal" };
  const needs = [...schemaDependency(world, lastPart(schema)), link];
  const ofRange = { base: name, returns: name, strict: false, dependsOn: [...needs, ...subtype.dependsOn] };
  const pair = [subtype.text, subtype.text];
  world.create(rangeFunction({ ...ofRange, parameters: pair, body: "range_constructor2" }));
  world.create(rangeFunction({ ...ofRange, parameters: [...pair, "text"], body: "range_constructor3" }));
  if (multirange === undefined) return;
  const ofMany = { base: multirange, returns: multirange, strict: true, dependsOn: needs };
  world.create(rangeFunction({ ...ofMany, parameters: [], body: "multirange_constructor0" }));
  const one = world.create(rangeFunction({ ...ofMany, parameters: [name], body: "multirange_constructor1" }));
  const list = [`VARIADIC ${name}[]`];
  world.create(rangeFunction({ ...ofMany, parameters: list, body: "multirange_constructor2" }));
  world.create({
    kind: "cast",
    name: `${name} AS ${multirange}`,
    attributes: { definition: `WITH FUNCTION ${multirange}(${name})` },
    dependsOn: [link, { on: one, type: "internal" }],
  });
}

/** As the catalog is read: what was said, and what follows from it. */
function definitionOf(world: World, { name, subtype, given, multirange }: RangeParts): string {
  const written = (option: string) => namesOf(given.get(option), "pg_catalog");
  const collation = written("collation") ?? (collatable.test(subtype) ? '"default"' : undefined);
  const routine = (option: string, types: readonly string[]) => {
    const names = partsOf(given.get(option));
    const [own] = routineOf(world, given.get(option), types.length);
    const base = own === undefined ? names.at(-1) : own.slice(own.indexOf(" ") + 1, own.indexOf("("));
    return names.length === 0 ? [] : [`${option.toUpperCase()} = ${base}(${types.join(",")})`];
  };
  return [
    `SUBTYPE = ${subtype}`,
    `SUBTYPE_OPCLASS = ${written("subtype_opclass") ?? `pg_catalog.${operatorClass(world, subtype)}`}`,
    ...(collation === undefined ? [] : [`COLLATION = ${collation.replace(/^pg_catalog\./, "")}`]),
    ...routine("canonical", [name]),
    ...routine("subtype_diff", [subtype, subtype]),
    ...(multirange === undefined ? [] : [`MULTIRANGE_TYPE_NAME = ${multirange}`]),
  ].join(", ");
}

interface RangeParts {
  readonly name: string;
  readonly subtype: string;
  readonly given: ReadonlyMap<string, Node | undefined>;
  readonly multirange: string | undefined;
}

const collatable = /^(?:text|character varying|character|name)$/;

/** The class that btree takes for the type when it is not told (pg_opclass.dat). */
function operatorClass(world: World, type: string): string {
  if (type.endsWith("[]")) return "array_ops";
  const own = world.catalog.get("type", type)?.attributes.form;
  if (own !== undefined) return own === "composite" ? "record_ops" : `${own}_ops`;
  const base = world.catalog.get("domain", type)?.attributes.type;
  if (base !== undefined) return operatorClass(world, base.replace(/\(.*?\)/, ""));
  return sharedClasses[type] ?? `${internalName(type)}_ops`;
}

const sharedClasses: Readonly<Record<string, string>> = dictionary({
  "character varying": "text_ops",
  cidr: "inet_ops",
});

/** makeMultirangeTypeName: `floatrange` → `floatmultirange`, `span` → `span_multirange`. */
function multirangeName(range: string): string {
  return quoteIdentifier(
    range.includes("range") ? range.replace("range", "multirange") : `${range}_multirange`,
  );
}

/** The user's routine of that name, if it is one. */
function routineOf(world: World, node: Node | undefined, parameters: number): readonly ObjectKey[] {
  return findRoutines(world, partsOf(node), parameters).slice(0, 1);
}

function partsOf(node: Node | undefined): string[] {
  if (node && "TypeName" in node) return strings(node.TypeName.names);
  return node && "List" in node ? strings(node.List.items) : [];
}

function namesOf(node: Node | undefined, schema: string): string | undefined {
  const names = partsOf(node);
  if (names.length > 1) return qualify(...names);
  return names[0] === undefined ? undefined : `${schema}.${quoteIdentifier(names[0])}`;
}

interface RangeFunction {
  readonly base: string;
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly strict: boolean;
  readonly body: string;
  readonly dependsOn: readonly Dependency[];
}

function rangeFunction({ base, parameters, returns, strict, body, dependsOn }: RangeFunction): CatalogObject {
  const attributes: AttributesOf["function"] = {
    definition: [
      `CREATE OR REPLACE FUNCTION ${base}(${parameters.join(", ")})`,
      ` RETURNS ${returns}`,
      " LANGUAGE internal",
      ` IMMUTABLE PARALLEL SAFE${strict ? " STRICT" : ""}`,
      `AS $function$${body}$function$`,
      "",
    ].join("\n"),
    returns,
    language: "internal",
    volatility: "immutable",
  };
  const types = parameters.map((parameter) => parameter.replace(/^VARIADIC /, ""));
  return { kind: "function", name: `${base}(${types.join(", ")})`, attributes, dependsOn };
}
