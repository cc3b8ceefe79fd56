import type { FuncCall, Node, RangeVar, TypeCast, TypeName } from "@pgsql/types";
import { keyOf, type ObjectKey } from "../model.ts";
import { qualify, splitQualified } from "../quote-identifier.ts";
import { extensionOfFunction } from "./extension-members.ts";
import { findRelation, rangeVarOf, schemasToSearch, strings } from "./relations.ts";
import { findRoutines } from "./routines.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

/** The user's routine or the extension that a call needs; built-in functions need nothing. */
export function functionKeys(world: World, call: FuncCall): ObjectKey[] {
  const names = strings(call.funcname);
  const name = names.at(-1) ?? "";
  const first = call.args?.[0];
  if (name === "nextval" || name === "currval" || name === "setval") {
    const sequence = regclass(world, first, undefined);
    return sequence ? [sequence] : [];
  }
  const routines = findRoutines(world, names, call.args?.length ?? 0);
  if (routines.length === 0 && configured.has(name) && (call.args?.length ?? 0) > 1) {
    const configuration = textSearchConfiguration(world, first);
    if (configuration !== undefined) return [configuration];
  }
  if (routines.length > 0) return routines.slice(0, 1);
  const extension = extensionOfFunction(world, name);
  return extension ? [extension.key] : [];
}

export function typeKeys(world: World, type: TypeName | undefined): ObjectKey[] {
  return resolveType(world, type).dependsOn.map((dependency) => dependency.on);
}

/** Built-in functions whose first of several arguments may be a text search configuration. */
const configured = new Set([
  "to_tsvector",
  "to_tsquery",
  "plainto_tsquery",
  "phraseto_tsquery",
  "websearch_to_tsquery",
  "ts_headline",
  "json_to_tsvector",
  "jsonb_to_tsvector",
]);

/** What `'name'::regclass` or `'name'::regconfig` means. */
export function namedByCast(world: World, { arg, typeName }: TypeCast): ObjectKey | undefined {
  return strings(typeName?.names).at(-1) === "regconfig"
    ? textSearchConfiguration(world, arg)
    : regclass(world, arg, typeName);
}

function textSearchConfiguration(world: World, node: Node | undefined): ObjectKey | undefined {
  if (!node) return undefined;
  if ("TypeCast" in node) return textSearchConfiguration(world, node.TypeCast.arg);
  const text = "A_Const" in node ? node.A_Const.sval?.sval : undefined;
  if (!text) return undefined;
  const names = splitQualified(foldCase(text));
  const keys = schemasToSearch(world, names.at(-2)).map((schema) =>
    keyOf("text search configuration", qualify(schema, names.at(-1) ?? "")),
  );
  return keys.find((key) => world.catalog.has(key));
}

/** The relation that `'name'` or `'name'::regclass` means. */
function regclass(world: World, node: Node | undefined, type: TypeName | undefined): ObjectKey | undefined {
  if (type && strings(type.names).at(-1) !== "regclass") return undefined;
  const name = relationNamed(node);
  const found = name && findRelation(world, name);
  return found && `${found.kind} ${found.name}`;
}

/** The name in `'name'` or `'name'::regclass`. */
export function relationNamed(node: Node | undefined): RangeVar | undefined {
  if (!node) return undefined;
  if ("TypeCast" in node) {
    const { arg, typeName } = node.TypeCast;
    return strings(typeName?.names).at(-1) === "regclass" ? relationNamed(arg) : undefined;
  }
  const text = "A_Const" in node ? node.A_Const.sval?.sval : undefined;
  return text ? rangeVarOf(splitQualified(foldCase(text))) : undefined;
}

/** Lower case outside of double quotes. */
function foldCase(text: string): string {
  return text.replace(/"[^"]*"|[^"]+/g, (part) => (part.startsWith('"') ? part : part.toLowerCase()));
}
