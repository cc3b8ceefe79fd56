import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newerSyntax } from "#core/lint/facts/newer-syntax.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { type Engine, PostgresError } from "#core/postgres/session.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { inFull } from "../../support/in-full.ts";

/** Statements by the version that understands them first. */
const statements: Readonly<Record<number, readonly string[]>> = {
  18: [
    "CREATE TABLE t (a int) WITH (autovacuum_vacuum_max_threshold = 5)",
    "COPY pg_description FROM '/x' (ON_ERROR ignore, REJECT_LIMIT 5)",
    "ANALYZE ONLY t",
    "ALTER TABLE t ALTER CONSTRAINT c NOT ENFORCED",
    "ALTER TABLE t ALTER CONSTRAINT c NO INHERIT",
    "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) VIRTUAL)",
    "CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED)",
    "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES u NOT ENFORCED)",
    "ALTER TABLE t ADD CONSTRAINT c NOT NULL a",
    "CREATE TABLE t (a int4range, b int4range, PRIMARY KEY (a, b WITHOUT OVERLAPS))",
    "CREATE TABLE t (a int, b int4range, FOREIGN KEY (a, PERIOD b) REFERENCES u (a, PERIOD b))",
    "UPDATE t SET a = 1 RETURNING WITH (OLD AS o) o.a",
    "ALTER TABLE t ALTER CONSTRAINT c INHERIT",
    "CREATE PUBLICATION p FOR TABLE t WITH (publish_generated_columns = stored)",
    "SELECT uuidv7()",
    "SELECT array_sort('{2,1}'::int[])",
  ],
  17: [
    "COPY (SELECT 1) TO '/x' (LOG_VERBOSITY verbose)",
    "ALTER TABLE t ALTER COLUMN a SET STATISTICS DEFAULT",
    "GRANT pg_maintain TO CURRENT_USER",
    "SELECT JSON_VALUE('[1]', '$[0]')",
    "MERGE INTO t USING u ON t.a = u.a WHEN NOT MATCHED BY SOURCE THEN DELETE",
    "CREATE TABLE t (a int, EXCLUDE (a WITH =)) PARTITION BY LIST (a)",
    "CREATE EVENT TRIGGER e ON login EXECUTE FUNCTION f()",
    "GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO pg_monitor",
    "COPY (SELECT 1) TO '/x' (ON_ERROR stop)",
    "SET transaction_timeout = 1000",
    "ALTER ROLE CURRENT_USER SET transaction_timeout = 1000",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET transaction_timeout = 1 AS 'SELECT 1'",
    "ALTER TABLE t ALTER COLUMN a SET EXPRESSION AS (1)",
    "SELECT * FROM JSON_TABLE('[1]', '$[*]' COLUMNS (a int PATH '$')) j",
    "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE RETURNING t.a",
    "SELECT JSON_VALUE('{}', '$.a')",
    "GRANT MAINTAIN ON pg_class TO PUBLIC",
    "SELECT random(1, 6)",
    "SELECT to_bin(6)",
  ],
  16: [
    "CREATE TABLE t (a int DEFAULT 1_000)",
    "CREATE TABLE t (a int DEFAULT 0xFF)",
    "VACUUM (BUFFER_USAGE_LIMIT '1MB') t",
    "ALTER TABLE t ALTER COLUMN a SET STORAGE DEFAULT",
    "SELECT JSON_OBJECT('a': 1)",
    "SELECT '1' IS JSON",
    "SELECT JSON_ARRAYAGG(1)",
    "CREATE TABLE t (a text STORAGE EXTERNAL)",
    "SELECT * FROM (SELECT 1)",
    "SELECT any_value(n) FROM generate_series(1, 2) n",
    "SELECT erf(1), random_normal()",
    "SELECT * FROM (VALUES (1))",
    "CREATE STATISTICS ON a, b FROM t",
    "GRANT pg_signal_backend TO pg_monitor WITH INHERIT TRUE",
    "COPY pg_enum FROM '/x' (DEFAULT 'x')",
  ],
  15: [
    "ALTER TABLE t SET ACCESS METHOD heap",
    "CREATE UNLOGGED SEQUENCE s",
    "ALTER SEQUENCE s SET LOGGED",
    "GRANT SET ON PARAMETER work_mem TO r",
    "CREATE TABLE t (a numeric(3, -2))",
    "SELECT 1::numeric(2, 4)",
    "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE",
    "CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT",
    "ALTER TABLE t ADD FOREIGN KEY (a, b) REFERENCES u ON DELETE SET NULL (b)",
    "CREATE VIEW v WITH (security_invoker) AS SELECT 1",
    "ALTER VIEW v SET (security_invoker = true)",
    "SELECT regexp_like('a', 'b')",
    "CREATE PUBLICATION p FOR TABLE t WHERE (a > 1)",
    "CREATE PUBLICATION p FOR TABLES IN SCHEMA s",
  ],
  14: [
    "VACUUM (PROCESS_TOAST false) t",
    "CREATE TABLE t (LIKE u INCLUDING COMPRESSION)",
    "GRANT pg_read_all_data TO app",
    "SELECT bit_xor(a) FROM t",
    "CREATE PROCEDURE p(OUT a int) LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE t (a int4multirange)",
    "CREATE TYPE r AS RANGE (subtype = int, multirange_type_name = mr)",
    "UPDATE t SET j['a'] = '1'",
    "SELECT j['a'] FROM t",
    "WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a FROM x) CYCLE a SET c USING p SELECT * FROM x",
    "SELECT a FROM t GROUP BY DISTINCT ROLLUP (a)",
    "SELECT 1 FROM t JOIN u USING (a) AS j",
    "REINDEX (CONCURRENTLY) TABLE t",
    "REINDEX (TABLESPACE x) TABLE t",
    "SET idle_session_timeout = 1",
    "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
    "ALTER TABLE t DETACH PARTITION p FINALIZE",
    "CREATE OR REPLACE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE TABLE t (a text COMPRESSION pglz)",
    "ALTER TABLE t ALTER COLUMN a SET COMPRESSION pglz",
    "CREATE STATISTICS s ON (a + 1) FROM t",
    "REINDEX (TABLESPACE x) INDEX i",
    "CREATE INDEX ON t USING brin (a int4_minmax_multi_ops)",
    "WITH RECURSIVE x AS (SELECT 1 AS a) CYCLE a SET b USING c SELECT * FROM x",
    "SELECT date_bin('1 h', now(), now())",
  ],
  13: [
    "VACUUM (PARALLEL 2) t",
    "CREATE TABLE t (a int) WITH (autovacuum_vacuum_insert_scale_factor = 0.1)",
    "CREATE INDEX i ON t (a) WITH (deduplicate_items = off)",
    "SET hash_mem_multiplier = 2",
    "ALTER VIEW v RENAME COLUMN a TO b",
    "ALTER TYPE t SET (STORAGE = plain)",
    "ALTER FUNCTION f() NO DEPENDS ON EXTENSION e",
    "CREATE PUBLICATION p FOR TABLE t WITH (publish_via_partition_root)",
    "DROP DATABASE d WITH (FORCE)",
    "ALTER TABLE t ALTER COLUMN a DROP EXPRESSION",
    "SELECT a FROM t ORDER BY a FETCH FIRST 1 ROWS WITH TIES",
    "CREATE TABLE t (a uuid DEFAULT gen_random_uuid())",
    "SELECT normalize('a')",
  ],
  12: [
    "VACUUM (SKIP_LOCKED) t",
    "ALTER TABLE t SET (vacuum_truncate = off)",
    "CREATE TABLE t (LIKE u INCLUDING GENERATED)",
    "COMMIT AND CHAIN",
    "CREATE TABLE t (a int) USING heap",
    "CREATE MATERIALIZED VIEW v USING heap AS SELECT 1",
    "CREATE COLLATION c (provider = icu, locale = 'und', deterministic = false)",
    "CREATE OR REPLACE AGGREGATE a (int) (sfunc = f, stype = int)",
    "CREATE TABLE t (a jsonpath)",
    "COPY t FROM STDIN WHERE a > 1",
    "VACUUM (FULL false) t",
    "SET plan_cache_mode = auto",
    "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) STORED)",
    "REINDEX INDEX CONCURRENTLY i",
    "WITH x AS MATERIALIZED (SELECT 1) SELECT * FROM x",
    "SELECT '$.a'::jsonpath",
  ],
  11: [
    "ALTER TABLE t SET (toast_tuple_target = 200)",
    "VACUUM t, u",
    "DROP PROCEDURE p",
    "DROP ROUTINE p(int)",
    "CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()",
    "CREATE TABLE t (a int, PRIMARY KEY (a)) PARTITION BY LIST (a)",
    "CREATE TABLE t (a int REFERENCES u) PARTITION BY LIST (a)",
    "CREATE INDEX ON ONLY t (a)",
    "ALTER INDEX i ATTACH PARTITION j",
    "ALTER TABLE t ATTACH PARTITION p DEFAULT",
    "SET jit = off",
    "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
    "CALL p()",
    "CREATE INDEX ON t (a) INCLUDE (b)",
    "CREATE TABLE p PARTITION OF t DEFAULT",
    "CREATE TABLE t (a int) PARTITION BY HASH (a)",
    "SELECT pg_catalog.sha256('a')",
  ],
  10: [
    "CREATE TABLE t (LIKE u INCLUDING IDENTITY)",
    "INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1)",
    "CREATE TABLE p PARTITION OF t FOR VALUES IN (1)",
    "ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1)",
    "ALTER TABLE t DETACH PARTITION p",
    "CREATE PUBLICATION p FOR TABLE t",
    "DROP SUBSCRIPTION s",
    "CREATE TRIGGER g AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE PROCEDURE f()",
    "CREATE POLICY p ON t AS RESTRICTIVE USING (true)",
    "CREATE SEQUENCE s AS int",
    "DROP FUNCTION f",
    "COMMENT ON FUNCTION f IS 'x'",
    "DROP FUNCTION f(), g()",
    "SELECT * FROM XMLTABLE('/a' PASSING '<a/>' COLUMNS x int PATH 'x')",
    "CREATE TABLE t (a int GENERATED BY DEFAULT AS IDENTITY)",
    "CREATE TABLE t (a int) PARTITION BY LIST (a)",
    "CREATE STATISTICS s ON a, b FROM t",
    "ALTER TYPE e RENAME VALUE 'a' TO 'b'",
  ],
  9: [
    "CREATE TABLE t (LIKE u INCLUDING ALL)",
    "SELECT '1_000', a_1, \"1_0\", $$0xFF$$ FROM t1_0",
    "VACUUM ANALYZE t",
    `CREATE TABLE t (a serial PRIMARY KEY, b int NOT NULL UNIQUE CHECK (b > 0) REFERENCES u, c text DEFAULT '',
       CONSTRAINT k FOREIGN KEY (b, c) REFERENCES u ON DELETE SET NULL DEFERRABLE)`,
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
    "CREATE UNIQUE INDEX CONCURRENTLY i ON t (lower(a)) WHERE b",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TRIGGER g AFTER INSERT ON t EXECUTE PROCEDURE f()",
    "DROP FUNCTION f(int)",
    "CREATE TABLE t (a numeric(9, 2), b numeric(2, 2), c numeric)",
    "CREATE SEQUENCE s INCREMENT BY 2",
    "CREATE POLICY p ON t USING (true)",
    "SELECT * FROM (SELECT a[1] FROM t) AS x JOIN u USING (a)",
    "VACUUM (FULL, ANALYZE) t",
    "SET statement_timeout = 1000",
    "ALTER TABLE v RENAME COLUMN a TO b",
    "WITH x AS (SELECT 1) SELECT * FROM x LIMIT 1",
    "REINDEX TABLE t",
    // Functions of these names are older, or somebody's own.
    "SELECT json_object('{a,1}'), json_array(1, 2), app.uuidv7(), random()",
    "ALTER TABLE t RENAME COLUMN a TO b",
    "CREATE TABLE t (a numeric(3, 2), b numeric(4), c app.jsonpath)",
    "UPDATE old SET a = 1 RETURNING old.a",
  ],
};

const cases = Object.entries(statements).flatMap(([since, list]) =>
  list.map((sql) => ({ since: Number(since), sql })),
);
await loadParser();

const nobody = () => false;

test.each(cases)("$since understands $sql first", ({ since, sql }) => {
  const node = parseSql(sql).statements[0]?.node;
  if (!node) throw new Error(`no statement: ${sql}`);
  expect(newerSyntax(node, since, sql, nobody)).toBeUndefined();
  expect(newerSyntax(node, since - 1, sql, nobody)?.since).toBe(since === 9 ? undefined : since);
});

describe.each(inFull ? [16, 17, 18] : [18])("the servers before and from %i on agree", (since) => {
  const engines: Engine[] = [];
  beforeAll(async () => {
    for (const major of [since - 1, since]) engines.push(await openEmbedded({ major }));
  });
  afterAll(() => Promise.all(engines.map((engine) => engine.stop())));

  test.each(cases.filter((it) => it.since === since))("$sql", async ({ sql }) => {
    const refused: boolean[] = [];
    for (const engine of engines) refused.push(await isUnknown(engine, sql));
    expect(refused).toEqual([true, false]);
  });
});

/** A syntax error, a feature that is not supported, or a setting, parameter or function that is not there. */
const unknown: ReadonlySet<string> = new Set(["42601", "0A000", "42704", "42883"]);

async function isUnknown(engine: Engine, sql: string): Promise<boolean> {
  const database = await engine.createDatabase();
  const session = await database.connect();
  await session.execute("CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'");
  const error = await session.execute(sql).catch((reason: unknown) => reason);
  await session.close();
  await database.drop();
  if (!(error instanceof PostgresError)) return false;
  return unknown.has(error.sqlstate) || error.message.startsWith("unrecognized parameter");
}
