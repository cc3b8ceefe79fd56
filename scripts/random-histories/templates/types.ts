import type { CatalogObject } from "#core/catalog/model.ts";
import { ofParent, ownName, type Pen, type Weighted } from "../pen.ts";
import { plainType } from "../values.ts";

/** Enums, composite types, domains and sequences. */
export const types: readonly Weighted[] = [
  [2, (pen) => `CREATE TYPE ${pen.freshIn("e")} AS ENUM ('a', 'b', 'c')`],
  [1.5, alterEnum],
  [0.8, (pen) => `CREATE TYPE ${pen.freshIn("ct")} AS (a int, b text, c ${plainType(pen)})`],
  [0.6, alterComposite],
  [1, createDomain],
  [1, alterDomain],
  [
    1,
    (pen) =>
      `CREATE SEQUENCE ${pen.freshIn("sq")}${pen.word("", " START 5", " INCREMENT BY 2 CACHE 10", " AS smallint CYCLE", " MINVALUE 0")}`,
  ],
  [1, alterSequence],
];

function form(pen: Pen, wanted: "enum" | "composite"): CatalogObject<"type"> | undefined {
  return pen.one("type", ({ attributes }) => attributes.form === wanted);
}

function alterEnum(pen: Pen): string | undefined {
  const type = form(pen, "enum");
  const label = type && pen.pick(type.attributes.labels ?? []);
  if (!type || label === undefined) return undefined;
  const alter = `ALTER TYPE ${pen.ref(type)}`;
  const fresh = `'${pen.fresh("l").replaceAll('"', "")}'`;
  return pen.word(
    `${alter} ADD VALUE ${fresh}`,
    `${alter} ADD VALUE IF NOT EXISTS '${label}'`,
    `${alter} ADD VALUE ${fresh} ${pen.word("BEFORE", "AFTER")} '${label}'`,
    `${alter} RENAME VALUE '${label}' TO ${fresh}`,
    `${alter} RENAME TO ${pen.fresh("e")}`,
    `${alter} SET SCHEMA ${pen.schema()}`,
    `DROP TYPE ${pen.ref(type)}${pen.cascade()}`,
  );
}

function alterComposite(pen: Pen): string | undefined {
  const type = form(pen, "composite");
  if (!type) return undefined;
  const alter = `ALTER TYPE ${pen.ref(type)}`;
  return pen.word(
    `${alter} ADD ATTRIBUTE ${pen.fresh("d")} int`,
    `${alter} DROP ATTRIBUTE b`,
    `${alter} RENAME ATTRIBUTE a TO ${pen.fresh("d")}`,
    `${alter} ALTER ATTRIBUTE a TYPE bigint`,
    `DROP TYPE ${pen.ref(type)}`,
  );
}

function createDomain(pen: Pen): string {
  return `CREATE DOMAIN ${pen.freshIn("d")} AS ${pen.word(
    "text CHECK (VALUE <> '')",
    "int CHECK (VALUE > 0) NOT NULL",
    "varchar(10) DEFAULT 'x'",
    `text CONSTRAINT ${pen.fresh("dc")} CHECK (VALUE ~ '^a')`,
    "numeric(5,2)",
  )}`;
}

function alterDomain(pen: Pen): string | undefined {
  const domain = pen.one("domain");
  if (!domain) return undefined;
  const alter = `ALTER DOMAIN ${pen.ref(domain)}`;
  const constraint = pen.one("constraint", (it) => ofParent(it) === domain.name);
  return pen.oneOf(
    () => `${alter} ${pen.word("SET NOT NULL", "DROP NOT NULL", "DROP DEFAULT", "SET DEFAULT NULL")}`,
    () => `${alter} ADD CONSTRAINT ${pen.fresh("dc")} CHECK (VALUE IS NOT NULL)${pen.word("", " NOT VALID")}`,
    () => `${alter} RENAME TO ${pen.fresh("d")}`,
    () => constraint && `${alter} ${pen.word("DROP", "VALIDATE")} CONSTRAINT ${ownName(constraint)}`,
    () => constraint && `${alter} RENAME CONSTRAINT ${ownName(constraint)} TO ${pen.fresh("dc")}`,
    () => `DROP DOMAIN ${pen.ref(domain)}`,
  );
}

function alterSequence(pen: Pen): string | undefined {
  const sequence = pen.one("sequence");
  if (!sequence) return undefined;
  const alter = `ALTER SEQUENCE ${pen.ref(sequence)}`;
  const table = pen.table();
  const column = table && pen.pick(pen.columns(table));
  return pen.oneOf(
    () => `${alter} ${pen.word("INCREMENT BY 3", "RESTART", "AS bigint", "MAXVALUE 1000", "OWNED BY NONE")}`,
    () => `${alter} RENAME TO ${pen.fresh("sq")}`,
    () => column && `${alter} OWNED BY ${column.object.name}`,
    () => column && `ALTER TABLE ${table.name} ALTER ${column.name} SET DEFAULT nextval('${sequence.name}')`,
    () => `DROP SEQUENCE ${pen.ref(sequence)}${pen.cascade()}`,
  );
}
