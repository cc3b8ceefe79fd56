import type { DropStmt, Node, ObjectType } from "@pgsql/types";
import { kindIn, nameIn } from "../../key-parts.ts";
import { keyOf, type ObjectKey, type ObjectKind } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { wholeTrigger } from "../../whole-trigger.ts";
import { heldByRole } from "../access/held-by-role.ts";
import { dropObjects } from "../drop-object.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import {
  findRelation,
  type RelationKind,
  rangeVarOf,
  relationKindOf,
  schemasToSearch,
  strings,
} from "../relations.ts";
import { roleName } from "../roles.ts";
import { expectedRoutine, type RoutineKind, resolveRoutine, routineKinds } from "../routines.ts";
import type { World } from "../world.ts";
import { castName } from "./cast.ts";
import { findOperator } from "./operator.ts";

export const dropHandlers: Handlers = {
  DropStmt: drop,
  DropRoleStmt: (world, statement) => {
    for (const role of statement.roles ?? []) {
      if ("RoleSpec" in role) dropRole(world, roleName(world, role.RoleSpec), statement.missing_ok === true);
    }
  },
  DropSubscriptionStmt: (world, { subname, missing_ok, behavior }) => {
    const key = keyOf("subscription", quoteIdentifier(subname ?? ""));
    const found = world.catalog.has(key) ? [key] : missing_ok ? [] : fromOutside(world, key);
    if (missing_ok && found.length === 0) world.skip(key);
    dropObjects(world, found, behavior === "DROP_CASCADE");
  },
  DropOwnedStmt: (world) => world.notAnalysed("DROP OWNED"),
};

function dropRole(world: World, role: string, missingOk: boolean): void {
  const key = keyOf("role", role);
  if (!world.catalog.has(key)) {
    if (missingOk) world.skip(key);
    else fromOutside(world, key);
    return;
  }
  const dependents = heldByRole(world.catalog, role);
  if (dependents.length > 0) {
    world.fail({ reason: "dependents", key, dependents });
    return;
  }
  dropObjects(world, [key], false);
  // Its settings go with it.
  const start = keyOf("setting", `role ${role} `);
  for (const { kind, name } of [...world.catalog.objects()])
    if (keyOf(kind, name).startsWith(start)) world.drop(keyOf(kind, name), true);
}

/**
 * What was never seen to be made may come from outside of the scripts: whoever makes it again puts it back. A table that
 * comes from there is dropped like any other; of what else there is, nothing is known that could be dropped.
 */
function fromOutside(world: World, key: ObjectKey): ObjectKey[] {
  if (!world.mayAssume(key)) world.fail({ reason: "missing", key });
  else if (key.startsWith("table ")) {
    world.assume({ kind: "table", name: key.slice("table ".length), attributes: {}, dependsOn: [] });
    return [key];
  } else world.assumed.add(key);
  return [];
}

function drop(world: World, statement: DropStmt): void {
  const targets: ObjectKey[] = [];
  for (const object of statement.objects ?? []) {
    const target = resolve(world, object, statement.removeType ?? "OBJECT_TABLE");
    if (target.found.length > 0) {
      targets.push(...target.found);
      continue;
    }
    if (target.other) {
      refuseOtherKind(world, target.other, target.expected);
      return;
    }
    if (statement.missing_ok) world.skip(target.expected);
    else if (!target.table || !world.assumed.has(target.table))
      targets.push(...fromOutside(world, target.expected));
    if (world.failed) return;
  }
  for (const key of targets) lock(world, key, statement.concurrent === true);
  if (statement.concurrent && refusesConcurrently(world, targets, statement)) return;
  dropObjects(world, targets, statement.behavior === "DROP_CASCADE");
}

/** 0A000: CONCURRENTLY drops one index, which nothing hangs on. */
function refusesConcurrently(world: World, targets: readonly ObjectKey[], statement: DropStmt): boolean {
  const [key] = targets;
  const index = key === undefined ? undefined : world.catalog.at(key);
  if (key === undefined || index?.kind !== "index") return false;
  const refuse = (why: string, help: string) => {
    world.fail({ reason: "refused", key, condition: "feature_not_supported", why, help });
    return true;
  };
  if ((statement.objects ?? []).length > 1)
    return refuse("DROP INDEX CONCURRENTLY drops one index at a time", "drop each alone in its file");
  if (statement.behavior === "DROP_CASCADE")
    return refuse(
      "DROP INDEX CONCURRENTLY knows no CASCADE",
      "drop the constraint that holds on to the index, or leave CASCADE out",
    );
  const table = index.parent === undefined ? undefined : world.catalog.at(index.parent);
  if (table?.kind !== "table" || table.attributes.partitionKey === undefined) return false;
  return refuse(
    `the index of the partitioned table ${plainName(table.name)} is not dropped CONCURRENTLY`,
    "leave CONCURRENTLY out, with a lock_timeout: those of the partitions fall with it",
  );
}

function lock(world: World, key: ObjectKey, concurrently: boolean): void {
  const object = world.catalog.at(key);
  if (!object) return;
  const mode = concurrently ? statementLocks.dropIndexConcurrently : statementLocks.drop;
  const isRelation = ["table", "view", "materialized view", "sequence", "index"].includes(object.kind);
  if (isRelation) world.lock(key, mode);
  if (object.parent && (object.kind === "index" || ["trigger", "policy", "rule"].includes(object.kind))) {
    world.lock(object.parent, mode);
  }
  // Those of the partitions fall with it.
  for (const part of world.catalog.dependentsOf(key)) {
    const isPart =
      part.kind === "index" ? part.attributes.partitionOf === object.name : wholeTrigger(part) === key;
    if (isPart) lock(world, keyOf(part.kind, part.name), concurrently);
  }
  if (object.kind !== "table") return;
  const { partitionOf } = object.attributes;
  if (partitionOf !== undefined) world.lock(keyOf("table", partitionOf), statementLocks.partitionedTable);
  for (const child of world.catalog.childrenOf(key)) {
    if (child.kind === "constraint" && child.attributes.references) {
      world.lock(keyOf("table", child.attributes.references), statementLocks.drop);
    }
  }
}

interface Target {
  readonly found: readonly ObjectKey[];
  readonly expected: ObjectKey;
  /** A relation of that name which is of another kind. */
  readonly other?: ObjectKey;
  /** The table that the object is a part of. */
  readonly table?: ObjectKey;
}

const parts: Readonly<Partial<Record<ObjectType, ObjectKind>>> = {
  OBJECT_TRIGGER: "trigger",
  OBJECT_POLICY: "policy",
  OBJECT_RULE: "rule",
};
const routines: Readonly<Partial<Record<ObjectType, readonly RoutineKind[]>>> = {
  OBJECT_FUNCTION: ["function"],
  OBJECT_PROCEDURE: ["procedure"],
  OBJECT_AGGREGATE: ["aggregate"],
  OBJECT_ROUTINE: routineKinds,
};
/** Objects whose names have no schema. */
const global: Readonly<Partial<Record<ObjectType, ObjectKind>>> = {
  OBJECT_SCHEMA: "schema",
  OBJECT_EXTENSION: "extension",
  OBJECT_EVENT_TRIGGER: "event trigger",
  OBJECT_PUBLICATION: "publication",
  OBJECT_SUBSCRIPTION: "subscription",
  OBJECT_LANGUAGE: "language",
  OBJECT_FDW: "foreign-data wrapper",
  OBJECT_FOREIGN_SERVER: "server",
  OBJECT_ACCESS_METHOD: "access method",
};
const inSchema: Readonly<Partial<Record<ObjectType, readonly ObjectKind[]>>> = {
  OBJECT_TYPE: ["type", "domain"],
  OBJECT_DOMAIN: ["domain"],
  OBJECT_COLLATION: ["collation"],
  OBJECT_CONVERSION: ["conversion"],
  OBJECT_STATISTIC_EXT: ["statistics"],
  OBJECT_TSCONFIGURATION: ["text search configuration"],
  OBJECT_TSDICTIONARY: ["text search dictionary"],
  OBJECT_TSPARSER: ["text search parser"],
  OBJECT_TSTEMPLATE: ["text search template"],
};

/** The objects that a name in DROP, COMMENT or ALTER … means. */
export function resolve(world: World, object: Node, type: ObjectType): Target {
  const relation = relationKindOf[type];
  if (relation) return resolveRelation(world, namesOf(object), relation);
  const kinds = routines[type];
  if (kinds && "ObjectWithArgs" in object) {
    const found = resolveRoutine(world, object.ObjectWithArgs, kinds);
    if (found.length > 1) refuseBareName(world, found);
    const expected = expectedRoutine(world, object.ObjectWithArgs, kinds[0] ?? "function");
    const [other] = found.length === 0 ? resolveRoutine(world, object.ObjectWithArgs, routineKinds) : [];
    return { found, expected, ...(other !== undefined && { other }) };
  }
  if (type === "OBJECT_OPERATOR" && "ObjectWithArgs" in object)
    return findOperator(world, strings(object.ObjectWithArgs.objname), object.ObjectWithArgs.objargs ?? []);
  if (type === "OBJECT_CAST" && "List" in object) {
    const [source, target] = (object.List.items ?? []).map((it) =>
      "TypeName" in it ? it.TypeName : undefined,
    );
    return single(world, keyOf("cast", castName(world, source, target)));
  }
  const part = parts[type];
  if (part) return resolvePart(world, namesOf(object), part);
  const plain = global[type];
  if (plain) return single(world, keyOf(plain, quoteIdentifier(namesOf(object).at(-1) ?? "")));
  const names = namesOf(object);
  for (const kind of inSchema[type] ?? []) {
    for (const schema of schemasToSearch(world, names.at(-2))) {
      const key = keyOf(kind, qualify(schema, names.at(-1) ?? ""));
      if (world.catalog.has(key)) return { found: [key], expected: key };
    }
  }
  const kind = inSchema[type]?.[0];
  if (!kind) {
    world.notAnalysed(`DROP ${type.replace("OBJECT_", "").toLowerCase().replaceAll("_", " ")}`);
    return { found: [], expected: "" };
  }
  const schema = names.at(-2) ?? world.settings.searchPath[0] ?? "public";
  return { found: [], expected: keyOf(kind, qualify(schema, names.at(-1) ?? "")) };
}

/** 42725: a routine without its arguments must be the only one of its name. */
function refuseBareName(world: World, found: readonly ObjectKey[]): void {
  const [key] = found;
  if (key === undefined || found.some((it) => world.uncertain.has(it))) return;
  const names = found.map((it) => plainName(it.slice(it.indexOf(" ") + 1)));
  world.fail({
    reason: "refused",
    key,
    condition: "ambiguous_function",
    why: `the name alone does not say which one is meant: ${names.join(" or ")}`,
    help: "name the arguments",
  });
}

function resolveRelation(world: World, names: readonly string[], kind: RelationKind): Target {
  const found = findRelation(world, rangeVarOf(names), [kind]);
  const schema = names.at(-2) ?? world.settings.searchPath[0] ?? "public";
  const expected = keyOf(kind, qualify(schema, names.at(-1) ?? ""));
  const other = found ? undefined : findRelation(world, rangeVarOf(names));
  return {
    found: found ? [keyOf(found.kind, found.name)] : [],
    expected,
    ...(other && { other: keyOf(other.kind, other.name) }),
  };
}

/** 42809, with IF EXISTS too: DROP TABLE drops no view. */
function refuseOtherKind(world: World, key: ObjectKey, expected: ObjectKey): void {
  if (world.uncertain.has(key) || world.assumed.has(key)) return;
  const [is, asked] = [kindIn(key), kindIn(expected)];
  const name = plainName(nameIn(key));
  world.fail({
    reason: "refused",
    key,
    condition: "wrong_object_type",
    why: `${name} is ${article(is)} ${is}, and not ${article(asked)} ${asked}`,
    help: `drop it as what it is\n  DROP ${is.toUpperCase()} ${name};`,
  });
}

function article(kind: string): string {
  return /^[aeiou]/.test(kind) ? "an" : "a";
}

function resolvePart(world: World, names: readonly string[], kind: ObjectKind): Target {
  const table = findRelation(world, rangeVarOf(names.slice(0, -1)), ["table", "view", "materialized view"]);
  if (!table) return { found: [], expected: resolveRelation(world, names.slice(0, -1), "table").expected };
  const key = keyOf(kind, `${table.name}.${quoteIdentifier(names.at(-1) ?? "")}`);
  return { ...single(world, key), table: keyOf(table.kind, table.name) };
}

function single(world: World, key: ObjectKey): Target {
  return { found: world.catalog.has(key) ? [key] : [], expected: key };
}

export function namesOf(object: Node): string[] {
  if ("String" in object) return [object.String.sval ?? ""];
  if ("List" in object) return strings(object.List.items);
  if ("TypeName" in object) return strings(object.TypeName.names);
  return [];
}
