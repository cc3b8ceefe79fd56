import type { DefineStmt, Node } from "@pgsql/types";
import { type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { optionNamed } from "../options.ts";
import { creationSchema, rangeVarOf, schemasToSearch, strings } from "../relations.ts";
import { bareType } from "../routine-definition.ts";
import { findRoutines } from "../routines.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { resolveType } from "../type-names.ts";
import type { World } from "../world.ts";

/** CREATE OPERATOR, kept as its text. */
export function createOperator(world: World, statement: DefineStmt, sql: string): void {
  const names = strings(statement.defnames);
  const schema = creationSchema(world, rangeVarOf(names));
  const definition = statement.definition ?? [];
  const sides = ["leftarg", "rightarg"].map((side) => optionNamed(definition, side));
  const name = `${quoteIdentifier(schema)}.${names.at(-1)}${argumentsOf(world, sides)}`;
  const key = keyOf("operator", name);
  if (world.catalog.has(key)) {
    world.fail({ reason: "exists", key });
    return;
  }
  const called = optionNamed(definition, "function") ?? optionNamed(definition, "procedure");
  world.create({
    kind: "operator",
    name,
    attributes: { definition: sql.replaceAll(/\s+/g, " ") },
    dependsOn: [
      ...schemaDependency(world, schema),
      ...sides.flatMap((side) =>
        side && "TypeName" in side ? resolveType(world, side.TypeName).dependsOn : [],
      ),
      ...calledBy(world, called, sides.filter((side) => side !== undefined).length),
    ],
  });
}

/** The operator that DROP OPERATOR names, and the key that it would have. */
export function findOperator(
  world: World,
  names: readonly string[],
  sides: readonly (Node | undefined)[],
): { readonly found: readonly ObjectKey[]; readonly expected: ObjectKey } {
  const keyIn = (schema: string) =>
    keyOf("operator", `${quoteIdentifier(schema)}.${names.at(-1)}${argumentsOf(world, sides)}`);
  const found = schemasToSearch(world, names.at(-2))
    .map(keyIn)
    .find((key) => world.catalog.has(key));
  const expected = keyIn(names.at(-2) ?? world.settings.searchPath[0] ?? "public");
  return { found: found === undefined ? [] : [found], expected };
}

/** A function that an aggregate or an operator is made of, where only one can be meant. */
export function calledBy(world: World, name: Node | undefined, argumentCount: number): Dependency[] {
  if (!name || !("TypeName" in name)) return [];
  const found = findRoutines(world, strings(name.TypeName.names), argumentCount, ["function"]);
  return found.length === 1 ? found.map((on) => ({ on, type: "normal" })) : [];
}

function argumentsOf(world: World, sides: readonly (Node | undefined)[]): string {
  const types = sides.map((side) =>
    side && "TypeName" in side ? bareType(resolveType(world, side.TypeName).text) : "NONE",
  );
  return `(${types.join(", ")})`;
}
