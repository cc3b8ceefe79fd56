import type { AlterTableCmd, ATAlterConstraint, Constraint, ConstrType } from "@pgsql/types";
import { type AttributesOf, type CatalogObject, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { nameParts } from "../columns.ts";
import { addConstraint } from "../constraints/add-constraint.ts";
import { deferrableOf, withFlags } from "../constraints/constraint-flags.ts";
import { childrenOf, descendants } from "../descendants.ts";
import { dropObjects } from "../drop-object.ts";
import { alterTableLock, statementLocks } from "../lock-table.ts";
import { lockTarget } from "../partition-foreign-keys.ts";
import { notNullConstraint, provedNotNull } from "../proved-not-null.ts";
import { columnOf, findRelation, primaryKeyOf, setNotNull, strings, type Table } from "../relations.ts";
import type { World } from "../world.ts";
import { changeNotNullHeirs, ofGeneratedName } from "./inherit-not-null.ts";

/** `alone`: ONLY. */
export function addTableConstraint(world: World, table: Table, command: AlterTableCmd, alone: boolean): void {
  const { def } = command;
  if (!def || !("Constraint" in def)) return;
  const constraint = def.Constraint;
  const lock = alterTableLock(command, world.postgres);
  world.lock(keyOf("table", table.name), lock, { scan: addingScans(world, table, constraint, alone) });
  if (constraint.pktable) {
    const target = findRelation(world, constraint.pktable, ["table"]);
    if (target) world.lock(keyOf("table", target.name), "SHARE ROW EXCLUSIVE");
  }
  addConstraint(world, table, constraint, undefined, alone);
}

/**
 * What partitions and inheriting tables follow is locked and looked at in each of them.
 * `looked`: those that did not have the foreign key.
 */
export function lockFollower(
  world: World,
  child: Table,
  whole: Table,
  command: AlterTableCmd,
  looked: ReadonlySet<string>,
): void {
  const { def } = command;
  if (!def || !("Constraint" in def) || def.Constraint.is_no_inherit) return;
  const { contype = "CONSTR_NULL" } = def.Constraint;
  const isInherited = contype === "CONSTR_CHECK" || contype === "CONSTR_NOTNULL";
  if (!isInherited && whole.attributes.partitionKey === undefined) return;
  const mode =
    world.postgres < 18 && keys.has(contype)
      ? statementLocks.createIndex
      : alterTableLock(command, world.postgres);
  const has = hasAlready(world, child, def.Constraint, looked);
  const scan = !has && addingScans(world, child, def.Constraint, false);
  world.lock(keyOf("table", child.name), mode, { scan });
  // The triggers of its own key are dropped.
  const target = has && def.Constraint.pktable && findRelation(world, def.Constraint.pktable, ["table"]);
  if (target) world.lock(keyOf("table", target.name), "ACCESS EXCLUSIVE");
}

/** One like it is taken for that of the whole (MergeWithExistingConstraint, tryAttachPartitionForeignKey, DefineIndex). */
function hasAlready(
  world: World,
  child: Table,
  { contype = "CONSTR_NULL", conname }: Constraint,
  looked: ReadonlySet<string>,
): boolean {
  if (contype === "CONSTR_FOREIGN") return !looked.has(child.name);
  if (contype === "CONSTR_CHECK")
    return (
      conname !== undefined &&
      world.catalog.has(keyOf("constraint", `${child.name}.${quoteIdentifier(conname)}`))
    );
  if (!keys.has(contype)) return false;
  const table = keyOf("table", child.name);
  return !world
    .outcome()
    .effects.some(
      (effect) =>
        effect.action === "create" &&
        effect.key.startsWith("index ") &&
        effect.command === world.command &&
        world.catalog.at(effect.key)?.parent === table,
    );
}

/** Before 18 a partition is locked for no more than the build of its index. */
const keys: ReadonlySet<ConstrType> = new Set(["CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION"]);

function addingScans(world: World, table: Table, constraint: Constraint, alone: boolean): boolean {
  // An index on a partitioned table alone is empty: the partitions have the rows.
  if (alone && table.attributes.partitionKey !== undefined && !constraint.indexname) return false;
  // NOT VALID and NOT ENFORCED: nothing is checked. That the column holds no NULL may be known already.
  if (constraint.skip_validation) return false;
  const isNullable = (column: string) => !provedNotNull(world, table, column);
  switch (constraint.contype) {
    case "CONSTR_CHECK":
    case "CONSTR_FOREIGN":
      return constraint.is_enforced === true;
    case "CONSTR_NOTNULL":
      return strings(constraint.keys).some(isNullable);
    case "CONSTR_PRIMARY": {
      if (!constraint.indexname) return true;
      const { schema } = nameParts(table);
      const index = world.catalog.get("index", qualify(schema, constraint.indexname));
      return index?.attributes.columns.some((column) => isNullable(lastPart(column))) === true;
    }
    default:
      return !constraint.indexname;
  }
}

/** `alone`: ONLY. */
export function dropConstraint(world: World, table: Table, command: AlterTableCmd, alone: boolean): void {
  const key = keyOf("constraint", `${table.name}.${quoteIdentifier(command.name ?? "")}`);
  const constraint = world.catalog.at(key);
  if (constraint?.kind === "constraint" && constraint.attributes.inherited) {
    world.fail({
      reason: "refused",
      key,
      condition: "invalid_table_definition",
      why: `constraint ${plainName(constraint.name)} is inherited, and goes only with that of the parent`,
      help: "drop it from the parent, or end the inheritance before",
    });
    return;
  }
  if (alone) keepInHeirs(world, table, command.name ?? "");
  else if (constraint?.kind === "constraint" && constraint.attributes.type === "not null")
    freeHeirs(world, table, constraint.attributes.columns);
  dropOwnConstraint(world, table, command);
}

/** Without its parent's, the constraint of an heir is its own. */
function keepInHeirs(world: World, table: Table, name: string): void {
  for (const child of childrenOf(world, table)) {
    const heir = world.catalog.get("constraint", `${child.name}.${quoteIdentifier(name)}`);
    if (!heir?.attributes.inherited) continue;
    const { inherited: _, ...attributes } = heir.attributes;
    world.alter({ ...heir, attributes });
  }
}

/** A NOT NULL that has a name reaches the heirs, where it is that of the column alone. */
export function inheritNotNull(world: World, child: Table, { def }: AlterTableCmd): void {
  if (!def || !("Constraint" in def) || def.Constraint.contype !== "CONSTR_NOTNULL") return;
  if (def.Constraint.is_no_inherit) return;
  for (const column of strings(def.Constraint.keys)) setNotNull(world, child, column);
}

function freeHeirs(world: World, table: Table, columns: readonly string[]): void {
  for (const child of descendants(world, table)) {
    const primary = world.catalog.at(primaryKeyOf(world, child) ?? "");
    const kept = primary?.kind === "constraint" ? primary.attributes.columns : [];
    const freed = columns.filter((name) => {
      const column = world.catalog.get("column", `${child.name}.${name}`);
      return (
        column?.attributes.inherited &&
        !kept.includes(name) &&
        !notNullConstraint(world, child, lastPart(name))
      );
    });
    dropNotNull(world, child, freed);
  }
}

/** What the heir declares itself stays with it. */
export function dropInherited(world: World, child: Table, command: AlterTableCmd): void {
  const own = world.catalog.get("constraint", `${child.name}.${quoteIdentifier(command.name ?? "")}`);
  if (own && !own.attributes.inherited) return;
  if (own) world.lock(keyOf("table", child.name), "ACCESS EXCLUSIVE");
  dropOwnConstraint(world, child, { ...command, missing_ok: true });
}

function dropOwnConstraint(world: World, table: Table, command: AlterTableCmd): void {
  const name = command.name ?? "";
  const key = keyOf("constraint", `${table.name}.${quoteIdentifier(name)}`);
  const constraint = world.catalog.at(key);
  if (constraint?.kind === "constraint") {
    dropObjects(world, [key], command.behavior === "DROP_CASCADE");
    if (constraint.attributes.type === "not null") dropNotNull(world, table, constraint.attributes.columns);
    return;
  }
  if (world.postgres >= 18 && dropNamelessNotNull(world, table, name)) return;
  if (command.missing_ok) world.skip(key);
  else if (!world.assumed.has(keyOf("table", table.name))) world.fail({ reason: "missing", key });
}

function dropNotNull(world: World, table: Table, columns: readonly string[]): void {
  for (const name of columns) {
    const column = world.catalog.get("column", `${table.name}.${name}`);
    if (!column) continue;
    const { notNull: _, ...attributes } = column.attributes;
    world.alter({ ...column, attributes });
  }
}

/** Since 18 `users_email_not_null` is what PostgreSQL calls the NOT NULL of a column. */
function dropNamelessNotNull(world: World, table: Table, name: string): boolean {
  const generated = ofGeneratedName(world, table, name);
  const column = generated === undefined ? undefined : columnOf(world, table, generated);
  if (!column) return false;
  const { notNull: _, ...attributes } = column.attributes;
  world.alter({ ...column, attributes });
  return true;
}

export function validateConstraint(world: World, table: Table, name: string): void {
  const constraint = findConstraint(world, table, name);
  // What is valid already is not looked at again.
  world.lock(keyOf("table", table.name), "SHARE UPDATE EXCLUSIVE", {
    scan: !constraint || constraint.attributes.notValidated === true,
  });
  if (constraint) markValid(world, constraint);
}

/** Its rows were looked at: nothing says NOT VALID any more. */
export function markValid(world: World, constraint: CatalogObject<"constraint">): void {
  const { attributes } = constraint;
  world.alter({ ...constraint, attributes: withFlags(attributes, { ...attributes, notValidated: false }) });
}

/** Since 18 what becomes ENFORCED is checked for all rows, as a new constraint is. */
export function alteringScans(world: World, table: Table, { def }: AlterTableCmd): boolean {
  if (!def || !("ATAlterConstraint" in def)) return false;
  const { conname = "", alterEnforceability, is_enforced } = def.ATAlterConstraint;
  const constraint = world.catalog.get("constraint", `${table.name}.${quoteIdentifier(conname)}`);
  const isKey = constraint?.attributes.type === "foreign key";
  return (
    isKey &&
    alterEnforceability === true &&
    is_enforced === true &&
    constraint.attributes.notEnforced === true
  );
}

export function alterConstraint(world: World, table: Table, command: AlterTableCmd): void {
  if (!command.def || !("ATAlterConstraint" in command.def)) return;
  const change = command.def.ATAlterConstraint;
  if (changeNotNullHeirs(world, table, change)) return;
  const constraint = findConstraint(world, table, change.conname ?? "");
  if (!constraint || refusesChange(world, constraint, change)) return;
  // Its triggers come or go.
  if (change.alterEnforceability) lockTarget(world, constraint, change.is_enforced !== true);
  changeFlags(world, constraint, change);
}

/** 42809: ALTER CONSTRAINT is for foreign keys, but for the heirs of a NOT NULL. True where it fails. */
function refusesChange(
  world: World,
  { name, attributes: { type } }: CatalogObject<"constraint">,
  { alterDeferrability, alterEnforceability, alterInheritability }: ATAlterConstraint,
): boolean {
  const wanted = alterInheritability ? "not null" : "foreign key";
  if (type === wanted || !(alterDeferrability || alterEnforceability || alterInheritability)) return false;
  world.fail({
    reason: "refused",
    key: keyOf("constraint", name),
    condition: "wrong_object_type",
    why: `ALTER CONSTRAINT changes that of a ${wanted === "not null" ? "NOT NULL" : wanted} only, and ${plainName(name)} is ${describe(type)}`,
    help: "drop it and add it anew",
  });
  return true;
}

function describe(type: AttributesOf["constraint"]["type"]): string {
  return (
    { check: "a CHECK", unique: "a UNIQUE", exclusion: "an EXCLUDE", "not null": "a NOT NULL" }[
      type as string
    ] ?? `a ${type}`
  );
}

/** The foreign keys of partitions follow that of the whole. */
function changeFlags(world: World, constraint: CatalogObject<"constraint">, change: ATAlterConstraint): void {
  const { attributes } = constraint;
  const flags = {
    ...attributes,
    ...(change.alterDeferrability && { deferrable: deferrableOf(change) }),
    // What is not enforced counts as not valid; what is enforced again has been checked.
    ...(change.alterEnforceability && {
      notEnforced: change.is_enforced !== true,
      notValidated: change.is_enforced !== true,
    }),
  };
  world.alter({ ...constraint, attributes: withFlags(attributes, flags) });
  for (const part of [...world.catalog.dependentsOf(keyOf("constraint", constraint.name))])
    if (part.kind === "constraint" && part.attributes.inherited) changeFlags(world, part, change);
}

function findConstraint(world: World, table: Table, name: string): CatalogObject<"constraint"> | undefined {
  const found = world.catalog.get("constraint", `${table.name}.${quoteIdentifier(name)}`);
  if (!found && !world.assumed.has(keyOf("table", table.name))) {
    world.fail({ reason: "missing", key: keyOf("constraint", `${table.name}.${quoteIdentifier(name)}`) });
  }
  return found;
}
