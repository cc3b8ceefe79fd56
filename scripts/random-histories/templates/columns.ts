import type { CatalogObject } from "#core/catalog/model.ts";
import { type Column, ofParent, ownName, type Pen, type Table } from "../pen.ts";
import { condition, defaultValue, typeName } from "../values.ts";

/** `name type …` of CREATE TABLE and ADD COLUMN. */
export function columnDefinition(pen: Pen, name = pen.fresh("c")): string {
  const type = typeName(pen);
  const isInteger = /^(?:int|integer|bigint|smallint)$/.test(type);
  const value = defaultValue(pen, type);
  return [
    name,
    type,
    pen.chance(0.3) && value
      ? `DEFAULT ${value}`
      : isInteger && pen.chance(0.15)
        ? `GENERATED ${pen.word("ALWAYS", "BY DEFAULT")} AS IDENTITY${pen.word("", "", " (START WITH 10 INCREMENT BY 2)")}`
        : "",
    pen.word("NOT NULL", "", "", "NULL"),
    pen.chance(0.08) ? "UNIQUE" : "",
    pen.chance(0.1) ? `${maybeNamed(pen, "ck")}CHECK (${condition(pen, { name, type })})` : "",
    pen.chance(0.1) ? reference(pen, type) : "",
    /^(?:text|varchar)$/.test(type) && pen.chance(0.05) ? 'COLLATE "C"' : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

export function maybeNamed(pen: Pen, prefix: string): string {
  return pen.chance(0.5) ? `CONSTRAINT ${pen.fresh(prefix)} ` : "";
}

/** A column that a foreign key may point to. */
export interface Target {
  readonly table: Table;
  readonly column: Column;
  readonly isPrimary: boolean;
}

export function target(pen: Pen): Target | undefined {
  const key = pen.one("constraint", isKeyOfOne);
  const table = key && pen.table(({ name }) => name === ofParent(key));
  const column = table && pen.columns(table).find(({ name }) => name === key?.attributes.columns[0]);
  return key && table && column && { table, column, isPrimary: key.attributes.type === "primary key" };
}

function isKeyOfOne({ attributes: { type, columns } }: CatalogObject<"constraint">): boolean {
  return (type === "primary key" || type === "unique") && columns.length === 1;
}

/** `table (column) ON DELETE …` */
export function targetText(pen: Pen, { table, column, isPrimary }: Target): string {
  return `${pen.ref(table)}${isPrimary && pen.chance(0.5) ? "" : `(${column.name})`}${pen.word(
    "",
    "",
    "",
    " ON DELETE CASCADE",
    " ON DELETE SET NULL",
    " ON UPDATE CASCADE",
    " ON DELETE NO ACTION ON UPDATE SET DEFAULT",
    " MATCH FULL",
    " DEFERRABLE INITIALLY DEFERRED",
    " DEFERRABLE",
  )}`;
}

function reference(pen: Pen, type: string): string {
  const found = target(pen);
  return found?.column.type === type ? `REFERENCES ${targetText(pen, found)}` : "";
}

/** Columns that an index over plain values may hold. */
export function keyColumns(pen: Pen, table: CatalogObject): Column[] {
  return pen
    .columns(table)
    .filter(({ type }) =>
      /^(?:smallint|integer|bigint|numeric|text|character varying|uuid|timestamp|date|boolean)(?!.*\[)/.test(
        type,
      ),
    );
}

/** A constraint of a table that has a name of its own. */
export function constraintOf(pen: Pen, table: Table): string | undefined {
  const found = pen.pick(pen.constraints(table).filter(({ attributes }) => attributes.type !== "not null"));
  return found && ownName(found);
}
