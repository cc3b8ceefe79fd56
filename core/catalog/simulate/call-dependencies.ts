import type { FuncCall, Node, TypeName } from "@pgsql/types";
import type { ObjectKey } from "../model.ts";
import { splitQualified } from "../quote-identifier.ts";
import { extensionOfFunction } from "./extension-members.ts";
import { findRelation, rangeVarOf, strings } from "./relations.ts";
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
  if (routines.length > 0) return routines.slice(0, 1);
  const extension = extensionOfFunction(world, name);
  return extension ? [extension.key] : [];
}

export function typeKeys(world: World, type: TypeName | undefined): ObjectKey[] {
  return resolveType(world, type).dependsOn.map((dependency) => dependency.on);
}

/** The relation that `'name'` or `'name'::regclass` means. */
export function regclass(
  world: World,
  node: Node | undefined,
  type: TypeName | undefined,
): ObjectKey | undefined {
  if (type && strings(type.names).at(-1) !== "regclass") return undefined;
  if (!node) return undefined;
  if ("TypeCast" in node && !type) return regclass(world, node.TypeCast.arg, node.TypeCast.typeName);
  if (!("A_Const" in node)) return undefined;
  const text = node.A_Const.sval?.sval;
  if (!text) return undefined;
  const found = findRelation(world, rangeVarOf(splitQualified(foldCase(text))));
  return found && `${found.kind} ${found.name}`;
}

/** Lower case outside of double quotes. */
function foldCase(text: string): string {
  return text.replace(/"[^"]*"|[^"]+/g, (part) => (part.startsWith('"') ? part : part.toLowerCase()));
}
