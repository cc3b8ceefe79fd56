import type { InsertStmt, Node } from "@pgsql/types";
import type { Catalog } from "../../catalog/catalog.ts";
import { nameIn } from "../../catalog/key-parts.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { literal } from "../../sql/literal.ts";

/** Rows by a key that their INSERT spells out: it fails where one of them is there already. */
export interface InsertedRows {
  readonly columns: readonly string[];
  /** Constants as SQL spells them. */
  readonly values: readonly (readonly string[])[];
}

/** What INSERT … VALUES puts into a table, where constants of a unique key say which rows those are. */
export function insertedRows(
  catalog: Catalog,
  table: ObjectKey,
  statement: InsertStmt,
): InsertedRows | undefined {
  const { cols, selectStmt, onConflictClause, withClause, override } = statement;
  const select = selectStmt && "SelectStmt" in selectStmt ? selectStmt.SelectStmt : undefined;
  if (!select?.valuesLists?.length || onConflictClause || withClause) return undefined;
  if (override !== undefined && override !== "OVERRIDING_NOT_SET") return undefined;
  const parts = [...catalog.childrenOf(table)];
  if (parts.some(changesInserted)) return undefined;
  const named = (cols ?? []).flatMap((node) => ("ResTarget" in node ? [node.ResTarget.name ?? ""] : []));
  const names = named.length > 0 ? named : columnNames(parts);
  const rows = select.valuesLists.map((node) => ("List" in node ? (node.List.items ?? []) : []));
  for (const columns of keysOf(parts)) {
    const places = columns.map((column) => names.indexOf(column));
    const values = rows.map((row) => places.map((place) => constant(row[place])));
    if (values.every((row): row is string[] => row.every((value) => value !== undefined)))
      return { columns: columns.map(quoteIdentifier), values };
  }
  return undefined;
}

/** May a trigger or a rule make other rows of what is inserted? */
function changesInserted(part: CatalogObject): boolean {
  if (part.kind === "trigger") return /\bBEFORE\b.*\bINSERT\b.* ON /is.test(part.attributes.definition);
  return part.kind === "rule";
}

/** More values are read by nobody. */
const most = 20;

/** The statement that takes the rows out again; undefined where they are too many to be named. */
export function deleteRows(table: ObjectKey, { columns, values }: InsertedRows): string | undefined {
  if (values.length > most) return undefined;
  const [first = "", ...more] = values.map((row) => (row.length === 1 ? row[0] : `(${row.join(", ")})`));
  const key = columns.length === 1 ? columns[0] : `(${columns.join(", ")})`;
  const condition = more.length === 0 ? `${key} = ${first}` : `${key} IN (${[first, ...more].join(", ")})`;
  return `DELETE FROM ${nameIn(table)} WHERE ${condition}`;
}

function columnNames(parts: readonly CatalogObject[]): string[] {
  return parts
    .filter(({ kind }) => kind === "column")
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ name }) => lastPart(name));
}

/** The columns of each key, the primary key first. */
function keysOf(parts: readonly CatalogObject[]): string[][] {
  const keys = parts.flatMap((part) =>
    part.kind === "constraint" &&
    (part.attributes.type === "primary key" || part.attributes.type === "unique") &&
    part.attributes.deferrable === undefined
      ? [part.attributes]
      : [],
  );
  keys.sort((a, b) => Number(b.type === "primary key") - Number(a.type === "primary key"));
  return keys.map(({ columns }) => columns.map((column) => lastPart(column)));
}

/** NULL equals nothing, so it says nothing about a row. */
function constant(node: Node | undefined): string | undefined {
  if (!node || !("A_Const" in node)) return undefined;
  const { isnull, sval, ival, fval, boolval } = node.A_Const;
  if (isnull) return undefined;
  if (sval) return literal(sval.sval ?? "");
  if (fval) return fval.fval;
  if (boolval) return String(boolval.boolval === true);
  return ival ? String(ival.ival ?? 0) : undefined;
}
