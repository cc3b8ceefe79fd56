import type { Node, ObjectType, RangeVar } from "@pgsql/types";
import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";
import { qualify, quoteIdentifier } from "../quote-identifier.ts";
import type { World } from "./world.ts";

export type Relation = CatalogObject<"table" | "view" | "materialized view" | "sequence" | "index">;
export type RelationKind = Relation["kind"];
export type Table = CatalogObject<"table">;

export const relationKinds = ["table", "view", "materialized view", "sequence", "index"] as const;
/** Kinds that a FROM clause can read. */
export const rowKinds = ["table", "view", "materialized view", "sequence"] as const;

/** The relations among the types of objects that DROP, RENAME and SET SCHEMA have in their parse trees. */
export const relationKindOf: Readonly<Partial<Record<ObjectType, RelationKind>>> = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_INDEX: "index",
};

/** The relation of this name under search_path; temporary ones come first. */
export function findRelation(
  world: World,
  name: { readonly schemaname?: string | undefined; readonly relname?: string | undefined },
  kinds: readonly RelationKind[] = relationKinds,
): Relation | undefined {
  const relname = name.relname ?? "";
  for (const schema of schemasToSearch(world, name.schemaname)) {
    const qualified = qualify(schema, relname);
    for (const kind of kinds) {
      const found = world.catalog.at(keyOf(kind, qualified));
      if (found) return found as Relation;
    }
  }
  return undefined;
}

export function schemasToSearch(world: World, schema?: string): readonly string[] {
  if (schema !== undefined && schema !== "") return [schema];
  const { searchPath } = world.settings;
  return world.hasTemporary ? ["pg_temp", ...searchPath] : searchPath;
}

/** Where CREATE puts an object of this name. */
export function creationSchema(world: World, name: RangeVar | undefined): string {
  if (name?.relpersistence === "t") return "pg_temp";
  if (name?.schemaname) return name.schemaname;
  const { searchPath } = world.settings;
  return (
    searchPath.find((schema) => world.catalog.has(keyOf("schema", qualify(schema)))) ??
    searchPath[0] ??
    "public"
  );
}

/** `schema.name` of something that CREATE makes from a list of names. */
export function creationName(world: World, names: readonly Node[] | undefined): string {
  const parts = strings(names);
  return parts.length > 1
    ? qualify(...parts.slice(-2))
    : qualify(creationSchema(world, undefined), parts[0] ?? "");
}

/** The key that a missing relation would have. */
export function expectedKey(
  world: World,
  name: { readonly schemaname?: string | undefined; readonly relname?: string | undefined },
  kind: RelationKind = "table",
): ObjectKey {
  const schema = name.schemaname ? name.schemaname : (world.settings.searchPath[0] ?? "public");
  return keyOf(kind, qualify(schema, name.relname ?? ""));
}

/** Is a relation (table, view, index, sequence …) of this name in the schema? */
export function relationTaken(world: World, schema: string, name: string): boolean {
  const qualified = qualify(schema, name);
  return relationKinds.some((kind) => world.catalog.has(keyOf(kind, qualified)));
}

/**
 * The relation, or a failure. What no statement has made so far may exist outside of the scripts: an up that uses it
 * is believed, and it is put into the catalog as an assumed, empty table.
 */
export function requireRelation(
  world: World,
  name: RangeVar,
  kinds: readonly RelationKind[] = relationKinds,
): Relation | undefined {
  const found = findRelation(world, name, kinds);
  if (found) return found;
  const key = expectedKey(world, name, kinds[0] ?? "table");
  const kind = kinds[0] ?? "table";
  if (!world.mayAssume(key) || kind === "index") {
    if (!isOfServer(name)) world.fail({ reason: "missing", key });
    return undefined;
  }
  const table: Relation = {
    kind: "table",
    name: key.slice(kind.length + 1),
    attributes: {},
    dependsOn: [],
  };
  world.assume(table);
  return table;
}

/** A system catalog, or a view of them: it is there, and no script made it. */
export function isOfServer({ schemaname, relname = "" }: RangeVar): boolean {
  return schemaname ? /^(?:pg_catalog|information_schema)$/.test(schemaname) : relname.startsWith("pg_");
}

export function columnKey(relation: { readonly name: string }, column: string): ObjectKey {
  return keyOf("column", `${relation.name}.${quoteIdentifier(column)}`);
}

export function columnOf(
  world: World,
  relation: { readonly name: string },
  column: string,
): CatalogObject<"column"> | undefined {
  return world.catalog.get("column", `${relation.name}.${quoteIdentifier(column)}`);
}

/** Columns of a table in order. */
export function columnsOf(world: World, table: ObjectKey): CatalogObject<"column">[] {
  const columns: CatalogObject<"column">[] = [];
  for (const child of world.catalog.childrenOf(table)) if (child.kind === "column") columns.push(child);
  return columns.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
}

export function primaryKeyOf(world: World, table: Table): ObjectKey | undefined {
  for (const child of world.catalog.childrenOf(keyOf("table", table.name))) {
    if (child.kind === "constraint" && child.attributes.type === "primary key")
      return keyOf("constraint", child.name);
  }
  return undefined;
}

export function setNotNull(world: World, table: { readonly name: string }, column: string): void {
  const found = columnOf(world, table, column);
  if (!found || found.attributes.notNull) return;
  world.alter({ ...found, attributes: { ...found.attributes, notNull: true } });
}

/** The strings of a list of String nodes. */
export function strings(nodes: readonly Node[] | undefined): string[] {
  const out: string[] = [];
  for (const node of nodes ?? []) {
    if ("String" in node) out.push(node.String.sval ?? "");
    else if ("A_Star" in node) out.push("*");
  }
  return out;
}

/** A list of names as a RangeVar: the last is the relation, the one before its schema. */
export function rangeVarOf(names: readonly string[]): RangeVar {
  const relname = names.at(-1) ?? "";
  const schemaname = names.at(-2);
  return schemaname === undefined ? { relname } : { schemaname, relname };
}
