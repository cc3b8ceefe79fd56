import type { AccessPriv, GrantStmt } from "@pgsql/types";
import { allPrivileges, privilegeLetter } from "../../access-list.ts";
import { describeKey } from "../../key-parts.ts";
import { type CatalogObject, keyOf, type ObjectKey, type ObjectKind } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { accessOf, ownerOf, withAccess } from "../access/access-of.ts";
import { grantPrivileges, heldThrough } from "../access/grant-privileges.ts";
import { grantorOf } from "../access/grantor.ts";
import type { Handlers } from "../handlers.ts";
import { columnKey, columnsOf, expectedKey, findRelation, strings } from "../relations.ts";
import { granteeNames } from "../roles.ts";
import { resolveRoutine, routineKinds } from "../routines.ts";
import type { World } from "../world.ts";
import { namesOf, resolve } from "./drop.ts";

/** GRANT and REVOKE of privileges on objects and columns. */
export const grantHandlers: Handlers = { GrantStmt: grant };

function grant(world: World, statement: GrantStmt): void {
  const keys =
    statement.targtype === "ACL_TARGET_ALL_IN_SCHEMA"
      ? allInSchema(world, statement)
      : targets(world, statement);
  const privileges = (statement.privileges ?? []).flatMap((node) =>
    "AccessPriv" in node ? [node.AccessPriv] : [],
  );
  const whole = privileges.filter(({ cols }) => !cols?.length);
  for (const key of keys) {
    const object = world.catalog.at(key);
    if (!object) continue;
    if (privileges.length === 0 || whole.length > 0) {
      const letters = lettersOf(world, object.kind, whole);
      change(world, object, letters, statement);
      if (!statement.is_grant) revokeFromColumns(world, object, letters, statement);
    }
    for (const privilege of privileges) {
      for (const name of strings(privilege.cols)) {
        const column = world.catalog.at(columnKey(object, name));
        if (column) change(world, column, lettersOf(world, "column", [privilege]), statement);
      }
    }
  }
}

/** The letters that mean something for the kind; no privilege at all is ALL. */
export function lettersOf(world: World, kind: ObjectKind, privileges: readonly AccessPriv[]): string[] {
  const all = [...allPrivileges(kind, world.postgres)];
  if (privileges.every(({ priv_name }) => priv_name === undefined)) return all;
  const wanted = privileges.map(({ priv_name = "" }) => privilegeLetter(priv_name));
  return all.filter((letter) => wanted.includes(letter));
}

/** What is revoked of a table is revoked of each column too (ExecGrant_Relation). */
function revokeFromColumns(
  world: World,
  table: CatalogObject,
  letters: readonly string[],
  statement: GrantStmt,
): void {
  for (const column of columnsOf(world, keyOf(table.kind, table.name))) {
    if (!column.attributes.privileges) continue;
    const ofColumns = [...allPrivileges("column", world.postgres)];
    change(
      world,
      column,
      letters.filter((letter) => ofColumns.includes(letter)),
      statement,
    );
  }
}

function change(world: World, object: CatalogObject, letters: readonly string[], statement: GrantStmt): void {
  const [list, owner] = [accessOf(world, object), ownerOf(world, object)];
  const asked = {
    grants: statement.is_grant === true,
    ...grantorOf(world, object, letters),
    grantees: granteeNames(world, statement.grantees),
    option: statement.grant_option === true,
  };
  const holders = heldThrough(list, owner, asked);
  if (holders.length > 0 && statement.behavior !== "DROP_CASCADE") refuse(world, object, holders);
  else world.alter(withAccess(world, object, grantPrivileges(list, owner, asked)));
}

/** 2BP01 */
function refuse(world: World, { kind, name }: CatalogObject, holders: readonly string[]): void {
  const key = keyOf(kind, name);
  if (world.uncertain.has(key)) return;
  world.fail({
    reason: "refused",
    key,
    condition: "dependent_objects_still_exist",
    why: `what is revoked on ${describeKey(key)} was granted on to ${[...new Set(holders)].join(", ")}`,
    help: "write CASCADE at the end of the REVOKE: it takes that too",
  });
}

function targets(world: World, statement: GrantStmt): ObjectKey[] {
  const type = statement.objtype ?? "OBJECT_TABLE";
  return (statement.objects ?? []).flatMap((node): readonly ObjectKey[] => {
    if ("RangeVar" in node) {
      const found = findRelation(world, node.RangeVar);
      if (found) return [keyOf(found.kind, found.name)];
      const kind = type === "OBJECT_SEQUENCE" ? "sequence" : "table";
      const key = expectedKey(world, node.RangeVar, kind);
      if (!world.mayAssume(key)) world.fail({ reason: "missing", key });
      return [];
    }
    if ("ObjectWithArgs" in node) return resolveRoutine(world, node.ObjectWithArgs, routineKinds);
    // The name of the database is not known, and settings and large objects are no objects that can be named.
    if (type === "OBJECT_DATABASE" || type === "OBJECT_PARAMETER_ACL" || type === "OBJECT_LARGEOBJECT")
      return [];
    return resolve(world, node, type).found;
  });
}

const inSchema: Readonly<Record<string, readonly ObjectKind[]>> = {
  OBJECT_TABLE: ["table", "view", "materialized view"],
  OBJECT_SEQUENCE: ["sequence"],
  OBJECT_FUNCTION: ["function", "aggregate"],
  OBJECT_PROCEDURE: ["procedure"],
  OBJECT_ROUTINE: routineKinds,
};

function allInSchema(world: World, statement: GrantStmt): ObjectKey[] {
  const kinds = inSchema[statement.objtype ?? ""] ?? [];
  return (statement.objects ?? []).flatMap((node) => {
    const members = world.catalog.dependentsOf(keyOf("schema", quoteIdentifier(namesOf(node)[0] ?? "")));
    return [...members]
      .filter((object) => kinds.includes(object.kind))
      .map((object) => keyOf(object.kind, object.name));
  });
}
