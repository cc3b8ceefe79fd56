import type { AlterTableCmd, ColumnDef } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { addColumn } from "../columns.ts";
import { addConstraint } from "../constraints/add-constraint.ts";
import { descendants, inheritChecks } from "../descendants.ts";
import { inheritForeignKeys } from "../partition-foreign-keys.ts";
import { refusesColumnOfPartition } from "../refuses-partition.ts";
import { columnKey, findRelation, type Table } from "../relations.ts";
import { isConstrained } from "../type-change.ts";
import { resolveType } from "../type-names.ts";
import { defaultIsVolatile } from "../volatility.ts";
import type { World } from "../world.ts";

/** ALTER TABLE … ADD COLUMN: what it adds, writes anew and reads. */

export function addNewColumn(world: World, table: Table, command: AlterTableCmd, def: ColumnDef): void {
  const tableKey = keyOf("table", table.name);
  const key = columnKey(table, def.colname ?? "");
  if (command.missing_ok && world.catalog.has(key)) {
    world.lock(tableKey, "ACCESS EXCLUSIVE");
    world.skip(key);
    const existing = world.catalog.at(key);
    const { text: asked, serial } = resolveType(world, def.typeName);
    if (existing?.kind !== "column" || serial) return;
    const { type: is, notNull } = existing.attributes;
    const isAsked = (def.constraints ?? []).some(
      (node) => "Constraint" in node && node.Constraint.contype === "CONSTR_NOTNULL",
    );
    if (is !== asked || (isAsked && !notNull))
      world.skipMismatch({ key, is, asked: isAsked && !notNull ? `${asked} NOT NULL` : asked });
    return;
  }
  if (refusesColumnOfPartition(world, table, def.colname ?? "")) return;
  const heirs = descendants(world, table);
  const { serial } = resolveType(world, def.typeName);
  if (heirs.length > 0 && refusesIdentity(world, table, def)) return;
  const constraints = addColumn(world, table, def);
  if (world.failed) return;
  const added = world.catalog.at(key);
  for (const child of heirs) {
    const own = columnKey(child, def.colname ?? "");
    if (world.catalog.has(own)) continue;
    addColumn(world, child, def, true);
    const column = world.catalog.at(own);
    // They take their numbers from the one sequence.
    if (serial && column?.kind === "column" && added?.kind === "column")
      world.catalog.put({
        ...column,
        attributes: {
          ...column.attributes,
          ...(added.attributes.default !== undefined && { default: added.attributes.default }),
        },
        dependsOn: [...column.dependsOn, ...added.dependsOn.filter(({ part }) => part === "default")],
      });
  }
  const isNull =
    added?.kind === "column" &&
    added.attributes.default === undefined &&
    !added.attributes.identity &&
    !domainDefault(world, added.attributes.type);
  const required = added?.kind === "column" && added.attributes.notNull === true && isNull;
  const scans =
    required ||
    constraints.some(
      ({ constraint: { contype, is_enforced } }) =>
        (scanning.has(contype ?? "") && (contype !== "CONSTR_CHECK" || is_enforced === true)) ||
        (contype === "CONSTR_FOREIGN" && !(isNull && !hasDefault(def))),
    );
  const work = { rewrite: addingRewrites(world, table, def), scan: scans };
  world.lock(tableKey, "ACCESS EXCLUSIVE", work);
  for (const child of heirs) world.lock(keyOf("table", child.name), "ACCESS EXCLUSIVE", work);
  for (const { constraint, column } of constraints) {
    if (constraint.pktable) {
      const target = findRelation(world, constraint.pktable, ["table"]);
      if (target) world.lock(keyOf("table", target.name), "SHARE ROW EXCLUSIVE");
    }
    addConstraint(world, table, constraint, column);
  }
  for (const child of heirs) {
    if (child.attributes.partitionOf === table.name) inheritForeignKeys(world, child, table);
    inheritChecks(world, child, table);
  }
}

/** 42P16: each table numbers for itself, and since 17 partitions number with their whole. */
function refusesIdentity(world: World, table: Table, { constraints }: ColumnDef): boolean {
  const isIdentity = (constraints ?? []).some(
    (node) => "Constraint" in node && node.Constraint.contype === "CONSTR_IDENTITY",
  );
  const isPartitioned = table.attributes.partitionKey !== undefined;
  if (!isIdentity || (isPartitioned && world.postgres >= 17)) return false;
  const name = plainName(table.name);
  world.fail({
    reason: "refused",
    key: keyOf("table", table.name),
    condition: "invalid_table_definition",
    why: isPartitioned
      ? `before 17 no identity column is added to ${name} while it has partitions`
      : `no identity column is added to ${name} while other tables inherit from it`,
    help: "add a bigint column that takes its numbers from a sequence by its default",
  });
  return true;
}

/** A key of a column without one has nothing to look up; DEFAULT NULL is one to PostgreSQL, which then goes through the rows. */
function hasDefault({ constraints }: ColumnDef): boolean {
  return (constraints ?? []).some(
    (node) => "Constraint" in node && node.Constraint.contype === "CONSTR_DEFAULT",
  );
}

const scanning: ReadonlySet<string> = new Set(["CONSTR_CHECK", "CONSTR_UNIQUE", "CONSTR_PRIMARY"]);

/** Since 11 only a volatile default fills every row; before, any default did. */
function addingRewrites(world: World, table: Table, def: ColumnDef): boolean {
  const column = world.catalog.at(columnKey(table, def.colname ?? ""));
  if (column?.kind !== "column") return false;
  const { identity, generation } = column.attributes;
  if (identity || generation === "stored" || resolveType(world, def.typeName).serial) return true;
  // Each value, also NULL, is tried against the constraints.
  if (isConstrained(world, column.attributes.type)) return true;
  for (const node of def.constraints ?? []) {
    if ("Constraint" in node && node.Constraint.contype === "CONSTR_DEFAULT") {
      return (
        column.attributes.default !== undefined &&
        (world.postgres < 11 || defaultIsVolatile(world, node.Constraint.raw_expr))
      );
    }
  }
  const ofDomain = domainDefault(world, column.attributes.type);
  if (ofDomain === undefined) return false;
  return world.postgres < 11 || defaultIsVolatile(world, parseSql(`SELECT ${ofDomain}`).statements[0]?.node);
}

/** What a column of a domain is filled with that says nothing of its own. */
function domainDefault(world: World, type: string): string | undefined {
  return world.catalog.get("domain", type)?.attributes.default;
}
