import type { AlterTableCmd, AlterTableType } from "@pgsql/types";
import { type AttributesOf, type CatalogObject, keyOf } from "../../model.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import { storageTexts } from "../describe-index.ts";
import { options } from "../options.ts";
import { columnsOf, type Relation, type Table } from "../relations.ts";
import { inTablespace } from "../tablespace.ts";
import type { World } from "../world.ts";

export function setRowSecurity(world: World, table: Table, subtype: AlterTableType): void {
  const { rowSecurity, forceRowSecurity, ...attributes } = table.attributes;
  const enabled = subtype === "AT_EnableRowSecurity" || (subtype !== "AT_DisableRowSecurity" && rowSecurity);
  const forced =
    subtype === "AT_ForceRowSecurity" || (subtype !== "AT_NoForceRowSecurity" && forceRowSecurity);
  world.alter({
    ...table,
    attributes: {
      ...attributes,
      ...(enabled && { rowSecurity: true as const }),
      ...(forced && { forceRowSecurity: true as const }),
    },
  });
}

export function setReplicaIdentity(world: World, table: Table, command: AlterTableCmd): void {
  if (!command.def || !("ReplicaIdentityStmt" in command.def)) return;
  const { identity_type, name } = command.def.ReplicaIdentityStmt;
  const { replicaIdentity: _, ...attributes } = table.attributes;
  const identity =
    identity_type === "f"
      ? "full"
      : identity_type === "n"
        ? "nothing"
        : identity_type === "i"
          ? `index ${quoteIdentifier(name ?? "")}`
          : undefined;
  world.alter({ ...table, attributes: identity ? { ...attributes, replicaIdentity: identity } : attributes });
}

/** The index that CLUSTER goes by; of all indexes of a table one at most. Without a name: by none. */
export function setCluster(world: World, relation: Relation, name: string | undefined): void {
  const key = keyOf(relation.kind, relation.name);
  const indexes = [...world.catalog.childrenOf(key)].filter(
    (it): it is CatalogObject<"index"> => it.kind === "index",
  );
  if (name !== undefined && !indexes.some((index) => lastPart(index.name) === name)) {
    const missing = keyOf("index", `${schemaOf(relation)}.${quoteIdentifier(name)}`);
    if (!world.assumed.has(key) || world.isGone(missing)) world.fail({ reason: "missing", key: missing });
    return;
  }
  for (const index of indexes) {
    const { clustered, ...attributes } = index.attributes;
    const chosen = lastPart(index.name) === name;
    if (chosen === (clustered === true)) continue;
    world.alter({ ...index, attributes: chosen ? { ...attributes, clustered: true } : attributes });
  }
}

export function setOptions(world: World, relation: Relation, command: AlterTableCmd): void {
  if (!command.def || !("List" in command.def) || relation.kind === "sequence") return;
  const changed = options(command.def.List.items ?? []);
  const names = new Set(changed.map((option) => option.slice(0, option.indexOf("="))));
  const kept = (relation.attributes.options ?? []).filter(
    (option) => !names.has(option.slice(0, option.indexOf("="))),
  );
  const all = [...kept, ...(command.subtype === "AT_SetRelOptions" ? changed : [])].sort();
  const { options: _, ...attributes } = relation.attributes;
  world.alter({
    ...relation,
    attributes: {
      ...attributes,
      ...(all.length > 0 && { options: all }),
      ...(relation.kind === "index" && { definition: withStorage(relation.attributes, all) }),
    },
  } as Relation);
}

/** The options of an index stand in its definition as well, before WHERE. */
function withStorage({ definition, predicate }: AttributesOf["index"], all: readonly string[]): string {
  const where = predicate === undefined ? -1 : definition.indexOf(" WHERE ");
  const end = where < 0 ? definition.length : where;
  const bare = definition.slice(0, end).replace(/ WITH \([^()]*\)$/, "");
  return [bare, ...storageTexts(all)].join(" ") + definition.slice(end);
}

export function setPersistence(world: World, relation: Relation, subtype: AlterTableType): void {
  if (relation.kind !== "table" && relation.kind !== "sequence") return;
  // A partitioned table has nothing that would be logged.
  if (relation.kind === "table" && relation.attributes.partitionKey !== undefined) return;
  const { persistence: _, ...attributes } = relation.attributes;
  const unlogged = subtype === "AT_SetUnLogged" ? { persistence: "unlogged" as const } : {};
  world.alter({ ...relation, attributes: { ...attributes, ...unlogged } } as Relation);
  if (relation.kind !== "table" || world.postgres < 15) return;
  // What counts for it follows, since 15.
  for (const column of columnsOf(world, keyOf("table", relation.name)))
    for (const sequence of [...world.catalog.dependentsOf(keyOf("column", column.name))])
      if (sequence.kind === "sequence") setPersistence(world, sequence, subtype);
}

/** Does the change of where and how a relation is stored write it anew? */
export function storageRewrites(world: World, relation: Relation, { subtype, name }: AlterTableCmd): boolean {
  if (relation.kind === "view" || relation.kind === "sequence") return false;
  // A partitioned table has no rows of its own: what is set is for the partitions that come.
  if (relation.kind === "table" && relation.attributes.partitionKey !== undefined) return false;
  const isKnown = !world.assumed.has(keyOf(relation.kind, relation.name));
  const unlogged = relation.kind === "table" && relation.attributes.persistence === "unlogged";
  switch (subtype) {
    case "AT_SetLogged":
      return !isKnown || unlogged;
    case "AT_SetUnLogged":
      return !isKnown || !unlogged;
    case "AT_SetTableSpace":
      return !isKnown || relation.attributes.tablespace !== inTablespace(name).tablespace;
    case "AT_SetAccessMethod":
      return !isKnown || relation.kind === "index" || methodOf(relation) !== (name || usualMethod);
    default:
      return false;
  }
}

export function setTablespace(world: World, relation: Relation, { name }: AlterTableCmd): void {
  const { tablespace: _, ...attributes } = relation.attributes as { readonly tablespace?: string };
  world.alter({ ...relation, attributes: { ...attributes, ...inTablespace(name) } } as Relation);
}

export function setAccessMethod(world: World, relation: Relation, { name }: AlterTableCmd): void {
  if (relation.kind !== "table" && relation.kind !== "materialized view") return;
  const { accessMethod: _, ...attributes } = relation.attributes;
  const method = name && name !== usualMethod ? { accessMethod: name } : {};
  world.alter({ ...relation, attributes: { ...attributes, ...method } } as Relation);
}

function methodOf({ attributes }: Table | CatalogObject<"materialized view">): string {
  return attributes.accessMethod ?? usualMethod;
}

/** What default_table_access_method is unless somebody sets it. */
const usualMethod = "heap";
