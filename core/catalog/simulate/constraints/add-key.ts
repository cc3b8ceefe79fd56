import type { Constraint, Node } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { nameParts } from "../columns.ts";
import { childrenOf, descendants } from "../descendants.ts";
import { storageSuffix } from "../describe-index.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import { chooseName, joinColumnNames, truncateIdentifier } from "../generated-names.ts";
import { indexColumnNames, indexElements, onlyOf, putIndex } from "../indexes.ts";
import { withLiteralTypes } from "../literal-types.ts";
import { options } from "../options.ts";
import { indexPartitions } from "../partition-indexes.ts";
import { holdsPartitionKey } from "../partitions.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import {
  columnKey,
  expectedKey,
  primaryKeyOf,
  relationTaken,
  setNotNull,
  strings,
  type Table,
} from "../relations.ts";
import { identifiedBy } from "../replica-identity.ts";
import { inTablespace } from "../tablespace.ts";
import type { World } from "../world.ts";
import { exclusionColumns, exclusionElements, exclusionText } from "./exclusion.ts";
import { constraintTaken, putConstraint } from "./put-constraint.ts";
import { refusesIndex } from "./refuses-index.ts";
import { requireColumn } from "./require-column.ts";

/** PRIMARY KEY, UNIQUE and EXCLUDE, with the index that each brings. */

export function addKey(
  world: World,
  table: Table,
  constraint: Constraint,
  column: string | undefined,
  alone: boolean,
): void {
  const primary = constraint.contype === "CONSTR_PRIMARY";
  const exclusion = constraint.contype === "CONSTR_EXCLUSION";
  if (constraint.indexname) {
    adoptIndex(world, table, constraint);
    return;
  }
  const columns = exclusion ? exclusionColumns(constraint) : column ? [column] : strings(constraint.keys);
  for (const name of columns) if (!exclusion && !requireColumn(world, table, name)) return;
  const what = primary ? "the primary key" : "UNIQUE";
  if (exclusion && refusesExclusion(world, table)) return;
  if (!exclusion && !holdsPartitionKey(world, table, what, columns)) return;
  if (primary) {
    const existing = primaryKeyOf(world, table);
    if (existing) {
      world.fail({ reason: "exists", key: existing });
      return;
    }
    // The key is the table's own, but that its columns hold no NULL reaches who inherits from it.
    for (const it of alone ? [table] : [table, ...descendants(world, table)])
      for (const name of columns) setNotNull(world, it, name);
  }
  const parts = nameParts(table);
  const taken = (name: string) =>
    relationTaken(world, parts.schema, name) || constraintTaken(world, table, parts.schema, name);
  const include = strings(constraint.including);
  const named = [
    ...(exclusion ? exclusionElements(constraint).map((it) => it.element) : columns.map(element)),
    ...include.map(element),
  ];
  const label = primary ? "pkey" : exclusion ? "excl" : "key";
  const name =
    truncateIdentifier(constraint.conname ?? "") ||
    chooseName(parts.name, primary ? undefined : joinColumnNames(indexColumnNames(named)), label, taken);
  const temporal = constraint.without_overlaps === true;
  const list = columns.map(quoteIdentifier).join(", ") + (temporal ? " WITHOUT OVERLAPS" : "");
  const covering = include.length ? ` INCLUDE (${include.map(quoteIdentifier).join(", ")})` : "";
  const nulls = constraint.nulls_not_distinct ? "NULLS NOT DISTINCT " : "";
  const definition = primary
    ? `PRIMARY KEY (${list})${covering}`
    : exclusion
      ? exclusionText(world, table, constraint)
      : `UNIQUE ${nulls}(${list})${covering}`;
  const indexName = qualify(parts.schema, name);
  if (relationTaken(world, parts.schema, name)) {
    world.fail({ reason: "exists", key: keyOf("index", indexName) });
    return;
  }
  const held = [...columns, ...include].map((column) => columnKey(table, column));
  // One over expressions alone is one of the table.
  const holders = held.length === 0 ? [keyOf("table", table.name)] : held;
  const key = putConstraint(
    world,
    table,
    name,
    constraint,
    {
      type: primary ? "primary key" : exclusion ? "exclusion" : "unique",
      definition,
      columns: columns.map(quoteIdentifier),
    },
    [...new Set(holders)].map((on) => ({ on, type: "auto" as const })),
  );
  if (!key) return;
  const method = constraint.access_method || (exclusion || temporal ? "gist" : "btree");
  const keys = exclusion ? exclusionElements(constraint).map((it) => it.element) : columns.map(element);
  const elements = indexElements(world, keys, table, method);
  const where =
    constraint.where_clause && qualifiedSql(world, withLiteralTypes(world, constraint.where_clause, table));
  const used = exclusion
    ? expressionDependencies(world, [keys, constraint.where_clause], table).dependsOn
    : [];
  const storage = options(constraint.options ?? []);
  const stored = storageSuffix(storage);
  const on = `ON ${onlyOf(table)}${table.name} USING ${method} (${elements.texts.join(", ")})`;
  const made = putIndex(world, table, indexName, {
    attributes: {
      definition: exclusion
        ? `CREATE INDEX ${quoteIdentifier(name)} ${on}${stored}${where ? ` WHERE (${where})` : ""}`
        : `CREATE UNIQUE INDEX ${quoteIdentifier(name)} ${on}${covering}${constraint.nulls_not_distinct ? " NULLS NOT DISTINCT" : ""}${stored}`,
      ...(!exclusion && { unique: true as const }),
      method,
      columns: elements.keys,
      ...(where && { predicate: where }),
      ...(include.length > 0 && { include: include.map(quoteIdentifier) }),
      constraint: key,
      // Valid once every partition has its own.
      ...(alone &&
        childrenOf(world, table).length > 0 &&
        table.attributes.partitionKey && { invalid: true as const }),
      ...inTablespace(constraint.indexspace),
      ...(storage.length > 0 && { options: storage }),
    },
    dependsOn: [
      { on: key, type: "internal" },
      ...elements.dependsOn,
      ...used.map((link) => (link.on.startsWith("column ") ? { ...link, type: "auto" as const } : link)),
    ],
  });
  const index = world.catalog.at(made);
  if (index?.kind === "index" && !alone) indexPartitions(world, table, index);
}

/** 0A000, before 17. */
function refusesExclusion(world: World, table: Table): boolean {
  if (world.postgres >= 17 || table.attributes.partitionKey === undefined) return false;
  world.fail({
    reason: "refused",
    key: keyOf("table", table.name),
    condition: "feature_not_supported",
    why: `before 17 a partitioned table, as ${plainName(table.name)} is, has no exclusion constraint`,
    help: "add it to each partition",
  });
  return true;
}

function element(name: string): Node {
  return { IndexElem: { name } };
}

/** UNIQUE or PRIMARY KEY USING INDEX: the index takes the constraint's name and belongs to it from now on. */
function adoptIndex(world: World, table: Table, constraint: Constraint): void {
  const { schema } = nameParts(table);
  const index = world.catalog.get("index", qualify(schema, constraint.indexname ?? ""));
  if (!index) {
    world.fail({
      reason: "missing",
      key: expectedKey(world, { schemaname: schema, relname: constraint.indexname }, "index"),
    });
    return;
  }
  if (refusesIndex(world, table, index)) return;
  const primary = constraint.contype === "CONSTR_PRIMARY";
  const name = truncateIdentifier(constraint.conname || (constraint.indexname ?? ""));
  if (primary) for (const column of index.attributes.columns) setNotNull(world, table, lastPart(column));
  const key = putConstraint(world, table, name, constraint, {
    type: primary ? "primary key" : "unique",
    definition: `${primary ? "PRIMARY KEY" : "UNIQUE"} (${index.attributes.columns.join(", ")})`,
    columns: index.attributes.columns,
  });
  if (!key) return;
  const indexName = qualify(schema, name);
  const definition = index.attributes.definition.replace(
    ` INDEX ${quoteIdentifier(lastPart(index.name))} `,
    ` INDEX ${quoteIdentifier(name)} `,
  );
  if (indexName !== index.name) {
    world.catalog.delete(keyOf("index", index.name));
    world.record({ action: "rename", key: keyOf("index", index.name), to: keyOf("index", indexName) });
    const now = world.catalog.get("table", table.name);
    if (now?.attributes.replicaIdentity === identifiedBy(index.name))
      world.alter({
        ...now,
        attributes: { ...now.attributes, replicaIdentity: identifiedBy(indexName) },
      });
  }
  world.place({
    ...index,
    name: indexName,
    attributes: { ...index.attributes, definition, constraint: key },
    dependsOn: [{ on: key, type: "internal" }],
  });
}
