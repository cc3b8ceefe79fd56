import { beforeAll, describe, expect, test } from "vitest";
import { diffCatalogs, diffSince } from "#core/catalog/diff.ts";
import { sameSql } from "#core/catalog/normalise-expression.ts";
import { loadParser } from "#core/sql/parse.ts";
import { run, simulated } from "./simulated.ts";

beforeAll(loadParser);

const diff = (before: string, after: string) =>
  diffCatalogs(simulated(before).catalog, simulated(after).catalog, "after down").map((change) => [
    change.class,
    change.words,
  ]);

describe("one sentence for each difference, with its class", () => {
  const table = "CREATE TABLE t (id int PRIMARY KEY, a int)";
  test.each([
    [table, "SELECT 1", [["real", "table t is missing after down"]]],
    ["SELECT 1", table, [["real", "table t is left after down"]]],
    [
      table,
      `${table}; ALTER TABLE t ADD b int UNIQUE`,
      [
        ["real", "column t.b is left after down"],
        ["real", "constraint t.t_b_key is left after down"],
      ],
    ],
    [
      table,
      `${table}; ALTER TABLE t ALTER a TYPE bigint`,
      [["real", "column t.a: type bigint instead of integer"]],
    ],
    [table, `${table}; ALTER TABLE t ALTER a SET NOT NULL`, [["real", "column t.a: NOT NULL is new"]]],
    [
      "CREATE TYPE e AS ENUM ('a')",
      "CREATE TYPE e AS ENUM ('a', 'b')",
      [["enum-limit", "type e: labels (a, b) instead of (a)"]],
    ],
    [
      "CREATE TYPE e AS ENUM ('a', 'b')",
      "CREATE TYPE e AS ENUM ('a')",
      [["real", "type e: labels (a) instead of (a, b)"]],
    ],
    [
      `${table}; CREATE INDEX i ON t (a)`,
      `${table}; CREATE INDEX j ON t (a)`,
      [["rename-only", "index t_i is called j after down"]],
    ],
    [table, `${table}; COMMENT ON TABLE t IS 'x'`, [["benign", "table t: comment x is new"]]],
    ["SELECT 1", "CREATE EXTENSION citext", [["benign", "extension citext is left after down"]]],
  ])("%s → %s", (before, after, expected) => {
    const said = diff(before, after).map(([kind, words]) => [kind, words?.replace("index i ", "index t_i ")]);
    expect(said).toEqual(expected);
  });
});

test("an up and its exact inverse leave no difference, whatever was renamed on the way", () => {
  const { catalog, simulation } = simulated(
    "CREATE TABLE p (id serial PRIMARY KEY, name text); CREATE TABLE t (p_id int REFERENCES p, CHECK (p_id > 0)); CREATE VIEW v AS SELECT name FROM p",
  );
  const start = catalog.savepoint();
  run(
    simulation,
    "ALTER TABLE p RENAME TO q; ALTER TABLE q RENAME COLUMN name TO title; ALTER TABLE t RENAME COLUMN p_id TO q_id",
    "up",
  );
  expect(diffSince(catalog, start, "after down").length).toBeGreaterThan(0);
  run(
    simulation,
    "ALTER TABLE t RENAME COLUMN q_id TO p_id; ALTER TABLE q RENAME COLUMN title TO name; ALTER TABLE q RENAME TO p",
    "down",
  );
  expect(diffSince(catalog, start, "after down")).toEqual([]);
});

test.each([
  [
    "status IN ('a', 'b')",
    "(status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
    true,
  ],
  ["a BETWEEN 1 AND 2", "((a >= 1) AND (a <= 2))", true],
  ["a > 0", "a >= 0", false],
  ["'{}'", "'{}'::jsonb", true],
  ["CURRENT_TIMESTAMP", "now()", true],
  ["CURRENT_TIMESTAMP + interval '1 day'", "(now() + '1 day'::interval)", true],
  ["CURRENT_TIMESTAMP", "clock_timestamp()", false],
  ["data @@ '$.tags[*] == \"x\"'", '(data @@ \'($."tags"[*] == "x")\'::jsonpath)', true],
  ["jsonb_path_exists(data, '$.a')", "jsonb_path_exists(data, 'strict $.\"a\"'::jsonpath)", false],
  ["path = '$.a b'", "path = '$.ab'", false],
])("%s means %s: %s", (a, b, same) => {
  expect(sameSql(a, b, "expression")).toBe(same);
});

test.each([
  ["SELECT a::text AS a FROM t", "SELECT a FROM t", false],
  ["SELECT '2024-01-01'::date AS d", "SELECT '2024-01-01'::text AS d", false],
  ["SELECT a::pg_catalog.int8 FROM t", "SELECT a::bigint FROM t", true],
  ["SELECT a FROM t WHERE b::text = 'x'::text", "SELECT t.a FROM t WHERE (b = 'x')", true],
  ["CREATE INDEX i ON t ((a::text))", "CREATE INDEX i ON t (a)", false],
])("%s means %s: %s", (a, b, same) => {
  expect(sameSql(a, b, "statement")).toBe(same);
});
