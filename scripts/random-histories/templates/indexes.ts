import type { CatalogObject } from "#core/catalog/model.ts";
import type { Column, Pen, Weighted } from "../pen.ts";
import { condition } from "../values.ts";
import { keyColumns } from "./columns.ts";

/** Indexes and statistics. */
export const indexes: readonly Weighted[] = [
  [6, (pen) => createIndex(pen, pen.table())],
  [0.7, (pen) => createIndex(pen, pen.one("materialized view"))],
  [2, (pen) => about(pen, (index) => `DROP INDEX${pen.ifExists()} ${pen.ref(index)}`)],
  [1, (pen) => about(pen, (index) => `ALTER INDEX ${pen.ref(index)} RENAME TO ${pen.fresh("ix")}`)],
  [
    0.7,
    (pen) =>
      about(
        pen,
        (index) => `ALTER INDEX ${pen.ref(index)} ${pen.word("SET (fillfactor = 60)", "RESET (fillfactor)")}`,
      ),
  ],
  [0.6, createStatistics],
];

function about(pen: Pen, write: (index: CatalogObject<"index">) => string): string | undefined {
  const index = pen.one("index");
  return index && write(index);
}

function createIndex(pen: Pen, relation: CatalogObject | undefined): string | undefined {
  const columns = relation ? keyColumns(pen, relation) : [];
  const [first] = pen.some(columns);
  if (!relation || !first) return undefined;
  return [
    "CREATE",
    pen.word("", "", "UNIQUE "),
    "INDEX ",
    pen.chance(0.85) ? `${pen.word("", "", "", "IF NOT EXISTS ")}${pen.fresh("ix")} ` : "",
    `ON ${pen.chance(0.05) ? "ONLY " : ""}${pen.ref(relation)}`,
    pen.word("", "", "", " USING btree", " USING brin"),
    ` (${pen
      .some(columns)
      .map((column) => element(pen, column))
      .join(", ")})`,
    pen.chance(0.15) ? ` INCLUDE (${first.name})` : "",
    pen.word("", "", "", "", " NULLS NOT DISTINCT"),
    pen.word("", "", "", "", " WITH (fillfactor = 70)"),
    pen.chance(0.25) ? ` WHERE ${condition(pen, first)}` : "",
  ]
    .join("")
    .replace("CREATE", "CREATE ");
}

function element(pen: Pen, { name, type }: Column): string {
  if (/^(?:text|character varying)/.test(type) && pen.chance(0.25))
    return pen.word(
      `lower(${name})`,
      `(${name} || 'x')`,
      `upper(${name}) DESC`,
      `${name} text_pattern_ops`,
      `${name} COLLATE "C"`,
      `left(${name}, 3)`,
    );
  return name + pen.word("", "", "", " DESC", " NULLS FIRST", " DESC NULLS LAST", " ASC");
}

function createStatistics(pen: Pen): string | undefined {
  const table = pen.table();
  const columns = table ? pen.some(keyColumns(pen, table)).map(({ name }) => name) : [];
  if (!table || columns.length < 2) return undefined;
  return `CREATE STATISTICS ${pen.freshIn("st")}${pen.word("", " (ndistinct)", " (dependencies, mcv)")} ON ${columns.join(", ")} FROM ${pen.ref(table)}`;
}
