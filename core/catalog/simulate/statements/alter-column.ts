import type { AlterTableCmd, Node } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import {
  type Column,
  createColumnSequence,
  defaultDependencies,
  nameParts,
  sequenceName,
} from "../columns.ts";
import { requireColumn } from "../constraints/require-column.ts";
import { defaultText } from "../default-text.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import { alterTableLock } from "../lock-table.ts";
import { optionNamed, options } from "../options.ts";
import { notNullConstraint, provedNotNull } from "../proved-not-null.ts";
import { refusesDefault, refusesOwnDefault } from "../refuses-default.ts";
import { primaryKeyOf, type Table } from "../relations.ts";
import { sequenceOptions } from "../sequences.ts";
import { unusualStorage } from "../usual-storage.ts";
import type { World } from "../world.ts";
import { addNewColumn } from "./add-new-column.ts";
import { markValid } from "./alter-constraint.ts";
import { changeOfUnknownRewrites, changeType } from "./change-type.ts";
import { alteredOptions } from "./foreign.ts";
import { refusesInheritedNotNull } from "./inherit-not-null.ts";

/** Runs a subcommand that is about one column; false if it is about something else. */
export function alterColumn(world: World, table: Table, command: AlterTableCmd): boolean {
  const tableKey = keyOf("table", table.name);
  if (command.subtype === "AT_AddColumn") {
    if (command.def && "ColumnDef" in command.def) addNewColumn(world, table, command, command.def.ColumnDef);
    return true;
  }
  if (!command.subtype || !columnCommands.has(command.subtype)) return false;
  const found = requireColumn(world, table, command.name ?? "");
  if (!found) return true;
  const lock = alterTableLock(command, world.postgres);
  const notNull = command.subtype === "AT_SetNotNull";
  const scan = notNull && !provedNotNull(world, table, command.name ?? "");
  if (found === true) {
    const retyped = command.subtype === "AT_AlterColumnType";
    const rewrite = retyped && changeOfUnknownRewrites(world, command);
    world.lock(tableKey, lock, rewrite ? { rewrite, scan: rewrite } : { scan });
    return true;
  }
  if (command.subtype === "AT_AlterColumnType") {
    changeType(world, table, found, command);
    return true;
  }
  // What is stored is computed anew; a virtual column is when it is read.
  const rewrite = command.subtype === "AT_SetExpression" && found.attributes.generation === "stored";
  world.lock(tableKey, lock, { rewrite, scan: scan || rewrite });
  changeColumn(world, table, found, command);
  return true;
}

const columnCommands: ReadonlySet<string> = new Set([
  "AT_ColumnDefault",
  "AT_DropNotNull",
  "AT_SetNotNull",
  "AT_AlterColumnType",
  "AT_SetStatistics",
  "AT_SetStorage",
  "AT_SetCompression",
  "AT_SetOptions",
  "AT_ResetOptions",
  "AT_AlterColumnGenericOptions",
  "AT_AddIdentity",
  "AT_SetIdentity",
  "AT_DropIdentity",
  "AT_SetExpression",
  "AT_DropExpression",
]);

function changeColumn(world: World, table: Table, column: Column, command: AlterTableCmd): void {
  const { attributes } = column;
  switch (command.subtype) {
    case "AT_ColumnDefault": {
      const { default: _, ...rest } = attributes;
      if (refusesOwnDefault(world, column) || refusesDefault(world, column, command.def)) break;
      const text = defaultText(world, command.def, attributes.type);
      const kept = column.dependsOn.filter((dependency) => dependency.part !== "default");
      world.alter({
        ...column,
        attributes: text === undefined ? rest : { ...rest, default: text },
        dependsOn: text === undefined ? kept : [...kept, ...defaultDependencies(world, command.def)],
      });
      break;
    }
    case "AT_SetNotNull": {
      world.alter({ ...column, attributes: { ...attributes, notNull: true } });
      const constraint = notNullConstraint(world, table, command.name ?? "");
      if (constraint?.attributes.notValidated) markValid(world, constraint);
      break;
    }
    case "AT_DropNotNull": {
      if (isOfPrimaryKey(world, table, column) || isOfIdentity(world, table, column)) break;
      if (attributes.notNull && refusesInheritedNotNull(world, table, command.name ?? "")) break;
      const { notNull: _, ...rest } = attributes;
      world.alter({ ...column, attributes: rest });
      // Since 18 it is a constraint with a name, and goes with it.
      const constraint = notNullConstraint(world, table, command.name ?? "");
      if (constraint) world.drop(keyOf("constraint", constraint.name), true);
      break;
    }
    case "AT_SetStatistics": {
      const { statistics: _, ...rest } = attributes;
      const target = command.def && "Integer" in command.def ? (command.def.Integer.ival ?? 0) : -1;
      world.alter({ ...column, attributes: target < 0 ? rest : { ...rest, statistics: target } });
      break;
    }
    case "AT_SetStorage": {
      const { storage: _, ...rest } = attributes;
      world.alter({
        ...column,
        attributes: { ...rest, ...unusualStorage(wordOf(command), attributes.type) },
      });
      break;
    }
    case "AT_SetCompression": {
      const { compression: _, ...rest } = attributes;
      const compression = wordOf(command)?.toLowerCase();
      world.alter({
        ...column,
        attributes: compression === undefined || compression === "default" ? rest : { ...rest, compression },
      });
      break;
    }
    case "AT_SetOptions":
    case "AT_ResetOptions": {
      const changed = command.def && "List" in command.def ? options(command.def.List.items ?? []) : [];
      const { options: _, ...rest } = attributes;
      world.alter({
        ...column,
        attributes: command.subtype === "AT_SetOptions" ? { ...rest, options: changed } : rest,
      });
      break;
    }
    case "AT_AlterColumnGenericOptions": {
      const { options: [before = ""] = [], ...rest } = attributes;
      const list = alteredOptions(
        before,
        command.def && "List" in command.def ? (command.def.List.items ?? []) : [],
      );
      world.alter({ ...column, attributes: list === "" ? rest : { ...rest, options: [list] } });
      break;
    }
    case "AT_AddIdentity": {
      if (!command.def || !("Constraint" in command.def) || refusesIdentity(world, table, column)) break;
      const { generated_when, options: sequence } = command.def.Constraint;
      world.alter({
        ...column,
        attributes: { ...attributes, identity: generated_when === "a" ? "always" : "by default" },
      });
      createColumnSequence(world, keyOf("column", column.name), column.name, {
        name: sequenceName(world, table, command.name ?? ""),
        type: attributes.type,
        link: "internal",
        options: sequence ?? [],
      });
      break;
    }
    case "AT_SetIdentity":
      setIdentity(world, column, command.def);
      break;
    case "AT_DropIdentity": {
      const { identity: _, ...rest } = attributes;
      world.alter({ ...column, attributes: rest });
      const sequences = [...world.catalog.dependentsOf(keyOf("column", column.name))].filter(
        ({ kind, dependsOn }) => kind === "sequence" && dependsOn.some(({ type }) => type === "internal"),
      );
      for (const sequence of sequences) world.drop(keyOf("sequence", sequence.name), true);
      break;
    }
    case "AT_DropExpression": {
      if (refusesExpression(world, column, command)) break;
      const { generated: _, generation: __, ...rest } = attributes;
      world.alter({ ...column, attributes: rest, dependsOn: withoutExpression(column) });
      break;
    }
    case "AT_SetExpression":
      if (refusesExpression(world, column, command)) break;
      world.alter({
        ...column,
        attributes: { ...attributes, generated: defaultText(world, command.def, undefined) ?? "" },
        dependsOn: [
          ...withoutExpression(column),
          ...expressionDependencies(world, command.def, table).dependsOn,
        ],
      });
      break;
    default:
      world.touch(keyOf("column", column.name));
  }
}

/** 55000: a plain column has none. 0A000: of a virtual column no values are stored that could stay. */
function refusesExpression(world: World, column: Column, { subtype, missing_ok }: AlterTableCmd): boolean {
  const { generated, generation } = column.attributes;
  if (generated !== undefined && (subtype === "AT_SetExpression" || generation !== "virtual")) return false;
  if (generated === undefined && missing_ok) return true;
  const [key, name] = [keyOf("column", column.name), plainName(column.name)];
  world.fail(
    generated === undefined
      ? {
          reason: "refused",
          key,
          condition: "object_not_in_prerequisite_state",
          why: `${name} is not a generated column`,
          help: "an expression comes with a column: drop it and add it anew",
        }
      : {
          reason: "refused",
          key,
          condition: "feature_not_supported",
          why: `${name} is a virtual column, which has no values that could stay without its expression`,
          help: "add a plain column, fill it, and drop this one",
        },
  );
  return true;
}

/** What a generated column needs apart from its expression: its type and its collation. */
function withoutExpression({ dependsOn }: Column): Column["dependsOn"] {
  return dependsOn.filter(({ on }) => !/^(?:column|function|operator|sequence) /.test(on));
}

function wordOf({ def }: AlterTableCmd): string | undefined {
  return def && "String" in def ? def.String.sval : undefined;
}

/** SET GENERATED, and the options of the sequence behind the column. */
/** 55000: a column that counts must be NOT NULL, and nothing else may fill it. */
function refusesIdentity(world: World, table: Table, column: Column): boolean {
  const { default: text, notNull, identity } = column.attributes;
  const [whole, name] = [plainName(table.name), quoteIdentifier(lastPart(column.name))];
  const before = (action: string) => `before it\n  ALTER TABLE ${whole} ALTER COLUMN ${name} ${action};`;
  const [state, help] =
    identity !== undefined
      ? ["is an identity column already", "leave it out"]
      : text !== undefined
        ? ["has a default already", before("DROP DEFAULT")]
        : ["may hold NULL, which no identity column may", before("SET NOT NULL")];
  if (identity === undefined && text === undefined && notNull) return false;
  world.fail({
    reason: "refused",
    key: keyOf("column", column.name),
    condition: "object_not_in_prerequisite_state",
    why: `column ${whole}.${name} ${state}`,
    help,
  });
  return true;
}

function setIdentity(world: World, column: Column, def: Node | undefined): void {
  const given = def && "List" in def ? (def.List.items ?? []) : [];
  const generated = optionNamed(given, "generated");
  if (generated && "Integer" in generated) {
    const identity = generated.Integer.ival === always ? "always" : "by default";
    world.alter({ ...column, attributes: { ...column.attributes, identity } });
  }
  for (const sequence of [...world.catalog.dependentsOf(keyOf("column", column.name))]) {
    if (sequence.kind !== "sequence") continue;
    const { attributes } = sequence;
    world.alter({ ...sequence, attributes: sequenceOptions(world, given, attributes.type, attributes) });
  }
}

/** ATTRIBUTE_IDENTITY_ALWAYS, as the grammar has it. */
const always = "a".charCodeAt(0);

function isOfIdentity(world: World, table: Table, column: Column): boolean {
  const { replicaIdentity = "" } = table.attributes;
  const identity = `index ${nameParts(table).schema}.${replicaIdentity.replace(/^index /, "")}`;
  const index = replicaIdentity.startsWith("index ") ? world.catalog.at(identity) : undefined;
  if (index?.kind !== "index" || !index.attributes.columns.includes(lastPart(column.name))) return false;
  world.fail({
    reason: "refused",
    key: keyOf("column", column.name),
    condition: "invalid_table_definition",
    why: `column ${plainName(column.name)} is in the index of the replica identity, so it stays NOT NULL`,
    help: `name another index before\n  ALTER TABLE ${plainName(table.name)} REPLICA IDENTITY DEFAULT;`,
  });
  return true;
}

function isOfPrimaryKey(world: World, table: Table, column: Column): boolean {
  const key = primaryKeyOf(world, table);
  const constraint = key === undefined ? undefined : world.catalog.at(key);
  if (constraint?.kind !== "constraint" || !constraint.attributes.columns.includes(lastPart(column.name)))
    return false;
  world.fail({
    reason: "refused",
    key: keyOf("column", column.name),
    condition: "invalid_table_definition",
    why: `column ${plainName(column.name)} is in a primary key, so it stays NOT NULL`,
    help: "drop the primary key before",
  });
  return true;
}
