import type { Node } from "@pgsql/types";
import type { CatalogObject } from "../model.ts";
import { strings } from "./relations.ts";
import { findRoutines } from "./routines.ts";
import { volatileFunctions } from "./volatile-functions.ts";
import { walk } from "./walk.ts";
import type { World } from "./world.ts";

/** Must a default be computed row by row? A function that is neither PostgreSQL's nor seen to be made is not judged. */
export function defaultIsVolatile(world: World, expression: Node | undefined): boolean {
  let found = false;
  walk(expression, (node) => {
    if ("FuncCall" in node) {
      const names = strings(node.FuncCall.funcname);
      const key = findRoutines(world, names, node.FuncCall.args?.length ?? 0)[0];
      const routine = key === undefined ? undefined : world.catalog.at(key);
      if (routine?.kind === "function") found ||= isVolatile(routine);
      else found ||= volatileFunctions.has(names.at(-1) ?? "");
    }
    return undefined;
  });
  return found;
}

/** What it was declared, by default volatile; but the body of a simple SQL function takes the place of its call. */
function isVolatile({ attributes }: CatalogObject<"function">): boolean {
  if ((attributes.volatility ?? "volatile") !== "volatile") return false;
  if (!/^ LANGUAGE sql$/im.test(attributes.definition)) return true;
  const body = attributes.definition.slice(attributes.definition.indexOf("$function$"));
  if (/\b(?:from|insert|update|delete|with)\b/i.test(body)) return true;
  return [...body.matchAll(/\b(\w+)\s*\(/g)].some(([, name]) => volatileFunctions.has(name ?? ""));
}
