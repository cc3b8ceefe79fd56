import type { CollateClause } from "@pgsql/types";
import { type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { qualify } from "../quote-identifier.ts";
import { schemasToSearch, strings } from "./relations.ts";
import type { World } from "./world.ts";

/** As format_type and pg_get_indexdef print it: what a script made has its schema, what every database has does not. */
export function collationName(world: World, names: readonly string[]): string {
  const found = findCollation(world, names);
  if (found !== undefined) return found.slice("collation ".length);
  return qualify(...(names.length > 1 && names[0] !== "pg_catalog" ? names : names.slice(-1)));
}

/** What COLLATE says beyond what the type has anyway: tools that write DDL from the catalog spell that out as well. */
export function ownCollation(
  world: World,
  clause: CollateClause | undefined,
  type: string,
): string | undefined {
  if (!clause) return undefined;
  const name = collationName(world, strings(clause.collname));
  return name === typeCollation(world, type) ? undefined : name;
}

/** By what values of the type are sorted, where nothing else is said. */
export function typeCollation(world: World, type: string): string {
  const bare = type.replace(/\[\]$/, "");
  if (bare === "name") return '"C"';
  const domain = world.catalog.get("domain", bare);
  return domain ? (domain.attributes.collation ?? typeCollation(world, domain.attributes.type)) : '"default"';
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
