import type { AlterTableCmd, Node, TypeName } from "@pgsql/types";
import { type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { isConstantOf, neverCasts } from "../automatic-cast.ts";
import { collationLink, ownCollation } from "../collations.ts";
import type { Column } from "../columns.ts";
import { remakeIndex } from "../describe-index.ts";
import { hasExpression, madeAnew } from "../made-anew.ts";
import { columnKey, strings, type Table } from "../relations.ts";
import { sequenceOptions } from "../sequences.ts";
import { alwaysRewrites, typeChangeRewrites } from "../type-change.ts";
import { resolveType } from "../type-names.ts";
import type { World } from "../world.ts";

/** As far as it can be told of a column that comes from outside of the scripts. */
export function changeOfUnknownRewrites(world: World, { def, name = "" }: AlterTableCmd): boolean {
  if (!def || !("ColumnDef" in def)) return false;
  const { typeName, raw_default: using } = def.ColumnDef;
  return (
    alwaysRewrites(resolveType(world, typeName).text) || (using !== undefined && !isPlainCast(using, name))
  );
}

export function changeType(world: World, table: Table, column: Column, command: AlterTableCmd): void {
  if (!command.def || !("ColumnDef" in command.def)) return;
  const { typeName, raw_default: using, collClause } = command.def.ColumnDef;
  const type = resolveType(world, typeName);
  const rewrite = changeRewrites(world, column, type.text, { name: command.name, using });
  const collation = ownCollation(world, collClause, type.text);
  const remade = madeAnew(world, table, column, { type: type.text, collation });
  world.lock(keyOf("table", table.name), "ACCESS EXCLUSIVE", {
    rewrite,
    scan: rewrite || remade.length > 0,
  });
  lockForeignKeys(world, column);
  const blocking = blockingUsers(world, columnKey(table, command.name ?? ""));
  if (blocking.length > 0 && !world.failed) {
    world.fail({
      reason: "dependents",
      key: columnKey(table, command.name ?? ""),
      dependents: blocking.map((key) => ({ key, type: "normal" })),
    });
    return;
  }
  if (type.serial) {
    refuseSerial(world, table, column, type.text);
    return;
  }
  if (!castsAutomatically(world, table, column, type.text, using !== undefined)) return;
  const { collation: _, ...attributes } = column.attributes;
  const kept = [
    ...column.dependsOn.filter((dependency) => dependency.part === "default"),
    ...typeOfDefault(column),
  ];
  world.alter({
    ...column,
    attributes: {
      ...attributes,
      type: type.text,
      ...(attributes.default !== undefined && {
        default: recast(attributes.default, column.attributes.type, type.text),
      }),
      ...(collation !== undefined && { collation }),
    },
    dependsOn: [...type.dependsOn, ...collationLink(world, strings(collClause?.collname)), ...kept],
  });
  if (attributes.identity !== undefined && typeName) followIdentity(world, column, typeName);
  for (const key of remade) {
    const object = world.catalog.at(key);
    if (object?.kind === "index" && hasExpression(world, table, object)) remakeIndex(world, table, object);
    else world.touch(key);
  }
}

/** The sequence of an identity column counts as far as the column does; that of a default keeps its type. */
function followIdentity(world: World, column: Column, typeName: TypeName): void {
  const as: Node = { DefElem: { defname: "as", arg: { TypeName: typeName } } };
  for (const sequence of [...world.catalog.dependentsOf(keyOf("column", column.name))]) {
    if (sequence.kind !== "sequence" || !sequence.dependsOn.some(({ type }) => type === "internal")) continue;
    const { attributes } = sequence;
    world.alter({ ...sequence, attributes: sequenceOptions(world, [as], attributes.type, attributes) });
  }
}

/** A foreign key of the column, or to it, is dropped and made again, and its triggers stand on both tables. */
function lockForeignKeys(world: World, column: Column): void {
  for (const { kind, parent, attributes } of world.catalog.dependentsOf(keyOf("column", column.name))) {
    if (kind !== "constraint" || attributes.type !== "foreign key") continue;
    for (const key of [parent, keyOf("table", attributes.references ?? "")])
      if (key !== undefined && key !== column.parent && world.catalog.has(key))
        world.lock(key, "ACCESS EXCLUSIVE");
  }
}

/** USING may go over other types, and each step may be one that changes the bits. */
function changeRewrites(
  world: World,
  column: Column,
  to: string,
  { name = "", using }: { name: string | undefined; using: Node | undefined },
): boolean {
  if (using === undefined) return typeChangeRewrites(world, column.attributes.type, to);
  if (!isPlainCast(using, name)) return true;
  let next = to;
  for (let node = using; "TypeCast" in node && node.TypeCast.arg; node = node.TypeCast.arg) {
    const type = resolveType(world, node.TypeCast.typeName).text;
    if (typeChangeRewrites(world, type, next)) return true;
    next = type;
  }
  return typeChangeRewrites(world, column.attributes.type, next);
}

/** Only CREATE TABLE and ADD COLUMN know serial, which is no type (42704). Tools that compare schemas write it all the same. */
function refuseSerial(world: World, table: Table, column: Column, type: string): void {
  const [name, whole] = [quoteIdentifier(lastPart(column.name)), plainName(table.name)];
  world.fail({
    reason: "refused",
    key: keyOf("column", column.name),
    condition: "undefined_object",
    why: `serial is no type that column ${whole}.${name} could be changed to`,
    help: `name the type behind it; the column keeps its default\n  ALTER TABLE ${whole} ALTER COLUMN ${name} TYPE ${type};`,
  });
}

/** Without USING the values, and in any case the default, go over to the new type by themselves (42804). */
function castsAutomatically(world: World, table: Table, column: Column, to: string, using: boolean): boolean {
  const { type, default: text } = column.attributes;
  if (!neverCasts(world, type, to)) return true;
  const key = keyOf("column", column.name);
  const [name, whole] = [quoteIdentifier(lastPart(column.name)), plainName(table.name)];
  const condition = "datatype_mismatch";
  if (!using)
    world.fail({
      reason: "refused",
      key,
      condition,
      why: `column ${whole}.${name} does not become ${plainName(to)} by itself`,
      help: `say how\n  ALTER TABLE ${whole} ALTER COLUMN ${name} TYPE ${plainName(to)} USING ${name}::text::${plainName(to)};`,
    });
  else if (text !== undefined && isConstantOf(text, type))
    world.fail({
      reason: "refused",
      key,
      condition,
      why: `the default of column ${whole}.${name} does not become ${plainName(to)} by itself`,
      help: `drop the default before, and set it again after\n  ALTER TABLE ${whole} ALTER COLUMN ${name} DROP DEFAULT;`,
    });
  return !world.failed;
}

/** A default of an enum stays one, `('x'::state)::text`, and holds on to the type. */
function typeOfDefault({ attributes, dependsOn }: Column): Dependency[] {
  const { default: text, type } = attributes;
  if (text === undefined || !isConstantOf(text, type)) return [];
  return dependsOn
    .filter(({ on, part }) => part === undefined && on === keyOf("type", type))
    .map(({ on, type: strength }) => ({ on, type: strength, part: "default" }));
}

/** A default keeps its value but gets the new type: `'x'::character varying` becomes `'x'::text`. */
function recast(text: string, from: string, to: string): string {
  const old = `'::${from.replace(/\(.*?\)/, "")}`;
  return text.endsWith(old) ? `${text.slice(0, -old.length)}'::${to.replace(/\(.*?\)/, "")}` : text;
}

/** USING column::type, or a cast of a cast of the column. */
function isPlainCast(using: unknown, column: string): boolean {
  const node = using as {
    TypeCast?: { arg?: unknown };
    ColumnRef?: { fields?: { String?: { sval?: string } }[] };
  };
  if (node.TypeCast) return isPlainCast(node.TypeCast.arg, column);
  return node.ColumnRef?.fields?.at(-1)?.String?.sval === column;
}

const hinderTypes: ReadonlySet<string> = new Set([
  "view",
  "materialized view",
  "rule",
  "policy",
  "trigger",
  // Those with BEGIN ATOMIC: of other bodies nothing is noted.
  "function",
  "procedure",
]);

/** Whatever uses the column but indexes and constraints: its type cannot change under it. */
function blockingUsers(world: World, column: ObjectKey): ObjectKey[] {
  return [...world.catalog.dependentsOf(column)]
    .filter(
      (it) => hinderTypes.has(it.kind) || (it.kind === "column" && it.attributes.generated !== undefined),
    )
    .map(({ kind, name }) => keyOf(kind, name));
}
