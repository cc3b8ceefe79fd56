import type { Pen, Table, Weighted } from "../pen.ts";
import { columnDefinition, maybeNamed, target, targetText } from "./columns.ts";

/** CREATE and DROP TABLE, partitions among them. */
export const tables: readonly Weighted[] = [
  [3, (pen) => `CREATE SCHEMA ${pen.fresh("s")}`],
  [12, createTable],
  [1, createLike],
  [1, createHeir],
  [1, createOfType],
  [1, createAs],
  [2, createPartitioned],
  [4, createPartition],
  [1, attachPartition],
  [1, detachPartition],
  [1.5, (pen) => about(pen, (table) => `DROP TABLE${pen.ifExists()} ${pen.ref(table)}${pen.cascade()}`)],
];

function about(pen: Pen, write: (table: Table) => string): string | undefined {
  const table = pen.table();
  return table && write(table);
}

function createTable(pen: Pen): string {
  const names = Array.from({ length: 1 + pen.number(6) }, () => pen.fresh("c"));
  const foreign = pen.chance(0.1) ? target(pen) : undefined;
  const own = pen.fresh("f");
  const lines = [
    ...(pen.chance(0.5)
      ? [
          `id ${pen.word("serial", "bigserial", "bigint GENERATED ALWAYS AS IDENTITY", "uuid DEFAULT gen_random_uuid()", "int", "text")} ${maybeNamed(pen, "pk")}PRIMARY KEY`,
        ]
      : []),
    ...names.map((name) => columnDefinition(pen, name)),
    ...(pen.chance(0.15)
      ? [`g ${pen.word("int GENERATED ALWAYS AS (1 + 2)", "text GENERATED ALWAYS AS ('a' || 'b')")} STORED`]
      : []),
    ...(pen.chance(0.15) ? [`${maybeNamed(pen, "u")}UNIQUE (${names.slice(0, 2).join(", ")})`] : []),
    ...(foreign
      ? [`${own} ${foreign.column.type}`, `FOREIGN KEY (${own}) REFERENCES ${targetText(pen, foreign)}`]
      : []),
  ];
  return `CREATE ${pen.word("", "", "", "", "UNLOGGED ")}TABLE${pen.word("", "", "", " IF NOT EXISTS")} ${pen.freshIn("t")} (${lines.join(", ")})${pen.word("", "", "", "", " WITH (fillfactor = 80, autovacuum_enabled = false)")}`;
}

function createLike(pen: Pen): string | undefined {
  const options = pen.word(
    "",
    " INCLUDING ALL",
    " INCLUDING DEFAULTS",
    " INCLUDING CONSTRAINTS INCLUDING INDEXES",
    " INCLUDING ALL EXCLUDING INDEXES",
    " INCLUDING IDENTITY INCLUDING GENERATED INCLUDING COMMENTS",
  );
  const more = pen.chance(0.4) ? `, ${columnDefinition(pen)}` : "";
  return about(pen, (table) => `CREATE TABLE ${pen.freshIn("t")} (LIKE ${pen.ref(table)}${options}${more})`);
}

function createHeir(pen: Pen): string | undefined {
  const parent = pen.table(({ attributes }) => !attributes.partitionKey && !attributes.partitionOf);
  const own = pen.chance(0.6) ? columnDefinition(pen) : "";
  return parent && `CREATE TABLE ${pen.freshIn("t")} (${own}) INHERITS (${pen.ref(parent)})`;
}

function createOfType(pen: Pen): string | undefined {
  const type = pen.one("type", ({ attributes }) => attributes.form === "composite");
  return type && `CREATE TABLE ${pen.freshIn("t")} OF ${pen.ref(type)}`;
}

function createAs(pen: Pen): string | undefined {
  // What an expression of a view is, the simulation does not say.
  const source = pen.table();
  return (
    source &&
    `CREATE TABLE ${pen.freshIn("t")} AS SELECT * FROM ${pen.ref(source)}${pen.word("", " WITH NO DATA")}`
  );
}

function createPartitioned(pen: Pen): string {
  const key = pen.fresh("k");
  const lines = [
    `${key} ${pen.word("int", "bigint", "text", "date")} NOT NULL`,
    columnDefinition(pen),
    columnDefinition(pen),
  ];
  return `CREATE TABLE ${pen.freshIn("t")} (${lines.join(", ")}) PARTITION BY ${pen.word("RANGE", "LIST", "HASH")} (${key})`;
}

function createPartition(pen: Pen): string | undefined {
  const whole = pen.table(({ attributes }) => attributes.partitionKey !== undefined);
  const bound = whole && boundOf(pen, whole);
  return bound && `CREATE TABLE ${pen.freshIn("p")} PARTITION OF ${pen.ref(whole)} ${bound}`;
}

function attachPartition(pen: Pen): string | undefined {
  const whole = pen.table(({ attributes }) => attributes.partitionKey !== undefined);
  const bound = whole && boundOf(pen, whole);
  if (!bound) return undefined;
  const name = pen.freshIn("p");
  const columns = pen
    .columns(whole)
    .map((it) => `${it.name} ${it.type}${it.object.attributes.notNull ? " NOT NULL" : ""}`);
  return `CREATE TABLE ${name} (${columns.join(", ")}); ALTER TABLE ${whole.name} ATTACH PARTITION ${name} ${bound}`;
}

function detachPartition(pen: Pen): string | undefined {
  const part = pen.table(({ attributes }) => attributes.partitionOf !== undefined);
  return part && `ALTER TABLE ${part.attributes.partitionOf} DETACH PARTITION ${pen.ref(part)}`;
}

function boundOf(pen: Pen, whole: Table): string | undefined {
  const { partitionKey = "" } = whole.attributes;
  const key = pen.columns(whole).find(({ name }) => partitionKey.endsWith(`(${name})`));
  if (!key) return undefined;
  const from = pen.number(60);
  const value = (n: number) =>
    key.type === "date" ? `'${2000 + n}-01-01'` : key.type === "text" ? `'v${n}'` : String(n);
  if (partitionKey.startsWith("HASH")) return `FOR VALUES WITH (MODULUS 8, REMAINDER ${pen.number(8)})`;
  if (pen.chance(0.2)) return "DEFAULT";
  return partitionKey.startsWith("LIST")
    ? `FOR VALUES IN (${value(from)}${pen.chance(0.3) ? `, ${value(from + 60)}` : ""})`
    : `FOR VALUES FROM (${pen.chance(0.1) ? "MINVALUE" : value(from)}) TO (${value(from + 1)})`;
}
