import type { CatalogObject } from "#core/catalog/model.ts";
import type { Pen, Weighted } from "../pen.ts";
import { condition } from "../values.ts";

/** Views and materialized views. */
export const views: readonly Weighted[] = [
  [
    4,
    (pen) =>
      created(
        pen,
        `${pen.word("", "", "OR REPLACE ")}VIEW ${pen.freshIn("v")}${pen.word("", "", "", " WITH (security_barrier)")}`,
      ),
  ],
  [1, (pen) => about(pen, "view", (view) => created(pen, `OR REPLACE VIEW ${pen.ref(view)}`))],
  [1, (pen) => about(pen, "view", (view) => `DROP VIEW ${pen.ref(view)}${pen.cascade()}`)],
  [0.7, (pen) => about(pen, "view", (view) => `ALTER VIEW ${pen.ref(view)} RENAME TO ${pen.fresh("v")}`)],
  [
    0.5,
    (pen) =>
      about(
        pen,
        "view",
        (view) =>
          `ALTER VIEW ${pen.ref(view)} ${pen.word("SET (security_barrier = true)", "RESET (security_barrier)")}`,
      ),
  ],
  [
    0.4,
    (pen) =>
      about(pen, "view", (view) => {
        const column = pen.pick(pen.columns(view));
        return column && `ALTER VIEW ${pen.ref(view)} RENAME COLUMN ${column.name} TO ${pen.fresh("c")}`;
      }),
  ],
  [
    1.5,
    (pen) => {
      const text = created(pen, `MATERIALIZED VIEW ${pen.freshIn("mv")}`);
      return text && `${text}${pen.word("", "", " WITH NO DATA")}`;
    },
  ],
  [
    0.5,
    (pen) =>
      about(pen, "materialized view", (view) =>
        pen.word(
          `REFRESH MATERIALIZED VIEW ${pen.ref(view)}`,
          `DROP MATERIALIZED VIEW ${pen.ref(view)}`,
          `ALTER MATERIALIZED VIEW ${pen.ref(view)} RENAME TO ${pen.fresh("mv")}`,
          `ALTER MATERIALIZED VIEW ${pen.ref(view)} SET SCHEMA ${pen.schema()}`,
        ),
      ),
  ],
];

function about<Kind extends "view" | "materialized view">(
  pen: Pen,
  kind: Kind,
  write: (view: CatalogObject<Kind>) => string | undefined,
): string | undefined {
  const view = pen.one(kind);
  return view && write(view);
}

function created(pen: Pen, what: string): string | undefined {
  const query = select(pen);
  return query && `CREATE ${what} AS ${query}`;
}

function select(pen: Pen): string | undefined {
  const source = pen.pick([
    ...pen.objects("table"),
    ...pen.objects("view"),
    ...pen.objects("materialized view"),
  ]);
  const columns = source ? pen.columns(source) : [];
  const column = pen.pick(columns);
  if (!source || !column) return undefined;
  const from = pen.ref(source);
  const where = condition(pen, { ...column, name: `x.${column.name}` });
  const list = pen.some(columns).map(({ name }, i) => `x.${name}${pen.chance(0.3) ? ` AS a${i}` : ""}`);
  return pen.oneOf(
    () => `SELECT * FROM ${from}`,
    () => `SELECT ${list.join(", ")} FROM ${from} x WHERE ${where}`,
    () =>
      `SELECT ${column.name}, count(*) AS n FROM ${from} GROUP BY ${column.name}${pen.word("", " HAVING count(*) > 1")}`,
    () => `WITH w AS (SELECT ${column.name} AS k FROM ${from}) SELECT k, row_number() OVER () AS rn FROM w`,
    () => `SELECT ${column.name} AS k FROM ${from} UNION ALL SELECT ${column.name} FROM ${from}`,
    () => {
      const other = pen.table();
      const same = other && pen.columns(other).find(({ type }) => type === column.type);
      return (
        same &&
        `SELECT a.${column.name} AS m1, b.${same.name} AS m2 FROM ${from} a ${pen.word("JOIN", "LEFT JOIN")} ${pen.ref(other)} b ON a.${column.name} = b.${same.name}`
      );
    },
  );
}
