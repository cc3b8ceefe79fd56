import type { AlterOperatorStmt, DefineStmt, Node } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { optionNamed } from "../options.ts";
import { creationSchema, rangeVarOf, schemasToSearch, strings } from "../relations.ts";
import { bareType } from "../routine-definition.ts";
import { findRoutines } from "../routines.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { sqlText } from "../sql-text.ts";
import { resolveType } from "../type-names.ts";
import type { World } from "../world.ts";

/** Its parts in one order, so that what ALTER OPERATOR takes back is as before. */
const parts = [
  ...["function", "procedure", "leftarg", "rightarg", "commutator", "negator"],
  ...["restrict", "join", "hashes", "merges"],
];

/** CREATE OPERATOR, kept as its text. */
export function createOperator(world: World, statement: DefineStmt): void {
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
    attributes: { definition: textOf(world, statement) },
    dependsOn: [
      ...schemaDependency(world, schema),
      ...sides.flatMap((side) =>
        side && "TypeName" in side ? resolveType(world, side.TypeName).dependsOn : [],
      ),
      ...calledBy(world, called, sides.filter((side) => side !== undefined).length),
    ],
  });
}

/** With the names that types have in the catalog, and of two words for the same thing the newer one. */
function textOf(world: World, statement: DefineStmt): string {
  const place = (node: Node) => parts.indexOf(nameOf(node));
  const definition = (statement.definition ?? []).toSorted((a, b) => place(a) - place(b));
  const said = definition.map((node) => {
    const arg = "DefElem" in node ? node.DefElem.arg : undefined;
    const name = nameOf(node).toUpperCase().replace("PROCEDURE", "FUNCTION");
    if (!arg) return name;
    const isSide = name === "LEFTARG" || name === "RIGHTARG";
    const text =
      isSide && "TypeName" in arg ? bareType(resolveType(world, arg.TypeName).text) : argumentText(arg);
    return `${name} = ${text}`;
  });
  return `CREATE OPERATOR ${operatorName(strings(statement.defnames))} (${said.join(", ")})`;
}

function nameOf(node: Node): string {
  return ("DefElem" in node && node.DefElem.defname) || "";
}

/** A name, of an operator too: `OPERATOR(public.===)`. */
function argumentText(arg: Node): string {
  if (!("List" in arg)) return sqlText(arg);
  const names = strings(arg.List.items);
  return names.length > 1 ? `OPERATOR(${operatorName(names)})` : (names[0] ?? "");
}

/** An operator is never quoted, its schema may be. */
function operatorName(names: readonly string[]): string {
  return [...names.slice(0, -1).map(quoteIdentifier), names.at(-1)].join(".");
}

/** ALTER OPERATOR … SET: what is NONE is taken away. */
export function alterOperator(world: World, { opername, options = [] }: AlterOperatorStmt): void {
  const { found, expected } = findOperator(world, strings(opername?.objname), opername?.objargs ?? []);
  const [key] = found;
  const operator = key === undefined ? undefined : world.catalog.at(key);
  if (operator?.kind !== "operator") {
    if (!world.mayAssume(expected)) world.fail({ reason: "missing", key: expected });
    return;
  }
  const node = parseSql(operator.attributes.definition).statements[0]?.node;
  if (!node || !("DefineStmt" in node)) {
    world.touch(expected);
    return;
  }
  const changed = options.flatMap((option) => ("DefElem" in option ? [option.DefElem] : []));
  const kept = (node.DefineStmt.definition ?? []).filter(
    (part) => !("DefElem" in part) || !changed.some(({ defname }) => defname === part.DefElem.defname),
  );
  const set = changed.filter(({ arg }) => arg !== undefined).map((it): Node => ({ DefElem: it }));
  const definition = textOf(world, { ...node.DefineStmt, definition: [...kept, ...set] });
  world.alter({ ...operator, attributes: { ...operator.attributes, definition } });
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
