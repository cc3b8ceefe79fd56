import { type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { qualify } from "../quote-identifier.ts";
import { schemasToSearch } from "./relations.ts";
import type { World } from "./world.ts";

/** As format_type and pg_get_indexdef print it: what a script made has its schema, what every database has does not. */
export function collationName(world: World, names: readonly string[]): string {
  const found = findCollation(world, names);
  if (found !== undefined) return found.slice("collation ".length);
  return qualify(...(names.length > 1 && names[0] !== "pg_catalog" ? names : names.slice(-1)));
}

/** A collation that a script made can only go when nothing is sorted by it. */
export function collationLink(world: World, names: readonly string[] | undefined): Dependency[] {
  const on = findCollation(world, names ?? []);
  return on === undefined ? [] : [{ on, type: "normal" }];
}

function findCollation(world: World, names: readonly string[]): ObjectKey | undefined {
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const keys = schemasToSearch(world, names.at(-2)).map((schema) =>
    keyOf("collation", qualify(schema, name)),
  );
  return keys.find((key) => world.catalog.has(key));
}
