import type { IndexStmt } from "@pgsql/types";
import { parseSql } from "../../sql/parse.ts";
import { type CatalogObject, keyOf } from "../model.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";
import { expressionDependencies } from "./expression-dependencies.ts";
import { indexElements, onlyOf } from "./indexes.ts";
import { withLiteralTypes } from "./literal-types.ts";
import { options } from "./options.ts";
import { qualifiedSql } from "./qualified-sql.ts";
import { inTablespace } from "./tablespace.ts";
import type { World } from "./world.ts";

export type Indexed = CatalogObject<"table" | "materialized view">;

/** What CREATE INDEX makes: what is known of the index, and what it needs. */
export function describeIndex(
  world: World,
  table: Indexed,
  statement: IndexStmt,
  name: string,
): Pick<CatalogObject<"index">, "attributes" | "dependsOn"> {
  const method = statement.accessMethod || "btree";
  const elements = indexElements(world, statement.indexParams, table, method);
  const include = indexElements(world, statement.indexIncludingParams).keys;
  const predicate = statement.whereClause && withLiteralTypes(world, statement.whereClause, table);
  const used = expressionDependencies(world, [statement.indexParams, predicate], table);
  const columnKeys = new Set([
    ...[...elements.keys, ...include].map((column) => keyOf("column", `${table.name}.${column}`)),
    ...used.dependsOn.map((dependency) => dependency.on).filter((on) => on.startsWith("column ")),
  ]);
  const plain =
    table.kind === "table" &&
    [...(statement.indexParams ?? []), ...(statement.indexIncludingParams ?? [])].some(
      (node) =>
        "IndexElem" in node &&
        (node.IndexElem.name ||
          elements.keys.some((key) => world.catalog.has(keyOf("column", `${table.name}.${key}`)))),
    );
  const storage = options(statement.options ?? []);
  const where = predicate && qualifiedSql(world, predicate);
  const definition = [
    `CREATE ${statement.unique ? "UNIQUE " : ""}INDEX ${quoteIdentifier(name)} ON ${onlyOf(table)}${table.name} USING ${method}`,
    `(${elements.texts.join(", ")})`,
    ...(include.length ? [`INCLUDE (${include.join(", ")})`] : []),
    ...(statement.nulls_not_distinct ? ["NULLS NOT DISTINCT"] : []),
    ...storageTexts(storage),
    ...(where ? [`WHERE (${where})`] : []),
  ].join(" ");
  return {
    attributes: {
      definition,
      ...(statement.unique && { unique: true as const }),
      method,
      columns: elements.keys,
      ...(include.length > 0 && { include }),
      ...(where && { predicate: where }),
      ...inTablespace(statement.tableSpace),
      ...(storage.length > 0 && { options: storage }),
    },
    dependsOn: [
      // Where no key is a plain column the index would hang on nothing when its expression names no column.
      ...(plain ? [] : [{ on: keyOf(table.kind, table.name), type: "auto" as const }]),
      ...[...columnKeys].filter((on) => world.catalog.has(on)).map((on) => ({ on, type: "auto" as const })),
      ...used.dependsOn.filter((dependency) => !dependency.on.startsWith("column ")),
      ...elements.dependsOn,
    ],
  };
}

/** ` WITH (fillfactor='70')`, where there is any, to stand behind something. */
export function storageSuffix(options: readonly string[]): string {
  return storageTexts(options)
    .map((text) => ` ${text}`)
    .join("");
}

/** `WITH (fillfactor='70')` */
export function storageTexts(options: readonly string[]): readonly string[] {
  if (options.length === 0) return [];
  return [`WITH (${options.map((option) => option.replace("=", "='").concat("'")).join(", ")})`];
}

/**
 * A column has another type: an index over expressions is made anew from its text, which may mean something else now
 * (ATPostAlterTypeParse). `date(at)` of a column that has become a date is the column itself.
 */
export function remakeIndex(world: World, table: Indexed, index: CatalogObject<"index">): void {
  const node = parseSql(index.attributes.definition).statements[0]?.node;
  if (!node || !("IndexStmt" in node)) return;
  const { attributes, dependsOn } = describeIndex(world, table, node.IndexStmt, lastPart(index.name));
  world.alter({ ...index, attributes: { ...index.attributes, ...attributes }, dependsOn });
}
