import type { ATAlterConstraint } from "@pgsql/types";
import { type AttributesOf, type CatalogObject, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { withFlags } from "../constraints/constraint-flags.ts";
import { childrenOf, descendants } from "../descendants.ts";
import { notNullConstraint, provedNotNull } from "../proved-not-null.ts";
import { columnKey, columnOf, columnsOf, primaryKeyOf, setNotNull, type Table } from "../relations.ts";
import type { World } from "../world.ts";

/**
 * ALTER CONSTRAINT … [NO] INHERIT of a NOT NULL, since 18: the heirs get it, and keep it as their own where it is taken
 * back (ATExecAlterConstrInheritability). False where the name is not that of a NOT NULL.
 */
export function changeNotNullHeirs(world: World, table: Table, change: ATAlterConstraint): boolean {
  if (!change.alterInheritability) return false;
  const name = change.conname ?? "";
  const named = world.catalog.get("constraint", `${table.name}.${quoteIdentifier(name)}`);
  const column =
    named === undefined ? ofGeneratedName(world, table, name) : lastPart(named.attributes.columns[0] ?? "");
  if (column === undefined || (named && named.attributes.type !== "not null")) return false;
  const noInherit = change.noinherit === true;
  // One that is as asked stays as it is.
  if ((named?.attributes.noInherit === true) === noInherit) return true;
  const attributes = named?.attributes ?? ownNotNull(column);
  put(world, table, name, withFlags(attributes, { ...attributes, noInherit }), named);
  if (noInherit) for (const child of childrenOf(world, table)) keep(world, child, name, column);
  else for (const child of descendants(world, table)) inherit(world, child, column);
  return true;
}

/** `users_email_not_null`: no object in the catalog, because nobody named it. */
export function ofGeneratedName(world: World, table: Table, name: string): string | undefined {
  const column = columnsOf(world, keyOf("table", table.name)).find(
    (it) => it.attributes.notNull && name === `${lastPart(table.name)}_${lastPart(it.name)}_not_null`,
  );
  return column && lastPart(column.name);
}

function ownNotNull(column: string): AttributesOf["constraint"] {
  const quoted = quoteIdentifier(column);
  return { type: "not null", definition: `NOT NULL ${quoted}`, columns: [quoted] };
}

/** As the catalog is read: one with a generated name is an object only where it is not like any other. */
function put(
  world: World,
  table: Table,
  name: string,
  attributes: AttributesOf["constraint"],
  before?: CatalogObject<"constraint">,
): void {
  const full = `${table.name}.${quoteIdentifier(name)}`;
  const isPlain = !attributes.noInherit && !attributes.notValidated && attributes.comment === undefined;
  if (isPlain && /_not_null\d*$/.test(name)) {
    if (before) world.drop(keyOf("constraint", full), false);
    return;
  }
  if (before) {
    world.alter({ ...before, attributes });
    return;
  }
  world.create({
    kind: "constraint",
    name: full,
    parent: keyOf("table", table.name),
    attributes,
    dependsOn: attributes.columns.map((it) => ({ on: keyOf("column", `${table.name}.${it}`), type: "auto" })),
  });
}

/** It had the name of the parent's, unless it was there on its own. */
function keep(world: World, child: Table, name: string, column: string): void {
  const found = columnOf(world, child, column);
  if (!found?.attributes.notNull || !found.attributes.inherited) return;
  if ((child.attributes.inherits?.length ?? 0) > 1 || notNullConstraint(world, child, column)) return;
  const primary = world.catalog.at(primaryKeyOf(world, child) ?? "");
  if (primary?.kind === "constraint" && primary.attributes.columns.includes(quoteIdentifier(column))) return;
  if (!world.catalog.has(keyOf("constraint", `${child.name}.${quoteIdentifier(name)}`)))
    put(world, child, name, ownNotNull(column));
}

function inherit(world: World, child: Table, column: string): void {
  world.lock(keyOf("table", child.name), "ACCESS EXCLUSIVE", { scan: !provedNotNull(world, child, column) });
  setNotNull(world, child, column);
}

/** 42P16: what comes from the whole, and since 18 from any parent, goes only with that. True where it fails. */
export function refusesInheritedNotNull(world: World, table: Table, column: string): boolean {
  const { partitionOf, inherits = [] } = table.attributes;
  const parents = [partitionOf, ...(world.postgres < 18 ? [] : inherits)];
  const from = parents.find((name) => {
    const whole = name === undefined ? undefined : world.catalog.get("table", name);
    return (
      whole &&
      columnOf(world, whole, column)?.attributes.notNull &&
      !notNullConstraint(world, whole, column)?.attributes.noInherit
    );
  });
  if (from === undefined || world.uncertain.has(keyOf("table", table.name))) return false;
  const own = plainName(`${table.name}.${quoteIdentifier(column)}`);
  world.fail({
    reason: "refused",
    key: columnKey(table, column),
    condition: "invalid_table_definition",
    why: `that ${own} is NOT NULL is inherited from ${plainName(from)}, and goes only with it`,
    help: `take it from ${plainName(from)}, or end the inheritance before`,
  });
  return true;
}
