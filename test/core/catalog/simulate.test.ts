import { beforeAll, describe, expect, test } from "vitest";
import { makeObjectName } from "#core/catalog/simulate/generated-names.ts";
import { loadParser } from "#core/sql/parse.ts";
import { simulated } from "./simulated.ts";

beforeAll(loadParser);

const keys = (sql: string, postgres?: number) =>
  [...simulated(sql, postgres === undefined ? {} : { postgres }).catalog.objects()].map(
    ({ kind, name }) => `${kind} ${name}`,
  );

describe("names that PostgreSQL makes", () => {
  test.each([
    ["CREATE TABLE t (id serial PRIMARY KEY)", "sequence public.t_id_seq", "index public.t_pkey"],
    [
      "CREATE TABLE t (a int UNIQUE, b int, UNIQUE (a, b))",
      "index public.t_a_key",
      "constraint public.t.t_a_b_key",
    ],
    [
      "CREATE TABLE t (a int CHECK (a > 0), b int, CHECK (a > b))",
      "constraint public.t.t_a_check",
      "constraint public.t.t_check",
    ],
    [
      "CREATE TABLE t (a text); CREATE INDEX ON t (lower(a)); CREATE INDEX ON t (lower(a))",
      "index public.t_lower_idx",
      "index public.t_lower_idx1",
    ],
    [
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p_id int REFERENCES p)",
      "constraint public.t.t_p_id_fkey",
    ],
    ['CREATE TABLE "Order" (id int)', 'table public."Order"', 'column public."Order".id'],
  ])("%s", (sql, ...expected) => {
    expect(keys(sql)).toEqual(expect.arrayContaining(expected));
  });

  test("63 bytes, the longer part shortened first, whole characters only", () => {
    const long = "a".repeat(60);
    expect(makeObjectName(long, "email", "key")).toBe(`${"a".repeat(53)}_email_key`);
    expect(new TextEncoder().encode(makeObjectName("ä".repeat(40), "b", "key")).length).toBeLessThanOrEqual(
      63,
    );
  });
});

describe("types and defaults are spelt as PostgreSQL prints them", () => {
  test.each([
    ["int", "integer"],
    ["varchar(255)", "character varying(255)"],
    ["timestamptz(3)", "timestamp(3) with time zone"],
    ["numeric(10)", "numeric(10,0)"],
    ["text[]", "text[]"],
    ["char", "character(1)"],
    ["interval day to second", "interval day to second"],
  ])("%s → %s", (written, printed) => {
    expect(
      simulated(`CREATE TABLE t (c ${written})`).catalog.get("column", "public.t.c")?.attributes.type,
    ).toBe(printed);
  });

  test.each([
    ["text DEFAULT 'x'", "'x'::text"],
    ["boolean DEFAULT 'f'", "false"],
    ["text DEFAULT NULL", undefined],
    ["varchar(5) DEFAULT NULL", "NULL::character varying"],
    ["serial", "nextval('public.t_c_seq'::regclass)"],
  ])("%s", (written, printed) => {
    const column = simulated(`CREATE TABLE t (c ${written})`).catalog.get("column", "public.t.c");
    expect(column?.attributes.default).toBe(printed);
  });
});

const dependents = "dependents";
const missing = "missing";
const exists = "exists";
const refused = "refused";

describe("what PostgreSQL would refuse", () => {
  test.each([
    ["CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t", "DROP TABLE t", dependents],
    [
      "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t",
      "ALTER TABLE t DROP COLUMN a",
      dependents,
    ],
    [
      "CREATE TABLE t (a int); CREATE VIEW v AS SELECT x.a FROM (SELECT * FROM t) x",
      "ALTER TABLE t DROP COLUMN a",
      dependents,
    ],
    [
      "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t",
      "ALTER TABLE t ALTER a TYPE bigint",
      dependents,
    ],
    ["CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (e e)", "DROP TYPE e", dependents],
    ["CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p)", "DROP TABLE p", dependents],
    [
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p)",
      "ALTER TABLE p DROP CONSTRAINT p_pkey",
      dependents,
    ],
    ["CREATE TABLE t (id serial)", "DROP SEQUENCE t_id_seq", dependents],
    [
      "CREATE TABLE t (a int, b int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t DEFAULT; CREATE INDEX ON t (b)",
      "DROP INDEX t1_b_idx",
      dependents,
    ],
    [
      "CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1'; CREATE AGGREGATE g(int) (SFUNC = f, STYPE = int)",
      "DROP FUNCTION f(int, int)",
      dependents,
    ],
    [
      "CREATE FUNCTION f(int, int) RETURNS bool LANGUAGE sql AS 'SELECT true'; CREATE OPERATOR ~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = f)",
      "DROP FUNCTION f",
      dependents,
    ],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION f(e) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE CAST (e AS int) WITH FUNCTION f(e)",
      "DROP FUNCTION f(e)",
      dependents,
    ],
    ["CREATE TYPE a AS (b int)", "ALTER TYPE a DROP ATTRIBUTE c", missing],
    ["CREATE TYPE a AS (b int, c int)", "ALTER TYPE a RENAME ATTRIBUTE b TO c", exists],
    ["CREATE TABLE t (a int); CREATE VIEW v AS SELECT 1", "ALTER TABLE t RENAME TO v", exists],
    ["CREATE TABLE t (a int); CREATE TYPE e AS ENUM ('a')", "ALTER TABLE t RENAME TO e", exists],
    ["CREATE SEQUENCE s; CREATE TABLE t (a int UNIQUE)", "ALTER INDEX t_a_key RENAME TO s", exists],
    ["CREATE DOMAIN d AS int; CREATE TABLE t (a int)", "ALTER DOMAIN d RENAME TO t", exists],
    [
      "CREATE SCHEMA s; CREATE VIEW s.t AS SELECT 1; CREATE TABLE t (a int)",
      "ALTER TABLE t SET SCHEMA s",
      exists,
    ],
    ["CREATE VIEW v AS SELECT 1 AS a, 2 AS b", "CREATE OR REPLACE VIEW v AS SELECT 1 AS a", refused],
    ["CREATE VIEW v AS SELECT 1 AS a, 2 AS b", "CREATE OR REPLACE VIEW v AS SELECT 2 AS b, 1 AS a", refused],
    ["CREATE VIEW v AS SELECT 1 AS a", "CREATE OR REPLACE VIEW v (c) AS SELECT 1", refused],
    [
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "DROP FUNCTION f",
      refused,
    ],
    ["CREATE TABLE t (a text)", "ALTER TABLE t ALTER a TYPE integer", refused],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a text DEFAULT 'a')",
      "ALTER TABLE t ALTER a TYPE e USING a::e",
      refused,
    ],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE TYPE f AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'a')",
      "ALTER TABLE t ALTER a TYPE f USING a::text::f",
      refused,
    ],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'a'); ALTER TABLE t ALTER a TYPE text",
      "DROP TYPE e",
      dependents,
    ],
    ["CREATE TABLE t (id serial)", "ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY", refused],
    ["CREATE TABLE t (id int)", "ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY", refused],
    ["CREATE TABLE t (id int PRIMARY KEY)", "ALTER TABLE t ALTER id DROP NOT NULL", refused],
    [
      "CREATE TABLE t (id int PRIMARY KEY)",
      "ALTER TABLE t ALTER id DROP NOT NULL, DROP CONSTRAINT t_pkey",
      refused,
    ],
    [
      "CREATE TABLE t (a int, b int NOT NULL) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t DEFAULT",
      "ALTER TABLE p ALTER b DROP NOT NULL",
      refused,
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1); SAVEPOINT s; DROP TABLE p; ROLLBACK TO s; ALTER TABLE t RENAME TO u",
      "CREATE TABLE q PARTITION OF u FOR VALUES IN (1)",
      refused,
    ],
    [
      "CREATE ROLE r; CREATE ROLE s; CREATE TABLE t (a int); GRANT SELECT ON t TO r WITH GRANT OPTION; SET ROLE r; GRANT SELECT ON t TO s; RESET ROLE",
      "REVOKE GRANT OPTION FOR SELECT ON t FROM r",
      refused,
    ],
    [
      "CREATE EXTENSION citext; CREATE TABLE t (a int); ALTER EXTENSION citext ADD TABLE t",
      "DROP TABLE t",
      dependents,
    ],
    [
      "CREATE EXTENSION citext; CREATE TABLE t (a int); ALTER EXTENSION citext ADD TABLE t",
      "ALTER EXTENSION citext ADD TABLE t",
      refused,
    ],
    ["CREATE VIEW v AS SELECT 1 AS a", "ALTER VIEW v ALTER b SET DEFAULT 1", missing],
    ["CREATE TABLE t (a int)", "ALTER TABLE t CLUSTER ON i", missing],
    ["CREATE TABLE t (id serial); CREATE SCHEMA s", "ALTER SEQUENCE t_id_seq SET SCHEMA s", refused],
    ["CREATE TABLE t (id serial); CREATE ROLE r", "ALTER SEQUENCE t_id_seq OWNER TO r", refused],
    [
      "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)",
      "ALTER SEQUENCE t_id_seq OWNED BY NONE",
      refused,
    ],
    [
      "CREATE TABLE t (a int); CREATE SCHEMA s; CREATE SEQUENCE s.q",
      "ALTER SEQUENCE s.q OWNED BY t.a",
      refused,
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t DEFAULT",
      "ALTER TABLE p ADD COLUMN b int",
      refused,
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1); CREATE TABLE u (a int) PARTITION BY LIST (a)",
      "ALTER TABLE u ATTACH PARTITION p FOR VALUES IN (1)",
      refused,
    ],
    [
      "CREATE TABLE t (a date) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
      "CREATE TABLE q PARTITION OF t FOR VALUES FROM ('2024-01-31') TO (MAXVALUE)",
      refused,
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t FOR VALUES FROM (MINVALUE) TO (10); CREATE TABLE q (a int)",
      "ALTER TABLE t ATTACH PARTITION q FOR VALUES FROM (9) TO (11)",
      refused,
    ],
    [
      "CREATE TABLE t (a text) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN ('a', 'it''s', NULL)",
      "CREATE TABLE q PARTITION OF t FOR VALUES IN ('b', 'it''s')",
      refused,
    ],
    [
      "CREATE TABLE t (a date) PARTITION BY RANGE (a)",
      "CREATE TABLE p PARTITION OF t FOR VALUES FROM ('2024-02-01') TO ('2024-02-01')",
      refused,
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY RANGE (a)",
      "ALTER TABLE t ATTACH PARTITION t FOR VALUES FROM (1) TO (9)",
      refused,
    ],
    ["CREATE TABLE t (a int)", "ALTER TABLE t INHERIT t", refused],
    [
      "CREATE TABLE t (a int); CREATE TABLE u () INHERITS (t); CREATE TABLE v () INHERITS (u)",
      "ALTER TABLE t INHERIT v",
      refused,
    ],
    [
      "CREATE TABLE t (a int, b int, PRIMARY KEY (a)) PARTITION BY RANGE (a)",
      "CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (9) PARTITION BY LIST (b)",
      refused,
    ],
    [
      "CREATE TABLE t (a bigint GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (a); CREATE TABLE p (a bigint GENERATED ALWAYS AS IDENTITY)",
      "ALTER TABLE t ATTACH PARTITION p DEFAULT",
      refused,
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t DEFAULT; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
      "DROP TRIGGER g ON p",
      dependents,
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p (a int)",
      "ALTER TABLE t DETACH PARTITION p",
      refused,
    ],
    [
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED)",
      "ALTER TABLE t ALTER b DROP DEFAULT",
      refused,
    ],
    ["CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)", "ALTER TABLE t ALTER id SET DEFAULT 1", refused],
    [
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED)",
      "ALTER TABLE t ADD c int GENERATED ALWAYS AS (b * 2) STORED",
      refused,
    ],
    ["CREATE TABLE t (a int); CREATE TABLE u (b int)", "ALTER TABLE u INHERIT t", refused],
    ["CREATE TABLE t (a int); CREATE TABLE u (a text)", "ALTER TABLE u INHERIT t", refused],
    ["CREATE TABLE t (id int UNIQUE)", "DROP INDEX t_id_key", dependents],
    ["CREATE SCHEMA s; CREATE TABLE s.t (id int)", "DROP SCHEMA s", dependents],
    ["CREATE EXTENSION citext; CREATE TABLE t (e citext)", "DROP EXTENSION citext", dependents],
    [
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (a int DEFAULT f())",
      "DROP FUNCTION f()",
      dependents,
    ],
    [
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED)",
      "ALTER TABLE t DROP COLUMN a",
      dependents,
    ],
    ["CREATE TABLE t (a int); CREATE POLICY p ON t USING (a = 1)", "ALTER TABLE t DROP COLUMN a", dependents],
    [
      "CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE AGGREGATE g(int) (SFUNC = f, STYPE = int)",
      "DROP FUNCTION f",
      dependents,
    ],
    ["CREATE TYPE p AS (a int)", "ALTER TYPE p DROP ATTRIBUTE b", missing],
    ["CREATE TABLE t (a int)", "DROP TABLE u", missing],
    ["CREATE TABLE t (a int)", "ALTER TABLE t DROP COLUMN b", missing],
    ["CREATE TABLE t (a int)", "CREATE TABLE t (a int)", exists],
    ["CREATE TABLE t (a int)", "CREATE INDEX t ON t (a)", exists],
    ["CREATE TABLE t (a int)", "ALTER TABLE t ADD COLUMN a int", exists],
  ])("%s | %s", (before, statement, reason) => {
    expect(simulated(`${before}; ${statement}`).outcomes.at(-1)?.failure?.reason).toBe(reason);
  });

  test.each([
    ["CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t", "ALTER TABLE t DROP COLUMN b"],
    ["CREATE TABLE t (a int CHECK (a > 0), b int UNIQUE)", "ALTER TABLE t DROP COLUMN a, DROP COLUMN b"],
    ["CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p)", "DROP TABLE p, t"],
    ["CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t", "DROP TABLE t CASCADE"],
    ["CREATE TABLE t (a int)", "DROP TABLE IF EXISTS u"],
    ["CREATE VIEW v AS SELECT 1 AS a", "CREATE OR REPLACE VIEW v AS SELECT 2 AS a, 3 AS b"],
    [
      "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT * FROM t",
      "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t",
    ],
    [
      "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; ALTER TABLE t RENAME a TO b",
      "CREATE OR REPLACE VIEW v AS SELECT b AS a FROM t",
    ],
    ["CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "DROP FUNCTION f"],
    ["CREATE TABLE t (a int DEFAULT 1)", "ALTER TABLE t ALTER a TYPE text"],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'a'); ALTER TABLE t ALTER a TYPE text, ALTER a SET DEFAULT 'a'",
      "DROP TYPE e",
    ],
    [
      "CREATE TABLE t (id serial)",
      "ALTER TABLE t ALTER id DROP DEFAULT, ALTER id ADD GENERATED ALWAYS AS IDENTITY",
    ],
    [
      "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL)",
      "ALTER TABLE t ALTER a DROP NOT NULL, DROP CONSTRAINT t_pkey, ALTER id DROP NOT NULL",
    ],
    ["CREATE TABLE t (a text DEFAULT now())", "ALTER TABLE t ALTER a TYPE timestamptz USING a::timestamptz"],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'a')",
      "ALTER TABLE t ALTER a TYPE varchar(9)",
    ],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'a'); CREATE TYPE f AS ENUM ('a')",
      "ALTER TABLE t ALTER a DROP DEFAULT, ALTER a TYPE f USING a::text::f, ALTER a SET DEFAULT 'a'",
    ],
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE CAST (varchar AS e) WITH INOUT AS ASSIGNMENT; CREATE TABLE t (a varchar DEFAULT 'a')",
      "ALTER TABLE t ALTER a TYPE e",
    ],
    [
      "CREATE TABLE t (a int, b int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t DEFAULT; CREATE INDEX ON t (b)",
      "DROP TABLE t1",
    ],
    ["CREATE TABLE t (a int)", "CREATE TABLE IF NOT EXISTS t (b int)"],
    [
      "CREATE ROLE r; CREATE ROLE s; CREATE TABLE t (a int); GRANT SELECT ON t TO r WITH GRANT OPTION; SET ROLE r; GRANT SELECT ON t TO s; RESET ROLE",
      "REVOKE SELECT ON t FROM r CASCADE",
    ],
    [
      "CREATE EXTENSION citext; CREATE TABLE t (a int); ALTER EXTENSION citext ADD TABLE t; ALTER EXTENSION citext DROP TABLE t",
      "DROP TABLE t",
    ],
    [
      "CREATE EXTENSION citext; CREATE TABLE t (a int); ALTER EXTENSION citext ADD TABLE t",
      "DROP EXTENSION citext",
    ],
    ["CREATE SEQUENCE q; CREATE TABLE t (a int)", "ALTER SEQUENCE q OWNED BY t.a"],
    ["CREATE TABLE t (a int); CREATE TABLE u (b int, a int)", "ALTER TABLE u INHERIT t"],
    [
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED)",
      "ALTER TABLE t ALTER b DROP EXPRESSION, ALTER b SET DEFAULT 1",
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY LIST (a); SAVEPOINT s; CREATE TABLE p PARTITION OF t FOR VALUES IN (1); ROLLBACK TO s",
      "CREATE TABLE q PARTITION OF t FOR VALUES IN (1)",
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1); ALTER TABLE t DETACH PARTITION p",
      "CREATE TABLE q PARTITION OF t FOR VALUES IN (1)",
    ],
    [
      "CREATE TABLE t (a date) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
      "CREATE TABLE q PARTITION OF t FOR VALUES FROM ('2024-02-01') TO ('2024-03-01')",
    ],
    [
      "CREATE TABLE t (a timestamptz) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
      "CREATE TABLE q PARTITION OF t FOR VALUES FROM ('2024-01-31 23:00+00') TO ('2024-03-01')",
    ],
    [
      "CREATE TABLE t (a int, b int) PARTITION BY RANGE (a, b); CREATE TABLE p PARTITION OF t FOR VALUES FROM (1, 1) TO (1, 5)",
      "CREATE TABLE q PARTITION OF t FOR VALUES FROM (1, 5) TO (1, 9)",
    ],
    [
      "CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t DEFAULT; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
      "ALTER TABLE p DISABLE TRIGGER g",
    ],
  ])("and what it would not: %s | %s", (before, statement) => {
    expect(simulated(`${before}; ${statement}`).outcomes.at(-1)?.failure).toBeUndefined();
  });
});

test("CASCADE from a sequence takes the default and leaves the column", () => {
  const { catalog } = simulated(
    "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s')); DROP SEQUENCE s CASCADE",
  );
  expect(catalog.get("column", "public.t.a")?.attributes).toEqual({ type: "integer" });
});

test("ROLLBACK and ROLLBACK TO take catalog changes back", () => {
  const names = keys(
    "BEGIN; CREATE TABLE a (); SAVEPOINT s; CREATE TABLE b (); ROLLBACK TO s; CREATE TABLE c (); COMMIT; BEGIN; CREATE TABLE d (); ROLLBACK",
  );
  expect(names.filter((name) => name.startsWith("table"))).toEqual(["table public.a", "table public.c"]);
});

test("a rename is followed by everything that depends on it", () => {
  const { catalog } = simulated(
    "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p_id int REFERENCES p); ALTER TABLE p RENAME TO parents; ALTER TABLE parents RENAME COLUMN id TO key",
  );
  expect(catalog.get("constraint", "public.t.t_p_id_fkey")?.attributes.definition).toBe(
    "FOREIGN KEY (p_id) REFERENCES public.parents(key)",
  );
  expect(catalog.get("index", "public.p_pkey")?.attributes.columns).toEqual(["key"]);
});

test("a column that USING takes keeps its name in the view, and so do those beside it", () => {
  const { catalog } = simulated(
    "CREATE TABLE t (a int, b int); CREATE TABLE u (a int); CREATE VIEW v AS SELECT t.a, t.b FROM t JOIN u USING (a); ALTER TABLE t RENAME COLUMN a TO z; ALTER TABLE t RENAME COLUMN b TO y",
  );
  expect(catalog.get("view", "public.v")?.attributes.definition).toBe(
    "SELECT t.a, t.b FROM public.t AS t(a, b) JOIN public.u USING (a)",
  );
});

test("an aggregate of the old spelling is named by its base type", () => {
  const old = "CREATE AGGREGATE total (BASETYPE = int, SFUNC = int4pl, STYPE = int);";
  expect(keys(old)).toContain("aggregate public.total(integer)");
  expect(keys(`${old} DROP AGGREGATE total(int)`)).not.toContain("aggregate public.total(integer)");
  expect(keys("CREATE AGGREGATE n (BASETYPE = ANY, SFUNC = int8inc, STYPE = int8)")).toContain(
    "aggregate public.n()",
  );
});

test("search_path decides where names are looked up", () => {
  expect(keys("CREATE SCHEMA s; SET search_path TO s, public; CREATE TABLE t (a int)")).toContain(
    "table s.t",
  );
});

test("what an up finds missing is taken to exist outside of the scripts", () => {
  const { simulation, outcomes } = simulated("ALTER TABLE users ADD COLUMN a int", { assume: true });
  expect(outcomes[0]?.failure).toBeUndefined();
  expect(simulation.isAssumed("table public.users")).toBe(true);
});

describe("DO blocks", () => {
  const guarded = "CREATE TYPE e AS ENUM ('a');";
  test.each([
    ["an exception that is caught", `BEGIN ${guarded} EXCEPTION WHEN duplicate_object THEN NULL; END`, false],
    [
      "a guard",
      `BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'e') THEN ${guarded} END IF; END`,
      false,
    ],
    [
      "a guard through a variable",
      `DECLARE n boolean; BEGIN SELECT count(*) = 0 INTO n FROM pg_type WHERE typname = 'e'; IF n THEN ${guarded} END IF; END`,
      false,
    ],
    [
      "a version",
      `BEGIN IF current_setting('server_version_num')::int >= 140000 THEN ${guarded} END IF; END`,
      false,
    ],
    ["a condition about rows", `BEGIN IF (SELECT count(*) FROM t) > 3 THEN ${guarded} END IF; END`, true],
    ["a loop", `BEGIN FOR i IN 1..2 LOOP ${guarded} END LOOP; END`, true],
  ])("%s", (_, body, uncertain) => {
    const { catalog, simulation } = simulated(`DO $$ ${body} $$`);
    expect(catalog.has("type public.e")).toBe(true);
    expect(simulation.isUncertain("type public.e")).toBe(uncertain);
  });

  test.each([
    `BEGIN IF EXISTS (SELECT FROM pg_class WHERE relname = 'e') THEN ${guarded} END IF; END`,
    `BEGIN IF current_setting('server_version_num')::int < 140000 THEN ${guarded} END IF; END`,
    `BEGIN IF to_regclass('e') IS NOT NULL THEN ${guarded} END IF; END`,
    `BEGIN RETURN; ${guarded} END`,
    `BEGIN ${guarded} CREATE TYPE e AS ENUM (); EXCEPTION WHEN OTHERS THEN NULL; END`,
  ])("a branch that is not taken: %s", (body) => {
    expect(simulated(`DO $$ ${body} $$`).catalog.has("type public.e")).toBe(false);
  });

  test("EXECUTE of a computed text is not followed", () => {
    const { outcomes } = simulated("DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'x'; END $$");
    expect(outcomes.map(({ notAnalysed }) => notAnalysed)).toEqual(["EXECUTE in a DO block"]);
  });
});

test.each([
  [
    "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id)",
    ["SHARE ROW EXCLUSIVE", "SHARE ROW EXCLUSIVE"],
  ],
  ["ALTER TABLE t ADD CHECK (a > 0)", ["ACCESS EXCLUSIVE"]],
  ["CREATE INDEX ON t (a)", ["SHARE"]],
  ["CREATE INDEX CONCURRENTLY ON t (a)", ["SHARE UPDATE EXCLUSIVE"]],
  ["ALTER TABLE t SET (fillfactor = 70)", ["SHARE UPDATE EXCLUSIVE"]],
  ["UPDATE t SET a = 1", ["ROW EXCLUSIVE"]],
])("locks of %s", (statement, modes) => {
  const { outcomes } = simulated(`CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int); ${statement}`);
  expect(outcomes.at(-1)?.locks.map(({ mode }) => mode)).toEqual(modes);
});
