import type { Node } from "@pgsql/types";
import { literal } from "../../../sql/literal.ts";
import { type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import type { Handlers } from "../handlers.ts";
import { optionValue } from "../options.ts";
import { roleName } from "../roles.ts";
import type { World } from "../world.ts";

type Foreign = CatalogObject<"foreign-data wrapper" | "server" | "user mapping">;

/** Foreign-data wrappers, servers and user mappings. */
export const foreignHandlers: Handlers = {
  CreateFdwStmt: (world, { fdwname = "", options = [] }) => {
    create(world, "foreign-data wrapper", quoteIdentifier(fdwname), optionList(options), false, []);
  },
  CreateForeignServerStmt: (world, statement) => {
    const { servername = "", servertype, version, fdwname = "", options = [] } = statement;
    const definition = [
      servertype && `TYPE ${literal(servertype)}`,
      version && `VERSION ${literal(version)}`,
      `FOREIGN DATA WRAPPER ${quoteIdentifier(fdwname)}`,
      optionList(options),
    ];
    const text = definition.filter(Boolean).join(" ");
    const mayExist = statement.if_not_exists === true;
    create(world, "server", quoteIdentifier(servername), text, mayExist, wrapper(world, fdwname));
  },
  CreateUserMappingStmt: (world, statement) => {
    const { user, servername = "", options = [] } = statement;
    const name = mappingName(roleName(world, user), servername);
    const on = keyOf("server", quoteIdentifier(servername));
    const links: Dependency[] = world.catalog.has(on) ? [{ on, type: "normal" }] : [];
    const text = optionList(options) || "OPTIONS ()";
    create(world, "user mapping", name, text, statement.if_not_exists === true, links);
  },
  DropUserMappingStmt: (world, statement) => {
    const name = mappingName(roleName(world, statement.user), statement.servername ?? "");
    const key = keyOf("user mapping", name);
    if (world.catalog.has(key)) world.drop(key, false);
    else if (statement.missing_ok) world.skip(key);
    else if (world.mayAssume(key)) world.assumed.add(key);
    else world.fail({ reason: "missing", key });
  },
  AlterFdwStmt: (world, { fdwname = "", options = [] }) => {
    alter(world, keyOf("foreign-data wrapper", quoteIdentifier(fdwname)), options);
  },
  AlterForeignServerStmt: (world, { servername = "", options = [] }) => {
    alter(world, keyOf("server", quoteIdentifier(servername)), options);
  },
  AlterUserMappingStmt: (world, { user, servername = "", options = [] }) => {
    alter(world, keyOf("user mapping", mappingName(roleName(world, user), servername)), options);
  },
};

function mappingName(role: string, server: string): string {
  return `${role} SERVER ${quoteIdentifier(server)}`;
}

function create(
  world: World,
  kind: Foreign["kind"],
  name: string,
  definition: string,
  mayExist: boolean,
  dependsOn: readonly Dependency[],
): void {
  const key = keyOf(kind, name);
  if (!world.catalog.has(key)) world.create({ kind, name, attributes: { definition }, dependsOn });
  else if (mayExist) world.skip(key);
  else world.fail({ reason: "exists", key });
}

/** The wrapper itself, or the extension that brings it and is nearly always called so. */
function wrapper(world: World, name: string): Dependency[] {
  const keys = [
    keyOf("foreign-data wrapper", quoteIdentifier(name)),
    keyOf("extension", quoteIdentifier(name)),
  ];
  const on = keys.find((key) => world.catalog.has(key));
  return on === undefined ? [] : [{ on, type: "normal" }];
}

function optionList(options: readonly Node[]): string {
  return options.length === 0 ? "" : `OPTIONS (${foreignOptions(options)})`;
}

/** `schema_name 'sales', table_name 'orders'` */
export function foreignOptions(options: readonly Node[]): string {
  const texts = options.flatMap((node) =>
    "DefElem" in node
      ? [`${quoteIdentifier(node.DefElem.defname ?? "")} ${literal(optionValue(node.DefElem.arg))}`]
      : [],
  );
  return texts.sort().join(", ");
}

/** What stands before OPTIONS, and in its parentheses. */
export function splitDefinition(definition: string): { readonly head: string; readonly list: string } {
  const at = definition.endsWith(")") ? definition.indexOf(opening) : -1;
  if (at < 0) return { head: definition.trimEnd(), list: "" };
  return { head: definition.slice(0, at).trimEnd(), list: definition.slice(at + opening.length, -1) };
}

/** Names and values as SQL spells them. */
export function readOptions(list: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const [, name = "", value = ""] of list.matchAll(/((?:"(?:[^"]|"")*"|\w+)) ('(?:[^']|'')*')/g))
    options.set(name, value);
  return options;
}

/** A list after ADD, SET and DROP. */
export function alteredOptions(list: string, changes: readonly Node[]): string {
  const options = readOptions(list);
  for (const node of changes) {
    if (!("DefElem" in node)) continue;
    const name = quoteIdentifier(node.DefElem.defname ?? "");
    if (node.DefElem.defaction === "DEFELEM_DROP") options.delete(name);
    else options.set(name, literal(optionValue(node.DefElem.arg)));
  }
  return [...options]
    .map(([name, value]) => `${name} ${value}`)
    .sort()
    .join(", ");
}

const opening = "OPTIONS (";

/** OPTIONS (ADD a '1', SET b '2', DROP c) */
function alter(world: World, key: ObjectKey, changes: readonly Node[]): void {
  const object = world.catalog.at(key) as Foreign | undefined;
  if (!object) {
    if (world.mayAssume(key)) world.assumed.add(key);
    else if (!world.assumed.has(key)) world.fail({ reason: "missing", key });
    return;
  }
  const { head, list } = splitDefinition(object.attributes.definition);
  const options = alteredOptions(list, changes);
  const none = object.kind === "user mapping" ? "OPTIONS ()" : "";
  const definition = [head, options === "" ? none : `OPTIONS (${options})`].filter(Boolean).join(" ");
  world.alter({ ...object, attributes: { ...object.attributes, definition } });
}
