import type { AlterTableCmd, AlterTableStmt, AlterTableType } from "@pgsql/types";
import { dictionary } from "../../../sql/dictionary.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { setOwner } from "../access/set-owner.ts";
import { requireColumn } from "../constraints/require-column.ts";
import { childrenOf, descendants, inheritChecks } from "../descendants.ts";
import { dropObjects } from "../drop-object.ts";
import type { Handlers } from "../handlers.ts";
import { alterTableLock } from "../lock-table.ts";
import { inheritForeignKeys } from "../partition-foreign-keys.ts";
import { passIdentityOn } from "../partition-identity.ts";
import { refusesOwner } from "../refuses-owned.ts";
import {
  columnKey,
  columnOf,
  findRelation,
  type Relation,
  requireRelation,
  type Table,
} from "../relations.ts";
import { roleName } from "../roles.ts";
import { refusesOwnColumns, setType } from "../typed-tables.ts";
import type { World } from "../world.ts";
import { alterColumn } from "./alter-column.ts";
import {
  addTableConstraint,
  alterConstraint,
  alteringScans,
  dropConstraint,
  dropInherited,
  inheritNotNull,
  lockFollower,
  validateConstraint,
} from "./alter-constraint.ts";
import { changeInheritance } from "./alter-inheritance.ts";
import { alterPartition, attachIndex } from "./alter-partition.ts";
import {
  setAccessMethod,
  setCluster,
  setOptions,
  setPersistence,
  setReplicaIdentity,
  setRowSecurity,
  setTablespace,
  storageRewrites,
} from "./alter-settings.ts";
import { setTriggers } from "./alter-triggers.ts";
import { alterComposite } from "./composite-type.ts";
import { alteredOptions } from "./foreign.ts";
import { inPasses } from "./in-passes.ts";
import { refusesAlone } from "./refuses-alone.ts";
import { setViewDefault } from "./view-default.ts";

export const alterTableHandlers: Handlers = { AlterTableStmt: alterTable };

function alterTable(world: World, statement: AlterTableStmt): void {
  if (!statement.relation) return;
  if (statement.objtype === "OBJECT_TYPE") {
    const commands = (statement.cmds ?? []).flatMap((node) =>
      "AlterTableCmd" in node ? [node.AlterTableCmd] : [],
    );
    alterComposite(world, statement.relation, commands);
    return;
  }
  const kinds = kindsOf(statement.objtype);
  if (statement.missing_ok && !findRelation(world, statement.relation, kinds)) {
    world.skip(
      keyOf(
        kinds[0] ?? "table",
        `${statement.relation.schemaname ?? "public"}.${quoteIdentifier(statement.relation.relname ?? "")}`,
      ),
    );
    return;
  }
  const relation = requireRelation(world, statement.relation, kinds);
  if (!relation) return;
  const key = keyOf(relation.kind, relation.name);
  for (const { command, index } of inPasses(statement.cmds ?? [])) {
    if (world.failed) return;
    world.command = index;
    const current = world.catalog.at(key);
    if (!current) continue;
    if (refusesView(world, current as Relation, command)) return;
    if (current.kind === "table" && ofColumns.has(command.subtype ?? "") && refusesOwnColumns(world, current))
      return;
    const alone = statement.relation.inh !== true;
    if (current.kind === "table" && alone && refusesAlone(world, current, command)) return;
    const isKnown = current.kind === "table" && isNotNullAlready(world, current, command);
    runCommand(world, current as Relation, alone ? asItsOwn(world, current, command) : command, alone);
    if (current.kind !== "table" || world.failed) continue;
    if (!alone && !isKnown) passOn(world, current, command);
    restWhereNoPartWorks(world, current, command);
  }
}

/** Since 12 heirs are not looked at where the column of the parent holds no NULL anyway (ATPrepSetNotNull). */
function isNotNullAlready(world: World, table: Table, { subtype, name = "" }: AlterTableCmd): boolean {
  if (world.postgres < 12 || subtype !== "AT_SetNotNull") return false;
  return columnOf(world, table, name)?.attributes.notNull === true;
}

/** Since 18 ONLY … SET NOT NULL over heirs makes one that they do not inherit (ATExecSetNotNull). */
function asItsOwn(world: World, object: CatalogObject, command: AlterTableCmd): AlterTableCmd {
  const { subtype, name = "" } = command;
  if (world.postgres < 18 || subtype !== "AT_SetNotNull" || object.kind !== "table") return command;
  const isNullable = columnOf(world, object, name)?.attributes.notNull === undefined;
  if (!isNullable || childrenOf(world, object).length === 0) return command;
  const keys = [{ String: { sval: name } }];
  return {
    subtype: "AT_AddConstraint",
    def: { Constraint: { contype: "CONSTR_NOTNULL", keys, is_no_inherit: true } },
  };
}

/** 42809: what a view has comes from its query. True where it fails. */
function refusesView(world: World, { kind, name }: Relation, { subtype }: AlterTableCmd): boolean {
  const words = ofTables[subtype ?? ""];
  const key = keyOf(kind, name);
  if (words === undefined || (kind !== "view" && kind !== "materialized view") || world.uncertain.has(key))
    return false;
  world.fail({
    reason: "refused",
    key,
    condition: "wrong_object_type",
    why: `${plainName(name)} is a ${kind}, which takes no ${words}`,
    help: "change the tables behind it, and make the view anew",
  });
  return true;
}

const ofTables: Readonly<Record<string, string>> = dictionary({
  AT_AddColumn: "ADD COLUMN",
  AT_DropColumn: "DROP COLUMN",
  AT_AlterColumnType: "ALTER COLUMN … TYPE",
  AT_SetNotNull: "SET NOT NULL",
  AT_DropNotNull: "DROP NOT NULL",
  AT_AddConstraint: "ADD CONSTRAINT",
  AT_DropConstraint: "DROP CONSTRAINT",
  AT_ValidateConstraint: "VALIDATE CONSTRAINT",
  AT_EnableRowSecurity: "ENABLE ROW LEVEL SECURITY",
});

const ofColumns: ReadonlySet<string> = new Set(["AT_AddColumn", "AT_DropColumn", "AT_AlterColumnType"]);

/** Subcommands that partitions and inheriting tables follow; new and dropped columns see to it themselves. */
function passOn(world: World, table: Table, command: AlterTableCmd): void {
  if (ofIdentity.has(command.subtype ?? "")) passIdentityOn(world, table);
  if (!followed.has(command.subtype ?? "AT_AddColumn")) return;
  const looked = new Set<string>();
  for (const child of descendants(world, table)) {
    switch (command.subtype) {
      case "AT_ColumnDefault":
      case "AT_SetNotNull":
      case "AT_DropNotNull":
      case "AT_AlterColumnType":
      case "AT_SetStorage":
      case "AT_SetStatistics":
      case "AT_DropExpression":
      case "AT_SetExpression":
        if (columnOf(world, child, command.name ?? "")) alterColumn(world, child, command);
        break;
      case "AT_AddConstraint":
        if (child.attributes.partitionOf === table.name)
          for (const { name } of inheritForeignKeys(world, child, table)) looked.add(name);
        lockFollower(world, child, table, command, looked);
        inheritChecks(world, child, table);
        inheritNotNull(world, child, command);
        break;
      case "AT_DropConstraint":
        dropInherited(world, child, command);
        break;
      case "AT_ValidateConstraint":
        if (world.catalog.has(keyOf("constraint", `${child.name}.${quoteIdentifier(command.name ?? "")}`))) {
          validateConstraint(world, child, command.name ?? "");
        }
        break;
    }
  }
}

/** What each partition has already, or knows of its rows, is taken for the whole without a look at them. */
function restWhereNoPartWorks(world: World, table: Table, { subtype }: AlterTableCmd): void {
  if (table.attributes.partitionKey === undefined) return;
  if (subtype !== "AT_SetNotNull" && subtype !== "AT_AddConstraint") return;
  const below = descendants(world, table);
  const parts = below.filter(({ attributes }) => attributes.partitionKey === undefined);
  // Partitions that no file makes may have rows.
  if (parts.length === 0) return;
  const keysOf = (tables: readonly Table[]) => new Set(tables.map(({ name }) => keyOf("table", name)));
  const wholes = [table, ...below.filter((child) => !parts.includes(child))];
  world.restWithParts(keysOf(wholes), keysOf(parts));
}

const ofIdentity: ReadonlySet<string> = new Set([
  "AT_AddColumn",
  "AT_AddIdentity",
  "AT_SetIdentity",
  "AT_DropIdentity",
]);

const followed: ReadonlySet<AlterTableType> = new Set([
  "AT_ColumnDefault",
  "AT_SetNotNull",
  "AT_DropNotNull",
  "AT_AlterColumnType",
  "AT_SetStorage",
  "AT_SetStatistics",
  "AT_DropExpression",
  "AT_SetExpression",
  "AT_AddConstraint",
  "AT_DropConstraint",
  "AT_ValidateConstraint",
]);

function kindsOf(type: AlterTableStmt["objtype"]) {
  switch (type) {
    case "OBJECT_INDEX":
      return ["index"] as const;
    case "OBJECT_SEQUENCE":
      return ["sequence"] as const;
    case "OBJECT_VIEW":
      return ["view"] as const;
    case "OBJECT_MATVIEW":
      return ["materialized view"] as const;
    default:
      return ["table", "view", "materialized view", "sequence", "index"] as const;
  }
}

function runCommand(world: World, relation: Relation, command: AlterTableCmd, alone: boolean): void {
  const key = keyOf(relation.kind, relation.name);
  const lock = alterTableLock(command, world.postgres);
  if (relation.kind === "table" && alterColumn(world, relation, command)) return;
  if (relation.kind === "table" && alterPartition(world, relation, command, lock)) return;
  if (relation.kind === "index" && attachIndex(world, relation, command)) return;
  if (command.subtype === "AT_AddConstraint" || command.subtype === "AT_AddIndexConstraint") {
    if (relation.kind === "table") addTableConstraint(world, relation, command, alone);
    return;
  }
  if (command.subtype === "AT_ValidateConstraint") {
    if (relation.kind === "table") validateConstraint(world, relation, command.name ?? "");
    return;
  }
  if (relation.kind === "view" && command.subtype === "AT_ColumnDefault") {
    world.lock(key, lock);
    setViewDefault(world, relation, command);
    return;
  }
  const scan = relation.kind === "table" && alteringScans(world, relation, command);
  world.lock(key, lock, { rewrite: storageRewrites(world, relation, command), scan });
  switch (command.subtype) {
    case "AT_DropColumn":
      if (relation.kind === "table") dropColumn(world, relation, command, alone);
      break;
    case "AT_DropConstraint":
      if (relation.kind === "table") dropConstraint(world, relation, command, alone);
      break;
    case "AT_AlterConstraint":
      if (relation.kind === "table") alterConstraint(world, relation, command);
      break;
    case "AT_ChangeOwner":
      if (relation.kind === "sequence" && refusesOwner(world, relation, roleName(world, command.newowner)))
        break;
      setOwner(world, key, roleName(world, command.newowner));
      break;
    case "AT_EnableRowSecurity":
    case "AT_DisableRowSecurity":
    case "AT_ForceRowSecurity":
    case "AT_NoForceRowSecurity":
      if (relation.kind === "table") setRowSecurity(world, relation, command.subtype);
      break;
    case "AT_ReplicaIdentity":
      if (relation.kind === "table") setReplicaIdentity(world, relation, command);
      break;
    case "AT_GenericOptions":
      if (relation.kind === "table") setForeignOptions(world, relation, command);
      break;
    case "AT_SetRelOptions":
    case "AT_ResetRelOptions":
      setOptions(world, relation, command);
      break;
    case "AT_SetLogged":
    case "AT_SetUnLogged":
      setPersistence(world, relation, command.subtype);
      break;
    case "AT_SetAccessMethod":
      setAccessMethod(world, relation, command);
      break;
    case "AT_SetTableSpace":
      setTablespace(world, relation, command);
      break;
    case "AT_ClusterOn":
    case "AT_DropCluster":
      setCluster(world, relation, command.name);
      break;
    case "AT_AddOf":
    case "AT_DropOf":
      if (relation.kind === "table") setType(world, relation, command);
      break;
    case "AT_AddInherit":
    case "AT_DropInherit":
      if (relation.kind === "table") changeInheritance(world, relation, command);
      break;
    default:
      if (!setTriggers(world, relation, command, alone)) world.touch(key);
  }
}

function dropColumn(world: World, table: Table, command: AlterTableCmd, alone: boolean): void {
  const key = columnKey(table, command.name ?? "");
  const column = columnOf(world, table, command.name ?? "");
  if (!column) {
    if (command.missing_ok) world.skip(key);
    else if (!world.assumed.has(keyOf("table", table.name)) || !world.mayAssume(key)) {
      requireColumn(world, table, command.name ?? "");
    }
    return;
  }
  if (column.attributes.inherited) {
    world.fail({
      reason: "refused",
      key,
      condition: "invalid_table_definition",
      why: `${plainName(column.name)} is inherited, and goes only with the column of the parent`,
      help: "drop it from the parent, or end the inheritance before",
    });
    return;
  }
  const heirs = childrenOf(world, table).flatMap((child) => {
    const column = columnOf(world, child, command.name ?? "");
    return column?.attributes.inherited ? [column] : [];
  });
  for (const { parent } of heirs) if (parent !== undefined) world.lock(parent, "ACCESS EXCLUSIVE");
  if (alone && heirs.length > 0) {
    keepHeirs(world, table, key, heirs);
    if (world.failed) return;
  }
  const targets = alone ? [key] : [key, ...heirs.map(({ name }) => keyOf("column", name))];
  dropObjects(world, targets, command.behavior === "DROP_CASCADE");
}

/** Without its parent's, the column of an heir is its own; a partition has the columns of its whole. */
function keepHeirs(
  world: World,
  table: Table,
  key: ObjectKey,
  heirs: readonly CatalogObject<"column">[],
): void {
  if (table.attributes.partitionKey !== undefined) {
    const column = plainName(key.slice("column ".length));
    world.fail({
      reason: "refused",
      key,
      condition: "invalid_table_definition",
      why: `ONLY cannot drop ${column} while ${plainName(table.name)} has partitions`,
      help: "leave ONLY out",
    });
    return;
  }
  for (const column of heirs) {
    const { inherited: _, ...attributes } = column.attributes;
    world.alter({ ...column, attributes });
  }
}

function setForeignOptions(world: World, table: Table, { def }: AlterTableCmd): void {
  const { foreignOptions: [before = ""] = [], ...attributes } = table.attributes;
  const options = alteredOptions(before, def && "List" in def ? (def.List.items ?? []) : []);
  const foreignOptions = options === "" ? {} : { foreignOptions: [options] };
  world.alter({ ...table, attributes: { ...attributes, ...foreignOptions } });
}
