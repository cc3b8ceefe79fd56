import { beforeAll, describe, expect, it } from "vitest";
import { proposeDown } from "#core/author/down/propose-down.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";

beforeAll(loadParser);

async function propose(up: string, before = ""): Promise<string | undefined> {
  const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
  const files = [file("m/1_before.up.sql", before), file("m/2_it.up.sql", up)];
  const { migrations } = readMigrations("m", files, golangMigrate);
  const [, migration] = migrations;
  return migration && (await proposeDown(migrations, migration, 18))?.text;
}

const users = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age integer DEFAULT 1);";

describe("proposeDown", () => {
  it.each<{ name: string; before?: string; up: string; down: string }>([
    {
      name: "a table with all that belongs to it",
      up: "CREATE TABLE orders (id serial PRIMARY KEY, total numeric CHECK (total > 0), code text UNIQUE);",
      down: "DROP TABLE IF EXISTS orders;\n",
    },
    {
      name: "in reverse order",
      up: `CREATE TYPE mood AS ENUM ('a'); ${users} CREATE INDEX users_email_idx ON users (email);`,
      down: "DROP TABLE IF EXISTS users;\nDROP TYPE IF EXISTS mood;\n",
    },
    {
      name: "a role when nothing names it any more",
      up: "CREATE SCHEMA app; CREATE ROLE reader; GRANT USAGE ON SCHEMA app TO reader;",
      down: "DROP SCHEMA IF EXISTS app;\nDROP ROLE IF EXISTS reader;\n",
    },
    {
      name: "a role before another one of its name",
      before: "CREATE ROLE reader; CREATE SCHEMA app;",
      up: "DROP ROLE reader; CREATE SCHEMA web; CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA web TO reader;",
      down: "DROP SCHEMA IF EXISTS web;\nDROP ROLE IF EXISTS reader;\nCREATE ROLE reader;\n",
    },
    {
      name: "an index that was built concurrently",
      before: users,
      up: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
      down: "DROP INDEX CONCURRENTLY IF EXISTS users_email_idx;\n",
    },
    {
      name: "a column and a constraint",
      before: users,
      up: "ALTER TABLE users ADD COLUMN name text, ADD CONSTRAINT age_check CHECK (age > 0);",
      down: "ALTER TABLE users DROP CONSTRAINT IF EXISTS age_check;\nALTER TABLE users DROP COLUMN IF EXISTS name;\n",
    },
    {
      name: "a column with a constraint of its own",
      before: users,
      up: "ALTER TABLE users ADD COLUMN boss bigint REFERENCES users (id);",
      down: "ALTER TABLE users DROP COLUMN IF EXISTS boss;\n",
    },
    {
      name: "a column that one statement drops and adds under its name",
      before: users,
      up: "ALTER TABLE users DROP COLUMN age, ADD COLUMN age text[];",
      down: "ALTER TABLE users DROP COLUMN IF EXISTS age;\n-- the values of users.age are gone\nALTER TABLE users ADD COLUMN age integer DEFAULT 1;\n",
    },
    {
      name: "a table and a schema that come from outside of the folder, which stay",
      up: "CREATE TABLE shop.orders (id int, owner uuid REFERENCES auth.users (id)); ALTER TABLE members ADD COLUMN a int; CREATE INDEX i ON visits (at);",
      down: "DROP INDEX IF EXISTS i;\nALTER TABLE members DROP COLUMN IF EXISTS a;\nDROP TABLE IF EXISTS shop.orders;\n",
    },
    {
      name: "a table from outside of the folder that is dropped",
      before: "ALTER TABLE members ADD COLUMN a int;",
      up: "DROP TABLE members, guests;",
      down: "-- undo by hand: no file makes table guests, which was dropped\n-- undo by hand: no file makes table members, which was dropped\n",
    },
    {
      name: "a column from outside of the folder that is dropped, and one that a file made",
      before: "ALTER TABLE members ADD COLUMN a int;",
      up: "ALTER TABLE members DROP COLUMN b, DROP COLUMN a, DROP COLUMN IF EXISTS c;",
      down: "-- undo by hand: no file makes column members.b, which was dropped\n-- the values of members.a are gone\nALTER TABLE members ADD COLUMN a integer;\n",
    },
    {
      name: "a table from outside of the folder that this up drops and makes anew",
      up: "DROP TABLE members; CREATE TABLE members (id int);",
      down: "DROP TABLE IF EXISTS members;\n-- undo by hand: no file makes table members, which was dropped\n",
    },
    {
      name: "what was granted and revoked",
      before: `${users} CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT SELECT ON users TO app;`,
      up: "GRANT INSERT, UPDATE ON users TO app; GRANT SELECT ON users TO boss WITH GRANT OPTION; REVOKE ALL ON FUNCTION f() FROM PUBLIC;",
      down: "GRANT EXECUTE ON FUNCTION f() TO PUBLIC;\nREVOKE SELECT ON users FROM boss;\nREVOKE INSERT, UPDATE ON users FROM app;\n",
    },
    {
      name: "default privileges",
      before: "CREATE SCHEMA sales; ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO app;",
      up: "ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT SELECT ON TABLES TO app; ALTER DEFAULT PRIVILEGES GRANT CREATE ON SCHEMAS TO app; ALTER DEFAULT PRIVILEGES FOR ROLE boss REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;",
      down: "ALTER DEFAULT PRIVILEGES FOR ROLE boss GRANT EXECUTE ON FUNCTIONS TO PUBLIC;\nALTER DEFAULT PRIVILEGES REVOKE CREATE ON SCHEMAS FROM app;\nALTER DEFAULT PRIVILEGES IN SCHEMA sales REVOKE SELECT ON TABLES FROM app;\n",
    },
    {
      name: "views, functions and triggers",
      before: users,
      up: `CREATE VIEW grown AS SELECT id FROM users WHERE age > 17;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();`,
      down: "DROP TRIGGER IF EXISTS users_touch ON users;\nDROP FUNCTION IF EXISTS touch();\nDROP VIEW IF EXISTS grown;\n",
    },
    { name: "a schema", up: "CREATE SCHEMA billing;", down: "DROP SCHEMA IF EXISTS billing;\n" },
    {
      name: "a renamed table",
      before: users,
      up: "ALTER TABLE users RENAME TO people;",
      down: "ALTER TABLE people RENAME TO users;\n",
    },
    {
      name: "a renamed column",
      before: users,
      up: 'ALTER TABLE users RENAME COLUMN email TO "E-Mail";',
      down: 'ALTER TABLE users RENAME COLUMN "E-Mail" TO email;\n',
    },
    {
      name: "a changed type",
      before: users,
      up: "ALTER TABLE users ALTER COLUMN age TYPE bigint;",
      down: "-- values of users.age that do not fit integer make this fail\nALTER TABLE users ALTER COLUMN age TYPE integer USING age::integer;\n",
    },
    {
      name: "a type that every value fits",
      before: "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (a bigint, b text, c text, d text);",
      up: "ALTER TABLE t ALTER a TYPE int, ALTER b TYPE varchar(9), ALTER c TYPE mood USING c::mood, ALTER d TYPE int USING d::int;",
      down: `ALTER TABLE t ALTER COLUMN a TYPE bigint USING a::bigint;
ALTER TABLE t ALTER COLUMN b TYPE text USING b::text;
ALTER TABLE t ALTER COLUMN c TYPE text USING c::text;
-- values of t.d come back as integer spells them
ALTER TABLE t ALTER COLUMN d TYPE text USING d::text;
`,
    },
    {
      name: "a limited type, which refuses by assignment what a cast would cut",
      before: "CREATE TABLE t (a varchar(9), b char(2)[], c bit(3));",
      up: "ALTER TABLE t ALTER a TYPE text; ALTER TABLE t ALTER b TYPE text[]; ALTER TABLE t ALTER c TYPE bit varying;",
      down: `-- values of t.c that do not fit bit(3) make this fail
ALTER TABLE t ALTER COLUMN c TYPE bit(3);
-- values of t.b that do not fit character(2)[] make this fail
ALTER TABLE t ALTER COLUMN b TYPE character(2)[];
-- values of t.a that do not fit character varying(9) make this fail
ALTER TABLE t ALTER COLUMN a TYPE character varying(9);
`,
    },
    {
      name: "a changed default and NOT NULL",
      before: users,
      up: "ALTER TABLE users ALTER COLUMN age DROP DEFAULT; ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
      down: "-- fails while users.email holds NULL\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users ALTER COLUMN age SET DEFAULT 1;\n",
    },
    {
      name: "a dropped column",
      before: users,
      up: "ALTER TABLE users DROP COLUMN age;",
      down: "-- the values of users.age are gone\nALTER TABLE users ADD COLUMN age integer DEFAULT 1;\n",
    },
    {
      name: "a dropped table, with its index",
      before: `${users} CREATE UNIQUE INDEX users_email_idx ON users (email);`,
      up: "DROP TABLE users;",
      down: `-- the rows of users are gone
CREATE TABLE users (
  id bigint NOT NULL,
  email text NOT NULL,
  age integer DEFAULT 1,
  CONSTRAINT users_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX users_email_idx ON users (email);
`,
    },
    {
      name: "a dropped table that had another name when its sequence was made",
      before: "CREATE TABLE people (id serial); ALTER TABLE people RENAME TO users;",
      up: "DROP TABLE users;",
      down: `CREATE SEQUENCE people_id_seq AS integer;
-- the rows of users are gone
CREATE TABLE users (
  id integer DEFAULT nextval('public.people_id_seq'::regclass) NOT NULL
);
ALTER SEQUENCE people_id_seq OWNED BY users.id;
`,
    },
    {
      name: "a dropped serial column",
      before: "CREATE TABLE users (a int, id serial);",
      up: "ALTER TABLE users DROP COLUMN id;",
      down: "-- the values of users.id are gone\nALTER TABLE users ADD COLUMN id serial;\n",
    },
    {
      name: "a dropped function comes back in its own words",
      before: "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;",
      up: "DROP FUNCTION one();",
      down: "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;\n",
    },
    {
      name: "a dropped view comes back in its own words",
      before: `${users}
CREATE VIEW grown WITH (security_barrier) AS
  -- who may vote
  SELECT id,
         email
  FROM users u
  WHERE u.age > 17
WITH CHECK OPTION;`,
      up: "DROP VIEW grown;",
      down: `CREATE VIEW grown WITH (check_option=cascaded, security_barrier=true) AS
-- who may vote
  SELECT id,
         email
  FROM users u
  WHERE u.age > 17;
`,
    },
    {
      name: "a dropped view over what has another name or schema since, or was found by the search path",
      before: `CREATE SCHEMA shop; CREATE TABLE shop.orders (id int, total int); CREATE TABLE public.people (id int);
        SET search_path = shop, public; CREATE VIEW shop.a AS SELECT total FROM orders; RESET search_path;
        CREATE VIEW b AS SELECT id FROM people; CREATE VIEW c AS SELECT total AS t FROM shop.orders;
        ALTER TABLE shop.orders RENAME COLUMN total TO amount; ALTER TABLE people SET SCHEMA shop;`,
      up: "DROP VIEW b; DROP VIEW c; DROP VIEW shop.a;",
      down: `CREATE VIEW shop.a AS
SELECT amount AS total FROM shop.orders;
CREATE VIEW c AS
SELECT amount AS t FROM shop.orders;
CREATE VIEW b AS
SELECT id FROM shop.people;
`,
    },
    {
      name: "a replaced function",
      before: "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;",
      up: "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 2 $$;",
      down: "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;\n",
    },
    {
      name: "a dropped enum",
      before: "CREATE TYPE mood AS ENUM ('it''s fine', 'bad');",
      up: "DROP TYPE mood;",
      down: "CREATE TYPE mood AS ENUM ('it''s fine', 'bad');\n",
    },
    {
      name: "a value of an enum that nothing uses",
      before: "CREATE TYPE mood AS ENUM ('good'); COMMENT ON TYPE mood IS 'how it is';",
      up: "ALTER TYPE mood ADD VALUE 'bad';",
      down: "DROP TYPE IF EXISTS mood;\nCREATE TYPE mood AS ENUM ('good');\nCOMMENT ON TYPE mood IS 'how it is';\n",
    },
    {
      name: "values of an enum, all at once, with what holds on to it",
      before: `CREATE TYPE mood AS ENUM ('good');
        CREATE TABLE people (id bigint, m mood NOT NULL DEFAULT 'good', past mood[]);
        CREATE INDEX people_m_idx ON people (m);
        CREATE VIEW fine AS SELECT id FROM people WHERE m = 'good';`,
      up: "ALTER TYPE mood ADD VALUE 'bad'; ALTER TYPE mood ADD VALUE IF NOT EXISTS 'worse' BEFORE 'good';",
      down: `DROP VIEW IF EXISTS fine;
-- PostgreSQL has no DROP VALUE: the type is built anew, which rewrites people under ACCESS EXCLUSIVE and fails while a row holds a new value
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('good');
ALTER TABLE people
    ALTER COLUMN m DROP DEFAULT,
    ALTER COLUMN m TYPE mood USING m::text::mood,
    ALTER COLUMN m SET DEFAULT 'good'::mood,
    ALTER COLUMN past TYPE mood[] USING past::text[]::mood[];
DROP TYPE mood_old;
CREATE VIEW fine AS
SELECT id FROM people WHERE m = 'good';
`,
    },
    {
      name: "a value of an enum that a domain holds on to",
      before: "CREATE TYPE mood AS ENUM ('good'); CREATE DOMAIN calm AS mood;",
      up: "ALTER TYPE mood ADD VALUE 'bad';",
      down: "-- PostgreSQL has no DROP VALUE, and mood cannot be built anew here, for domain calm uses it: the new value stays\n",
    },
    {
      name: "a renamed value of an enum",
      before: "CREATE TYPE mood AS ENUM ('good');",
      up: "ALTER TYPE mood RENAME VALUE 'good' TO 'fine';",
      down: "ALTER TYPE mood RENAME VALUE 'fine' TO 'good';\n",
    },
    {
      name: "a column that moved from one enum to another",
      before: "CREATE TYPE a AS ENUM ('x'); CREATE TYPE b AS ENUM ('x'); CREATE TABLE t (c a);",
      up: "ALTER TABLE t ALTER COLUMN c TYPE b USING c::text::b;",
      down: "-- values of t.c that do not fit a make this fail\nALTER TABLE t ALTER COLUMN c TYPE a USING c::text::a;\n",
    },
    {
      name: "rows are never made up",
      before: users,
      up: "UPDATE users SET age = 0;",
      down: "-- undo by hand: values that were updated in users (UPDATE users SET age = 0)\n",
    },
    {
      name: "values of a column that goes with the down",
      before: users,
      up: "ALTER TABLE users ADD COLUMN name text; UPDATE users SET name = email; ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
      down: "ALTER TABLE users DROP COLUMN IF EXISTS name;\n",
    },
    {
      name: "rows of a table whose triggers look at updates",
      before: `${users} CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();`,
      up: "INSERT INTO users VALUES (7, 'a@b', 3);",
      down: "DELETE FROM users WHERE id = 7;\n",
    },
    {
      name: "a table whose policy reads its own column",
      up: `${users} CREATE POLICY own ON users USING (email = CURRENT_USER);`,
      down: "DROP TABLE IF EXISTS users;\n",
    },
    {
      name: "what is temporary",
      before: users,
      up: "CREATE TEMP TABLE kept (id bigint); CREATE INDEX users_age_idx ON users (age);",
      down: "DROP INDEX IF EXISTS users_age_idx;\n",
    },
    {
      name: "a time zone that was named",
      before: "CREATE TABLE t (a timestamp, b timestamp);",
      up: "ALTER TABLE t ALTER a TYPE timestamptz USING a AT TIME ZONE 'UTC', ALTER b TYPE timestamptz;",
      down: `ALTER TABLE t ALTER COLUMN a TYPE timestamp without time zone USING a AT TIME ZONE 'UTC';
-- values of t.b depend on the time zone of the session
ALTER TABLE t ALTER COLUMN b TYPE timestamp without time zone USING b::timestamp without time zone;
`,
    },
    {
      name: "a type to which no cast leads",
      before: "CREATE TABLE t (a int, b tsrange); CREATE TYPE mood AS ENUM ('0');",
      up: "ALTER TABLE t ALTER a TYPE uuid USING gen_random_uuid(), ALTER b TYPE tstzrange USING NULL;",
      down: `-- values of t.a that do not fit integer make this fail
ALTER TABLE t ALTER COLUMN a TYPE integer USING a::text::integer;
-- values of t.b that do not fit tsrange make this fail
ALTER TABLE t ALTER COLUMN b TYPE tsrange USING b::text::tsrange;
`,
    },
    {
      name: "an identity whose rows stay, and a sequence",
      before:
        "CREATE TABLE t (a bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY 5)); CREATE TABLE u (b serial);",
      up: "ALTER TABLE t ALTER a DROP IDENTITY; ALTER TABLE u ALTER b DROP DEFAULT; DROP SEQUENCE u_b_seq;",
      down: `CREATE SEQUENCE u_b_seq AS integer;
ALTER SEQUENCE u_b_seq OWNED BY u.b;
SELECT setval(pg_get_serial_sequence('public.u', 'b'), max(b)) FROM u;
ALTER TABLE u ALTER COLUMN b SET DEFAULT nextval('public.u_b_seq'::regclass);
ALTER TABLE t ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY (INCREMENT BY 5);
SELECT setval(pg_get_serial_sequence('public.t', 'a'), max(a)) FROM t;
`,
    },
    {
      name: "an identity that counts its own way, under the name of its former table",
      before:
        "CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (MAXVALUE 100 CYCLE)); ALTER TABLE a RENAME TO b;",
      up: "DROP TABLE b;",
      down: `-- the rows of b are gone
CREATE TABLE b (
  id integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME a_id_seq MAXVALUE 100 CYCLE) NOT NULL
);
`,
    },
    {
      name: "a serial that counts its own way",
      before: "CREATE TABLE a (id serial); ALTER SEQUENCE a_id_seq MAXVALUE 100;",
      up: "DROP TABLE a;",
      down: `CREATE SEQUENCE a_id_seq AS integer MAXVALUE 100;
-- the rows of a are gone
CREATE TABLE a (
  id integer DEFAULT nextval('public.a_id_seq'::regclass) NOT NULL
);
ALTER SEQUENCE a_id_seq OWNED BY a.id;
`,
    },
    {
      name: "a validated constraint, which needs no way back",
      before: "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
      up: "ALTER TABLE t VALIDATE CONSTRAINT c;",
      down: "",
    },
    {
      name: "a column of a view, and a check of a domain, that have other names",
      before: `${users} CREATE VIEW grown AS SELECT id FROM users; CREATE VIEW more AS SELECT id FROM grown;
        CREATE DOMAIN price AS int CONSTRAINT positive CHECK (VALUE > 0);`,
      up: "ALTER VIEW grown RENAME COLUMN id TO no; ALTER DOMAIN price RENAME CONSTRAINT positive TO above_zero;",
      down: "ALTER DOMAIN price RENAME CONSTRAINT above_zero TO positive;\nALTER VIEW grown RENAME COLUMN no TO id;\n",
    },
    {
      name: "how a table is stored and clustered",
      before: `${users} CREATE INDEX users_age_idx ON users (age);`,
      up: "ALTER TABLE users CLUSTER ON users_age_idx; ALTER INDEX users_age_idx SET (fillfactor = 50); ALTER TABLE users ALTER COLUMN email SET STORAGE EXTERNAL;",
      down: "ALTER TABLE users ALTER COLUMN email SET STORAGE EXTENDED;\nALTER INDEX users_age_idx RESET (fillfactor);\nALTER TABLE users SET WITHOUT CLUSTER;\n",
    },
    {
      name: "roles, their memberships and their settings",
      before: "CREATE ROLE app LOGIN; DO $$ BEGIN CREATE ROLE reader; END $$;",
      up: "GRANT reader TO app; ALTER ROLE app NOLOGIN CONNECTION LIMIT 5; ALTER ROLE reader SET work_mem = '8MB';",
      down: "ALTER ROLE reader RESET work_mem;\nALTER ROLE app LOGIN CONNECTION LIMIT -1;\nREVOKE reader FROM app;\n",
    },
    {
      name: "all that there is to grant",
      before: users,
      up: "GRANT ALL ON users TO app;",
      down: "REVOKE ALL ON users FROM app;\n",
    },
    {
      name: "what reads better than PostgreSQL prints it",
      before: `CREATE TYPE mood AS ENUM ('ok', 'it''s CHECK ((x))'); CREATE TABLE t (m mood, a int, CONSTRAINT c CHECK (a > 0 AND (a < 9)));
        CREATE INDEX t_ok ON t (a) WHERE m = 'ok';
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER t_touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();`,
      up: "DROP TRIGGER t_touch ON t; DROP INDEX t_ok; ALTER TABLE t DROP CONSTRAINT c;",
      down: `ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0 AND a < 9);
CREATE INDEX t_ok ON t (a) WHERE (m = 'ok'::mood);
CREATE TRIGGER t_touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
`,
    },
    {
      name: "a partition of a table that a foreign key refers to",
      before:
        "CREATE TABLE e (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE n (e int, at date, FOREIGN KEY (e, at) REFERENCES e);",
      up: "CREATE TABLE p PARTITION OF e DEFAULT;",
      down: "ALTER TABLE e DETACH PARTITION p;\nDROP TABLE IF EXISTS p;\n",
    },
    {
      name: "options of a column of a foreign table",
      before:
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a int OPTIONS (x '1'), b int) SERVER s;",
      up: "ALTER FOREIGN TABLE f ALTER a OPTIONS (SET x '2', ADD y '3'), ALTER b OPTIONS (x '4');",
      down: "ALTER TABLE f ALTER COLUMN a OPTIONS (SET x '1', DROP y);\nALTER TABLE f ALTER COLUMN b OPTIONS (DROP x);\n",
    },
    {
      name: "what is no part of a schema, or not followed",
      before: "CREATE SEQUENCE s; CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);",
      up: "ALTER SEQUENCE s RESTART WITH 5; ALTER DATABASE shop SET work_mem = '8MB'; ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word;",
      down: `-- not analysed (ALTER TEXT SEARCH CONFIGURATION): undo by hand what it did
-- undo by hand: ALTER DATABASE shop SET work_mem = '8MB'
-- undo by hand: ALTER SEQUENCE s RESTART WITH 5
`,
    },
    {
      name: "a comment",
      before: `${users} COMMENT ON COLUMN users.email IS 'old';`,
      up: "COMMENT ON COLUMN users.email IS 'new';",
      down: "COMMENT ON COLUMN users.email IS 'old';\n",
    },
    {
      name: "row level security",
      before: users,
      up: "ALTER TABLE users ENABLE ROW LEVEL SECURITY;",
      down: "ALTER TABLE users DISABLE ROW LEVEL SECURITY;\n",
    },
  ])("$name", async ({ before, up, down }) => {
    const proposal = await propose(up, before);
    expect(proposal).toBe(down);
    expect(parseSql(proposal ?? "").problem).toBeUndefined();
  });

  it("has nothing to say about an up without statements, or one that does not parse", async () => {
    expect(await propose("-- later\n")).toBeUndefined();
    expect(await propose("CREATE TABEL x;")).toBeUndefined();
  });
});
