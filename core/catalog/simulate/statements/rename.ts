import type { AlterObjectDependsStmt, Node, ObjectType, RangeVar, RenameStmt } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../model.ts";
import { lastPart, qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import { setOwner } from "../access/set-owner.ts";
import { requireColumn } from "../constraints/require-column.ts";
import { descendants } from "../descendants.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { clonesOf } from "../partition-triggers.ts";
import { nameOutputs } from "../query/expand-query.ts";
import { outputNames } from "../query/output-names.ts";
import { renamedReaders } from "../query/renamed-readers.ts";
import { refusesMove } from "../refuses-owned.ts";
import {
  columnOf,
  findRelation,
  relationKindOf,
  relationKinds,
  requireRelation,
  strings,
  type Table,
} from "../relations.ts";
import { renameObject } from "../rename-object.ts";
import { roleName } from "../roles.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { sqlText } from "../sql-text.ts";
import { refusesOwnColumns, typedTables } from "../typed-tables.ts";
import type { World } from "../world.ts";
import { renameField } from "./composite-type.ts";
import { resolve } from "./drop.ts";
import { dependOnExtension } from "./extension.ts";

export const renameHandlers: Handlers = {
  RenameStmt: rename,
  AlterObjectSchemaStmt: (world, statement) => {
    const target = targetOf(
      world,
      statement.relation,
      statement.object,
      statement.objectType,
      statement.missing_ok,
    );
    const object = target && world.catalog.at(target);
    if (!object) return;
    if (object.kind === "sequence" && refusesMove(world, object, "SET SCHEMA")) return;
    const schema = statement.newschema ?? "";
    if (object.kind === "extension") {
      world.alter({
        ...object,
        attributes: { ...object.attributes, schema: quoteIdentifier(schema) },
        dependsOn: schemaDependency(world, schema),
      });
      return;
    }
    const rest = object.name.slice(schemaOf(object).length + 1);
    const moved = `${quoteIdentifier(schema)}.${rest}`;
    const taken = namesake(world, object, moved);
    if (taken !== undefined && keyOf(object.kind, moved) !== target) {
      world.fail({ reason: "exists", key: taken });
      return;
    }
    renameObject(world, target, moved);
    moveParts(world, keyOf(object.kind, moved), schema);
    inSchema(world, keyOf(object.kind, moved), schema);
  },
  AlterObjectDependsStmt: dependOn,
  AlterOwnerStmt: (world, statement) => {
    const target = targetOf(world, statement.relation, statement.object, statement.objectType, false);
    if (target !== undefined) setOwner(world, target, roleName(world, statement.newowner));
  },
};

/** DEPENDS ON EXTENSION: it goes with the extension from then on. */
function dependOn(world: World, statement: AlterObjectDependsStmt): void {
  const { relation, object, objectType, extname, remove } = statement;
  const target =
    objectType === "OBJECT_TRIGGER" && relation
      ? triggerOf(world, relation, object)
      : targetOf(world, relation, object, objectType, false);
  const found = target === undefined ? undefined : world.catalog.at(target);
  if (found) dependOnExtension(world, found, extname?.sval ?? "", remove === true);
}

function triggerOf(world: World, relation: RangeVar, object: Node | undefined): ObjectKey | undefined {
  const table = requireRelation(world, relation);
  const name = object && "List" in object ? strings(object.List.items).at(-1) : undefined;
  return table && name ? keyOf("trigger", `${table.name}.${quoteIdentifier(name)}`) : undefined;
}

function inSchema(world: World, key: ObjectKey, schema: string): void {
  const now = world.catalog.at(key);
  const [dependency] = schemaDependency(world, schema);
  if (!now || !dependency) return;
  const others = now.dependsOn.filter((link) => !link.on.startsWith("schema "));
  world.catalog.put({ ...now, dependsOn: [...others, dependency] });
}

/** Indexes and owned sequences move to the new schema with their table. */
function moveParts(world: World, table: ObjectKey, schema: string): void {
  for (const child of [...world.catalog.childrenOf(table)]) {
    if (child.kind === "index")
      renameObject(world, keyOf("index", child.name), qualify(schema, lastPart(child.name)));
    if (child.kind !== "column") continue;
    for (const dependent of [...world.catalog.dependentsOf(keyOf("column", child.name))]) {
      if (dependent.kind !== "sequence") continue;
      const moved = qualify(schema, lastPart(dependent.name));
      renameObject(world, keyOf("sequence", dependent.name), moved);
      inSchema(world, keyOf("sequence", moved), schema);
    }
  }
}

function targetOf(
  world: World,
  relation: RangeVar | undefined,
  object: Node | undefined,
  type: ObjectType | undefined,
  missingOk: boolean | undefined,
): ObjectKey | undefined {
  const kind = relationKindOf[type ?? "OBJECT_TABLE"];
  if (relation) {
    // ALTER TABLE may name any relation.
    const kinds = kind === "table" ? undefined : kind && [kind];
    const found =
      findRelation(world, relation, kinds) ??
      (missingOk ? undefined : requireRelation(world, relation, kind && [kind]));
    if (!found) return undefined;
    const key = keyOf(found.kind, found.name);
    world.lock(key, kind === "index" ? statementLocks.renameIndex : statementLocks.rename);
    return key;
  }
  if (!object || !type) return undefined;
  const { found, expected } = resolve(world, object, type);
  const [key] = found;
  if (key === undefined && !missingOk && !world.mayAssume(expected))
    world.fail({ reason: "missing", key: expected });
  return key;
}

function rename(world: World, statement: RenameStmt): void {
  const { renameType, relation, newname = "", subname = "" } = statement;
  switch (renameType) {
    case "OBJECT_COLUMN":
      if (relation) renameColumn(world, statement, relation);
      return;
    case "OBJECT_TABCONSTRAINT":
      if (relation) renameConstraint(world, relation, subname, newname, statement.missing_ok === true);
      return;
    case "OBJECT_TRIGGER":
    case "OBJECT_POLICY":
    case "OBJECT_RULE": {
      if (!relation) return;
      const table = requireRelation(world, relation);
      if (!table) return;
      const kind =
        renameType === "OBJECT_TRIGGER" ? "trigger" : renameType === "OBJECT_POLICY" ? "policy" : "rule";
      world.lock(keyOf(table.kind, table.name), statementLocks.rename);
      const key = keyOf(kind, `${table.name}.${quoteIdentifier(subname)}`);
      const object = world.catalog.at(key);
      // Those of the partitions follow since 15.
      const clones = object?.kind === "trigger" && world.postgres >= 15 ? clonesOf(world, object) : [];
      move(world, key, `${table.name}.${quoteIdentifier(newname)}`);
      for (const clone of clones)
        if (!world.failed)
          move(
            world,
            keyOf("trigger", clone.name),
            `${clone.parent?.slice("table ".length)}.${quoteIdentifier(newname)}`,
          );
      return;
    }
    case "OBJECT_SCHEMA":
      renameSchema(world, subname, newname);
      return;
    case "OBJECT_ROLE":
      move(world, keyOf("role", quoteIdentifier(subname)), quoteIdentifier(newname));
      return;
    case "OBJECT_ATTRIBUTE":
      if (relation) renameAttribute(world, statement, relation);
      return;
    case "OBJECT_DOMCONSTRAINT": {
      const [domain] = statement.object ? resolve(world, statement.object, "OBJECT_DOMAIN").found : [];
      if (domain === undefined) return;
      const name = domain.slice("domain ".length);
      move(
        world,
        keyOf("constraint", `${name}.${quoteIdentifier(subname)}`),
        `${name}.${quoteIdentifier(newname)}`,
      );
      return;
    }
    case "OBJECT_DATABASE":
      return;
  }
  const target = targetOf(world, relation, statement.object, renameType, statement.missing_ok);
  const object = target && world.catalog.at(target);
  if (!object) return;
  if (object.kind === "index" && object.attributes.constraint) {
    renameWithConstraint(world, object.attributes.constraint, newname);
    return;
  }
  const name = ["function", "procedure", "aggregate"].includes(object.kind)
    ? `${schemaOf(object)}.${quoteIdentifier(newname)}${object.name.slice(object.name.indexOf("("))}`
    : object.name.includes(".")
      ? `${schemaOf(object)}.${quoteIdentifier(newname)}`
      : quoteIdentifier(newname);
  move(world, target, name);
}

function move(world: World, key: ObjectKey, name: string): void {
  const object = world.catalog.at(key);
  if (!object) {
    if (!world.mayAssume(key)) world.fail({ reason: "missing", key });
    return;
  }
  const taken = name === object.name ? undefined : namesake(world, object, name);
  if (taken !== undefined) world.fail({ reason: "exists", key: taken });
  else if (object.kind === "index") moveIndex(world, key, name);
  else renameObject(world, key, name);
}

/** What has the name already: all relations share theirs, and what has a row type shares it with the types. */
function namesake(world: World, object: CatalogObject, name: string): ObjectKey | undefined {
  const kinds = new Set<CatalogObject["kind"]>([object.kind]);
  const hasRows = object.kind === "table" || object.kind === "view" || object.kind === "materialized view";
  const isType = object.kind === "type" || object.kind === "domain";
  const isRelation = relationKinds.some((kind) => kind === object.kind);
  if (isRelation) for (const kind of relationKinds) kinds.add(kind);
  if (isType) for (const kind of ["table", "view", "materialized view"] as const) kinds.add(kind);
  if (isType || hasRows) for (const kind of ["type", "domain"] as const) kinds.add(kind);
  return [...kinds].map((kind) => keyOf(kind, name)).find((key) => world.catalog.has(key));
}

function moveIndex(world: World, key: ObjectKey, name: string): void {
  const index = world.catalog.at(key);
  if (index?.kind !== "index") return;
  const definition = index.attributes.definition.replace(
    ` INDEX ${quoteIdentifier(lastPart(index.name))} `,
    ` INDEX ${quoteIdentifier(lastPart(name))} `,
  );
  world.catalog.put({ ...index, attributes: { ...index.attributes, definition } });
  renameObject(world, key, name);
}

function renameColumn(world: World, statement: RenameStmt, relation: RangeVar): void {
  if (statement.missing_ok && !findRelation(world, relation)) return;
  const table = requireRelation(world, relation);
  if (table?.kind === "view" || table?.kind === "materialized view") {
    world.lock(keyOf(table.kind, table.name), statementLocks.rename);
    renameViewColumn(world, table, statement.subname ?? "", statement.newname ?? "");
    return;
  }
  if (table?.kind !== "table") {
    if (table) world.touch(keyOf(table.kind, table.name));
    return;
  }
  world.lock(keyOf("table", table.name), statementLocks.rename);
  if (refusesOwnColumns(world, table)) return;
  const found = requireColumn(world, table, statement.subname ?? "");
  if (!found || found === true) return;
  const taken = columnOf(world, table, statement.newname ?? "");
  if (taken) {
    world.fail({ reason: "exists", key: keyOf("column", taken.name) });
    return;
  }
  // Heirs and partitions follow.
  const heirs = descendants(world, table).flatMap((child) => {
    const column = columnOf(world, child, statement.subname ?? "");
    return column ? [{ table: child, column }] : [];
  });
  for (const heir of heirs) world.lock(keyOf("table", heir.table.name), statementLocks.rename);
  for (const { table: whole, column: part } of [{ table, column: found }, ...heirs])
    renameOne(world, whole, part, statement.newname ?? "");
}

/** The columns of tables OF the type follow. */
function renameAttribute(world: World, statement: RenameStmt, relation: RangeVar): void {
  const type = renameField(world, relation, statement);
  if (!type || world.failed) return;
  for (const table of typedTables(world, type)) {
    const column = columnOf(world, table, statement.subname ?? "");
    world.lock(keyOf("table", table.name), statementLocks.rename);
    if (column) renameOne(world, table, column, statement.newname ?? "");
  }
}

function renameOne(world: World, table: Table, { name }: { readonly name: string }, to: string): void {
  const column = keyOf("column", name);
  const readers = renamedReaders(world, column, to);
  renameObject(world, column, `${table.name}.${quoteIdentifier(to)}`);
  for (const { key, attributes } of readers) {
    const reader = world.catalog.at(key);
    if (reader)
      world.catalog.put({ ...reader, attributes: { ...reader.attributes, ...attributes } } as CatalogObject);
  }
}

/** A view calls the column of its query otherwise. */
function renameViewColumn(
  world: World,
  view: CatalogObject<"view" | "materialized view">,
  from: string,
  to: string,
): void {
  const key = keyOf(view.kind, view.name);
  world.lock(key, statementLocks.rename);
  const node = parseSql(view.attributes.definition).statements[0]?.node;
  const place = outputNames(view.attributes.definition)?.indexOf(from) ?? -1;
  const names = Array.from({ length: place + 1 }, (_, index) => (index === place ? to : undefined));
  if (place < 0 || !node || !("SelectStmt" in node) || !nameOutputs(node.SelectStmt, names)) {
    world.uncertain.add(key);
    world.touch(key);
    return;
  }
  world.alter({ ...view, attributes: { ...view.attributes, definition: sqlText(node) } } as CatalogObject);
  // What it has of its own, a default, keeps to it.
  renameObject(
    world,
    keyOf("column", `${view.name}.${quoteIdentifier(from)}`),
    `${view.name}.${quoteIdentifier(to)}`,
  );
}

function renameConstraint(
  world: World,
  relation: RangeVar,
  from: string,
  to: string,
  missingOk: boolean,
): void {
  if (missingOk && !findRelation(world, relation)) return;
  const table = requireRelation(world, relation, ["table"]);
  if (!table) return;
  world.lock(keyOf("table", table.name), statementLocks.rename);
  const key = keyOf("constraint", `${table.name}.${quoteIdentifier(from)}`);
  const constraint = world.catalog.at(key);
  if (constraint?.kind === "constraint") {
    // A CHECK and NOT NULL have one name in all heirs and partitions.
    const { type, noInherit } = constraint.attributes;
    const passesOn = (type === "check" || type === "not null") && !noInherit;
    for (const { name } of [table as Table, ...(passesOn ? descendants(world, table as Table) : [])]) {
      const own = keyOf("constraint", `${name}.${quoteIdentifier(from)}`);
      if (!world.failed && world.catalog.has(own)) renameWithConstraint(world, own, to);
    }
  } else if (!world.assumed.has(keyOf("table", table.name))) world.fail({ reason: "missing", key });
}

/** A constraint and its index have one name. */
function renameWithConstraint(world: World, key: ObjectKey, to: string): void {
  const constraint = world.catalog.at(key);
  if (constraint?.kind !== "constraint" || !constraint.parent) return;
  const table = world.catalog.at(constraint.parent) as Table | undefined;
  if (!table) return;
  const index = [...world.catalog.dependentsOf(key)].find((dependent) => dependent.kind === "index");
  move(world, key, `${table.name}.${quoteIdentifier(to)}`);
  if (index && !world.failed)
    move(world, keyOf("index", index.name), `${schemaOf(index)}.${quoteIdentifier(to)}`);
}

function renameSchema(world: World, from: string, to: string): void {
  const key = keyOf("schema", quoteIdentifier(from));
  const all = [...world.catalog.dependentsOf(key)];
  // A routine is called by the types of its arguments, and has another name once those have moved.
  const members = [...all.filter(isRoutine), ...all.filter((member) => !isRoutine(member))];
  move(world, key, quoteIdentifier(to));
  if (world.failed) return;
  for (const member of members) {
    const memberKey = keyOf(member.kind, member.name);
    moveParts(world, memberKey, to);
    if (member.kind === "default privileges") {
      const inSchema = (schema: string) => ` IN SCHEMA ${quoteIdentifier(schema)} ON `;
      renameObject(world, memberKey, member.name.replace(inSchema(from), inSchema(to)));
      continue;
    }
    if (world.catalog.has(memberKey) && member.name.startsWith(`${quoteIdentifier(from)}.`)) {
      renameObject(
        world,
        memberKey,
        `${quoteIdentifier(to)}${member.name.slice(quoteIdentifier(from).length)}`,
      );
    }
  }
}

function isRoutine({ kind }: CatalogObject): boolean {
  return kind === "function" || kind === "procedure" || kind === "aggregate";
}
