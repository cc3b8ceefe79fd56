import type { Column, Pen } from "./pen.ts";

/** A type, in one of the spellings that people use; now and then an enum or a domain that is there. */
export function typeName(pen: Pen): string {
  const own = pen.chance(0.08)
    ? pen.one("type", ({ attributes }) => attributes.form === "enum")
    : pen.chance(0.05)
      ? pen.one("domain")
      : undefined;
  return own ? pen.ref(own) : pen.word(...types);
}

/** One that is no serial. */
export function plainType(pen: Pen): string {
  return typeName(pen).replace(/^\w*serial$/, "bigint");
}

const types = [
  "int",
  "integer",
  "bigint",
  "smallint",
  "text",
  "varchar(20)",
  "varchar",
  "character varying(255)",
  "char(3)",
  "timestamptz",
  "timestamp",
  "timestamp(3) without time zone",
  "timestamp with time zone",
  "date",
  "time",
  "interval",
  "boolean",
  "bool",
  "uuid",
  "jsonb",
  "json",
  "numeric",
  "numeric(10,2)",
  "decimal(8)",
  "float",
  "float8",
  "real",
  "double precision",
  "bytea",
  "inet",
  "text[]",
  "int[]",
  "int4range",
  "tsvector",
  "bit(8)",
  "xml",
  "money",
  "serial",
  "bigserial",
  "point",
  "macaddr",
];

const defaults: readonly (readonly [type: RegExp, values: readonly string[]])[] = [
  [/serial/, []],
  [/\[\]$/, ["'{}'"]],
  [/^(?:smallint|int|integer|bigint)$/, ["0", "1", "-1", "(1 + 2)", "'5'", "length('abc')", "1e2"]],
  [/^(?:numeric|decimal|float|real|double)/, ["0", "1.5", "-2.25", "random()", "'3'", "1e3", "1.50e1"]],
  [
    /^timestamp/,
    ["now()", "CURRENT_TIMESTAMP", "'2020-01-01'", "clock_timestamp()", "(now() + interval '1 day')"],
  ],
  [/^date$/, ["CURRENT_DATE", "'2020-01-01'"]],
  [/^time$/, ["'12:00'", "localtime"]],
  [/^interval$/, ["'1 day'", "interval '2 hours'", "'1 mon'::interval"]],
  [/^bool/, ["true", "false", "'t'", "NOT true", "(1 > 2)"]],
  [/^uuid$/, ["gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'"]],
  [/^jsonb?$/, ["'{}'", "'[]'"]],
  [
    /^(?:text|varchar|character|char)/,
    ["''", "'x'", "'it''s'", "'a'::text", "upper('a')", "'a' || 'b'", "NULL"],
  ],
];

/** What a column of the type may have by default. */
export function defaultValue(pen: Pen, type: string): string | undefined {
  const [, values] = defaults.find(([pattern]) => pattern.test(type)) ?? [undefined, ["NULL"]];
  return pen.pick(values);
}

/** A condition over one column. */
export function condition(pen: Pen, { name, type }: Pick<Column, "name" | "type">): string {
  const [, forms] = conditions.find(([pattern]) => pattern.test(type)) ?? [undefined, []];
  return pen.word(...(forms.length > 0 ? forms : ["# IS NOT NULL", "# IS NULL"])).replaceAll("#", () => name);
}

const conditions: readonly (readonly [type: RegExp, forms: readonly string[]])[] = [
  [
    /^(?:smallint|int|integer|bigint)$/,
    [
      "# > 0",
      "# BETWEEN 1 AND 10",
      "# <> 5",
      "# IN (1, 2, 3)",
      "(# % 2) = 0",
      "abs(#) < 100",
      "NOT # < 0",
      "# = ANY (ARRAY[1,2])",
    ],
  ],
  [/^(?:numeric|double|real)/, ["# > 0", "# BETWEEN 1 AND 10", "# IS NOT NULL AND # >= 0", "(# * 2) = 0"]],
  [
    /^(?:text|varchar|character)(?!.*\[)/,
    [
      "length(#) > 0",
      "# <> ''",
      "# IN ('a', 'b')",
      "# LIKE 'a%'",
      "# ~ '^[a-z]+$'",
      "lower(#) = #",
      "# IS NULL OR # = 'x'",
      "# NOT LIKE '%x'",
      "coalesce(#, '') <> 'z'",
    ],
  ],
  [/^bool/, ["#", "NOT #", "# IS TRUE", "# = false"]],
];
