import type { AlterTableCmd, ColumnDef, CompositeTypeStmt, RangeVar, RenameStmt } from "@pgsql/types";
import { type CatalogObject, type Dependency, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { collationLink, ownCollation } from "../collations.ts";
import { dropObjects } from "../drop-object.ts";
import { columnKey, creationSchema, schemasToSearch, strings } from "../relations.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { resolveType } from "../type-names.ts";
import { typeTaken } from "../type-taken.ts";
import { refusesWithoutCascade, typedTables } from "../typed-tables.ts";
import type { World } from "../world.ts";
import { alterColumn } from "./alter-column.ts";

type CompositeType = CatalogObject<"type">;

interface Field {
  /** As the catalog has it: `street text`. */
  readonly text: string;
  readonly dependsOn: readonly Dependency[];
}

export function createComposite(world: World, statement: CompositeTypeStmt): void {
  const schema = creationSchema(world, statement.typevar);
  const name = qualify(schema, statement.typevar?.relname ?? "");
  if (typeTaken(world, name)) return;
  const fields = (statement.coldeflist ?? []).flatMap((node) =>
    "ColumnDef" in node ? [fieldOf(world, node.ColumnDef)] : [],
  );
  world.create({
    kind: "type",
    name,
    attributes: { form: "composite", fields: fields.map(({ text }) => text) },
    dependsOn: [...schemaDependency(world, schema), ...fields.flatMap(({ dependsOn }) => dependsOn)],
  });
}

/** ALTER TYPE … ADD, DROP and ALTER ATTRIBUTE, one after the other. */
export function alterComposite(world: World, relation: RangeVar, commands: readonly AlterTableCmd[]): void {
  for (const command of commands) {
    const type = requireComposite(world, relation);
    if (!type || world.failed) return;
    alterFields(world, type, command);
  }
}

export function renameField(
  world: World,
  relation: RangeVar,
  { subname: from = "", newname: to = "", behavior }: RenameStmt,
): CompositeType | undefined {
  const type = requireComposite(world, relation);
  if (!type || refusesWithoutCascade(world, type, behavior)) return undefined;
  const place = placeOf(type, from);
  if (place < 0) failMissing(world, type, from);
  else if (placeOf(type, to) >= 0)
    world.fail({ reason: "exists", key: keyOf("column", fieldName(type, to)) });
  else {
    const old = fieldsOf(type)[place] ?? "";
    putField(world, type, place, quoteIdentifier(to) + old.slice(quoteIdentifier(from).length), []);
  }
  return type;
}

function alterFields(world: World, type: CompositeType, command: AlterTableCmd): void {
  const def = command.def && "ColumnDef" in command.def ? command.def.ColumnDef : undefined;
  const name = command.name ?? def?.colname ?? "";
  const place = placeOf(type, name);
  if (refusesWithoutCascade(world, type, command.behavior)) return;
  if (command.subtype === "AT_AddColumn" && def) {
    if (place >= 0) world.fail({ reason: "exists", key: keyOf("column", fieldName(type, name)) });
    else {
      const { text, dependsOn } = fieldOf(world, def);
      putField(world, type, fieldsOf(type).length, text, dependsOn);
      followType(world, type, command);
    }
    return;
  }
  if (place < 0) {
    if (command.missing_ok) world.skip(keyOf("column", fieldName(type, name)));
    else failMissing(world, type, name);
    return;
  }
  if (command.subtype === "AT_DropColumn") {
    putField(world, type, place, undefined, []);
    followType(world, type, command);
  } else if (command.subtype === "AT_AlterColumnType" && def) {
    if (isStored(world, type, name)) return;
    const { text, dependsOn } = fieldOf(world, { ...def, colname: name });
    putField(world, type, place, text, dependsOn);
    followType(world, type, command);
  }
}

/** CASCADE: what is done to the attribute is done to the column of each table OF the type. */
function followType(world: World, type: CompositeType, command: AlterTableCmd): void {
  for (const table of typedTables(world, type)) {
    if (command.subtype !== "AT_DropColumn") {
      alterColumn(world, table, command);
      continue;
    }
    world.lock(keyOf("table", table.name), "ACCESS EXCLUSIVE");
    dropObjects(world, [columnKey(table, command.name ?? "")], true);
  }
}

/** 0A000: what is stored of the type would have to be written anew. */
function isStored(world: World, type: CompositeType, field: string): boolean {
  const key = keyOf("type", type.name);
  const users = world.uncertain.has(key) ? [] : [...world.catalog.dependentsOf(key)];
  const user = users.find((it) => it.kind === "column");
  if (!user) return false;
  const [name, column] = [type.name, user.name].map(plainName);
  world.fail({
    reason: "refused",
    key,
    condition: "feature_not_supported",
    why: `attribute ${field} of type ${name} keeps its type while column ${column} is of ${name}`,
    help: "make another type, and move the column to it",
  });
  return true;
}

/** What the type needed for the field that was there before, it may still need for another one. */
function putField(
  world: World,
  type: CompositeType,
  place: number,
  text: string | undefined,
  dependsOn: readonly Dependency[],
): void {
  const fields = fieldsOf(type).toSpliced(place, 1, ...(text === undefined ? [] : [text]));
  const isNeeded = ({ on }: Dependency) =>
    !/^(?:type|domain) /.test(on) ||
    fields.some((field) => field.includes(` ${on.slice(on.indexOf(" ") + 1)}`));
  world.alter({
    ...type,
    attributes: { ...type.attributes, fields },
    dependsOn: [...type.dependsOn.filter(isNeeded), ...dependsOn],
  });
}

function fieldOf(world: World, { colname, typeName, collClause }: ColumnDef): Field {
  const { text, dependsOn } = resolveType(world, typeName);
  const own = ownCollation(world, collClause, text);
  const collation = own === undefined ? "" : ` COLLATE ${own}`;
  const links = [...dependsOn, ...collationLink(world, strings(collClause?.collname))];
  return { text: `${quoteIdentifier(colname ?? "")} ${text}${collation}`, dependsOn: links };
}

function requireComposite(world: World, { schemaname, relname = "" }: RangeVar): CompositeType | undefined {
  for (const schema of schemasToSearch(world, schemaname)) {
    const found = world.catalog.get("type", qualify(schema, relname));
    if (found) return found;
  }
  const key = keyOf("type", qualify(schemaname ?? world.settings.searchPath[0] ?? "public", relname));
  if (world.mayAssume(key)) world.notAnalysed("ALTER TYPE of a composite");
  else world.fail({ reason: "missing", key });
  return undefined;
}

function failMissing(world: World, type: CompositeType, field: string): void {
  world.fail({ reason: "missing", key: keyOf("column", fieldName(type, field)) });
}

/** `street text COLLATE "C"` in its parts. */
export function partsOfField(field: string) {
  const name = /^(?:"(?:[^"]|"")*"|\S+)/.exec(field)?.[0] ?? "";
  const [type = "", collation] = field.slice(name.length + 1).split(" COLLATE ");
  return { name, type, collation };
}

function fieldsOf({ attributes }: CompositeType): readonly string[] {
  return attributes.fields ?? [];
}

function placeOf(type: CompositeType, name: string): number {
  return fieldsOf(type).findIndex((field) => field.startsWith(`${quoteIdentifier(name)} `));
}

function fieldName(type: CompositeType, name: string): string {
  return `${type.name}.${quoteIdentifier(name)}`;
}
