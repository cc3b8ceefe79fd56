import { beforeAll, describe, expect, test } from "vitest";
import { diffCatalogs, diffPairs, diffSince } from "#core/catalog/diff.ts";
import type { CatalogObject } from "#core/catalog/model.ts";
import { sameSql } from "#core/catalog/normalise-expression.ts";
import { samePrinted } from "#core/catalog/printed-sql.ts";
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
    [
      "CREATE TABLE t (a varchar(9))",
      "CREATE TABLE t (a varchar(9) DEFAULT NULL)",
      [["benign", "column t.a: default NULL::character varying is new"]],
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
    // What is in PostgreSQL since 17 only.
    [
      "CREATE TABLE d (j jsonb); CREATE VIEW v AS SELECT t.* FROM d, JSON_TABLE(d.j, '$[*]' PASSING 1 AS x COLUMNS (n FOR ORDINALITY, a int PATH '$.a', e bool EXISTS PATH '$.e' FALSE ON ERROR, NESTED PATH '$.z' AS z COLUMNS (q text FORMAT JSON PATH '$' OMIT QUOTES)) ERROR ON ERROR) t",
      "CREATE TABLE d (j jsonb); CREATE VIEW v AS SELECT t.n, t.a, t.e, t.q FROM d, JSON_TABLE(d.j, '$[*]' PASSING 1 AS x COLUMNS (n FOR ORDINALITY, a int PATH '$.a', e bool EXISTS PATH '$.e' FALSE ON ERROR, NESTED PATH '$.z' AS z COLUMNS (q text FORMAT JSON PATH '$' OMIT QUOTES)) ERROR ON ERROR) t",
      [],
    ],
    [
      "CREATE TABLE d (j jsonb, CONSTRAINT c CHECK (JSON_VALUE(j, '$.a' RETURNING int DEFAULT 1 ON EMPTY) > 0))",
      "CREATE TABLE d (j jsonb, CONSTRAINT c CHECK (JSON_VALUE(j, '$.b' RETURNING int DEFAULT 1 ON EMPTY) > 0))",
      [["real", "constraint d.c: '$.b' instead of '$.a' in the definition"]],
    ],
    [
      "CREATE TABLE d (j jsonb, CONSTRAINT c CHECK (JSON_EXISTS(j, '$.a')))",
      "CREATE TABLE d (j jsonb, CONSTRAINT c CHECK (JSON_QUERY(j, '$.a' WITH CONDITIONAL WRAPPER NULL ON ERROR) IS NOT NULL))",
      [
        [
          "real",
          "constraint d.c: JSON_QUERY(j, '$.a' WITH CONDITIONAL WRAPPER NULL ON ERROR) IS NOT NULL instead of JSON_EXISTS(j, '$.a') in the definition",
        ],
      ],
    ],
    // A role that can do nothing by itself may stay too. Its settings are part of it.
    ["SELECT 1", "CREATE ROLE app LOGIN", [["benign", "role app is left after down"]]],
    ["SELECT 1", "CREATE ROLE app BYPASSRLS", [["real", "role app is left after down"]]],
    [
      "CREATE ROLE admins",
      "CREATE ROLE admins; CREATE ROLE app IN ROLE admins",
      [["real", "role app is left after down"]],
    ],
    [
      "SELECT 1",
      `CREATE ROLE "the app"; ALTER ROLE "the app" SET search_path = app`,
      [["benign", 'role "the app" is left after down']],
    ],
    [
      "CREATE ROLE app",
      "CREATE ROLE app; ALTER ROLE app SET search_path = app",
      [["real", "setting role app search_path is left after down"]],
    ],
    // Of lists and long texts only what differs.
    [
      `CREATE TABLE t (a int) WITH (fillfactor = 70, autovacuum_enabled = off)`,
      `CREATE TABLE t (a int) WITH (fillfactor = 80, parallel_workers = 2)`,
      [
        [
          "real",
          "table t: option fillfactor=80 instead of fillfactor=70, option parallel_workers=2 is new, option autovacuum_enabled=off is lost",
        ],
      ],
    ],
    [
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE STRICT AS 'SELECT 1'",
      [["real", "function f(integer): STABLE STRICT instead of IMMUTABLE in the definition"]],
    ],
    [
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql COST 55 AS 'SELECT 1'",
      [["real", "function f(integer): COST 55 is new in the definition"]],
    ],
    [
      "CREATE FUNCTION f(a text, b int DEFAULT 10) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE FUNCTION f(a text, b int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      [["real", "function f(text, integer): DEFAULT 10 is lost from the definition"]],
    ],
    [
      `${table}; ALTER TABLE t ADD CONSTRAINT c CHECK (a IN (1, 2, 3) AND a <> 17)`,
      `${table}; ALTER TABLE t ADD CONSTRAINT c CHECK (a IN (1, 3) AND a <> 17)`,
      [
        [
          "real",
          "constraint t.c: definition CHECK ((a IN (1, 3) AND a <> 17)) instead of CHECK ((a IN (1, 2, 3) AND a <> 17))",
        ],
      ],
    ],
    [
      `${table}; ALTER TABLE t ADD CONSTRAINT c CHECK (a IN (100001, 100002, 100003, 100004) AND a <> 170000)`,
      `${table}; ALTER TABLE t ADD CONSTRAINT c CHECK (a IN (100001, 100003, 100004) AND a <> 170000)`,
      [["real", "constraint t.c: 100002 is lost from the definition"]],
    ],
    [
      `${table}; CREATE INDEX i ON t USING btree (a, id) INCLUDE (a)`,
      `${table}; CREATE INDEX i ON t USING btree (a int4_ops, id DESC) INCLUDE (a)`,
      [["real", "index i: DESC is new in the definition"]],
    ],
    [
      `${table}; CREATE INDEX orders_by_absolute_value ON t USING btree (id, abs(a)) INCLUDE (a) WHERE a <> 170000`,
      `${table}; CREATE INDEX orders_by_absolute_value ON t USING btree (id, a) INCLUDE (a) WHERE a <> 170000`,
      [["real", "index orders_by_absolute_value: a instead of abs(a) in the definition"]],
    ],
    ["CREATE TABLE s (id serial)", "SELECT 1", [["real", "table s is missing after down"]]],
    [`${table}; ALTER TABLE t ENABLE ROW LEVEL SECURITY`, table, [["real", "table t: row security is off"]]],
    // One role may be given privileges by several.
    [
      `${table}; CREATE ROLE a; CREATE ROLE b; GRANT UPDATE ON t TO b WITH GRANT OPTION; GRANT SELECT ON t TO a`,
      `${table}; CREATE ROLE a; CREATE ROLE b; GRANT UPDATE ON t TO b WITH GRANT OPTION; GRANT SELECT ON t TO a; SET ROLE b; GRANT UPDATE ON t TO a`,
      [["real", "table t: UPDATE of a is new"]],
    ],
    [table, `${table}; REVOKE ALL ON t FROM CURRENT_USER`, [["real", "table t: the owner has no privilege"]]],
    [
      table,
      `${table}; REVOKE ALL ON t FROM CURRENT_USER; GRANT SELECT ON t TO CURRENT_USER`,
      [["real", "table t: the owner has SELECT only"]],
    ],
    [table, `${table}; ALTER TABLE t SET UNLOGGED`, [["real", "table t: unlogged instead of logged"]]],
    [
      `${table}; CREATE ROLE app; GRANT SELECT ON t TO app`,
      `${table}; CREATE ROLE app; GRANT SELECT ON t TO app WITH GRANT OPTION`,
      [["real", "table t: GRANT OPTION FOR SELECT of app is new"]],
    ],
  ])("%s → %s", (before, after, expected) => {
    const said = diff(before, after).map(([kind, words]) => [kind, words?.replace("index i ", "index t_i ")]);
    expect(said).toEqual(expected);
  });
});

describe("a column of a view is an object only while it carries something, and is there all the same", () => {
  const view: CatalogObject = {
    kind: "view",
    name: "public.v",
    attributes: { definition: "SELECT a FROM t" },
    dependsOn: [],
  };
  const column = (attributes: object): CatalogObject => ({
    kind: "column",
    name: "public.v.a",
    parent: "view public.v",
    attributes: { type: "text", ...attributes },
    dependsOn: [],
    position: 1,
  });
  test.each([
    [{ comment: "x" }, "benign", "column v.a: comment x is new"],
    [{ default: "1" }, "real", "column v.a: default 1 is new"],
    [{ privileges: ["app=r/postgres"] }, "real", "column v.a: SELECT of app is new"],
  ])("%j", (attributes, kind, words) => {
    const pair = { key: "column public.v.a", before: undefined, after: column(attributes) };
    expect(diffPairs([pair], "after down")).toMatchObject([{ class: kind, words, before: "text" }]);
  });

  test("it goes with its view", () => {
    const pairs = [
      { key: "view public.v", before: view, after: undefined },
      { key: "column public.v.a", before: column({ comment: "x" }), after: undefined },
    ];
    expect(diffPairs(pairs, "after down").map(({ words }) => words)).toEqual([
      "view v is missing after down",
    ]);
  });
});

test("an empty definition is none", () => {
  const family = (definition: string): CatalogObject => ({
    kind: "operator family",
    name: "public.f USING btree",
    attributes: { definition },
    dependsOn: [],
  });
  const words = (before: string, after: string) =>
    diffPairs(
      [{ key: "operator family public.f USING btree", before: family(before), after: family(after) }],
      "after down",
    ).map((change) => change.words);
  expect(words("", "FUNCTION 1")).toEqual(["operator family f USING btree: definition FUNCTION 1 is new"]);
  expect(words("FUNCTION 1", "")).toEqual(["operator family f USING btree: definition FUNCTION 1 is lost"]);
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
  ["SELECT t.a FROM t, u", "SELECT u.a FROM t, u", false],
  ["SELECT public.t.a FROM t", "SELECT t.a FROM t", true],
  ["SELECT app.f(a) FROM t", "SELECT f(a) FROM t", true],
  ["SELECT app.f(a) FROM t", "SELECT old.f(a) FROM t", false],
  ["CREATE INDEX i ON t ((a::text))", "CREATE INDEX i ON t (a)", false],
])("%s means %s: %s", (a, b, same) => {
  expect(sameSql(a, b, "statement")).toBe(same);
});

describe("what PostgreSQL printed is compared by what it resolved", () => {
  test.each([
    // What a person would call the same, PostgreSQL does not: another table, another schema, another type.
    [
      "SELECT o.id, u.at FROM (o JOIN u ON ((u.id = o.id)))",
      "SELECT o.id, o.at FROM (o JOIN u ON ((u.id = o.id)))",
      false,
    ],
    ["SELECT a.f() AS x", "SELECT b.f() AS x", false],
    ["SELECT lower(a) AS x FROM t", "SELECT public.lower(a) AS x FROM t", false],
    ["SELECT id FROM t WHERE (a = 1)", "SELECT id FROM t WHERE (a OPERATOR(s.=) 1)", false],
    ["SELECT id FROM t WHERE f(id)", "SELECT id FROM t WHERE f((id)::text)", false],
    ["SELECT id FROM t WHERE f(1)", "SELECT id FROM t WHERE f('1'::text)", false],
    [
      "SELECT CASE WHEN a THEN 1 ELSE 0 END AS x FROM t",
      "SELECT CASE WHEN a THEN '1'::text ELSE '0'::text END AS x FROM t",
      false,
    ],
    ["SELECT ARRAY[1] AS x", "SELECT ARRAY['1'::text] AS x", false],
    ["SELECT a AS x FROM t", "SELECT a AS y FROM t", false],
    ["SELECT '1'::text AS x", "SELECT 1 AS x", false],
    [
      "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN ((old.a > 1)) EXECUTE FUNCTION f()",
      "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN ((new.a > 1)) EXECUTE FUNCTION f()",
      false,
    ],
    // Columns that nobody sees keep the name that they had by then.
    [
      "SELECT id FROM t WHERE (id IN ( SELECT u.a FROM u))",
      "SELECT id FROM t WHERE (id IN ( SELECT u.a AS b FROM u))",
      true,
    ],
    [
      "SELECT id FROM t WHERE (EXISTS ( SELECT u.a FROM u UNION SELECT u.b AS c FROM u))",
      "SELECT id FROM t WHERE (EXISTS ( SELECT u.a AS d FROM u UNION SELECT u.b FROM u))",
      true,
    ],
    [
      "SELECT id FROM t WHERE (id IN ( SELECT u.a FROM u))",
      "SELECT id FROM t WHERE (id IN ( SELECT u.b FROM u))",
      false,
    ],
    ["SELECT t.a FROM t UNION SELECT u.b AS c FROM u", "SELECT t.a FROM t UNION SELECT u.b FROM u", true],
    [
      "CREATE RULE r AS ON INSERT TO t DO INSERT INTO l (a) SELECT d.body FROM d",
      "CREATE RULE r AS ON INSERT TO t DO INSERT INTO l (a) SELECT d.body AS content FROM d",
      true,
    ],
    [
      "CREATE RULE r AS ON INSERT TO t DO INSERT INTO l (a) SELECT d.body FROM d",
      "CREATE RULE r AS ON INSERT TO t DO INSERT INTO l (b) SELECT d.body FROM d",
      false,
    ],
    [
      "CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC SELECT t.a FROM t; END",
      "CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC SELECT t.a AS b FROM t; END",
      true,
    ],
    [
      "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$select 1$$",
      "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$select  1$$",
      false,
    ],
    ["SELECT a FROM t WHERE (at < CURRENT_TIMESTAMP)", "SELECT a FROM t WHERE (at < now())", true],
  ] as const)("%s and %s: %s", (a, b, same) => {
    expect(samePrinted(a, b, "statement")).toBe(same);
  });

  test.each([
    // Read again, an IN list of varchar is printed in another way.
    [
      "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
      "((s)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
      true,
    ],
    [
      "((s)::text = ANY ((ARRAY['a'::character varying])::text[]))",
      "((s)::text = ANY (ARRAY['a'::text]))",
      true,
    ],
    ["((s)::text = 'a'::text)", "(s = 'a'::text)", false],
    ["(a > 0)", "(a > (0)::bigint)", true],
    ["(n >= (0)::numeric)", "(n >= '0'::numeric)", true],
    ["((a / 2) > 1)", "(((a)::numeric / (2)::numeric) > (1)::numeric)", false],
    ["(a > '2020-01-01'::date)", "(a > '2020-01-01'::timestamp without time zone)", false],
  ] as const)("the condition %s and %s: %s", (a, b, same) => {
    expect(samePrinted(a, b, "expression")).toBe(same);
  });

  test.each([
    ["0", "(0)::bigint", true],
    ["'x'::text", "'x'::character varying", true],
    ["ARRAY['a'::text]", "ARRAY['a'::character varying]", true],
    ["s.gen()", "public.gen()", false],
    ["gen(1)", "gen('1'::text)", false],
    ["'1 day'::interval", "'1 mon'::interval", false],
  ] as const)("the default %s and %s: %s", (a, b, same) => {
    expect(samePrinted(a, b, "value")).toBe(same);
  });

  test("casts to numeric are harmless where nothing is divided and no function chosen", () => {
    const check = (text: string): CatalogObject => ({
      kind: "constraint",
      name: "public.t.c",
      parent: "table public.t",
      attributes: { type: "check", definition: `CHECK (${text})`, columns: ["a"] },
      dependsOn: [],
    });
    const classOf = (before: string, after: string) =>
      diffPairs(
        [{ key: "constraint public.t.c", before: check(before), after: check(after) }],
        "after down",
        "printed",
      ).map((change) => change.class);
    expect(classOf("(a > 0)", "((a)::numeric > (0)::numeric)")).toEqual(["benign"]);
    expect(
      classOf(
        "(a = ANY ((ARRAY[1, 2])::numeric[]))",
        "((a)::numeric = ANY (ARRAY[(1)::numeric, (2)::numeric]))",
      ),
    ).toEqual(["benign"]);
    expect(classOf("((a / 2) > 1)", "(((a)::numeric / (2)::numeric) > (1)::numeric)")).toEqual(["real"]);
    expect(classOf("public.f(a)", "public.f((a)::numeric)")).toEqual(["real"]);
  });
});
