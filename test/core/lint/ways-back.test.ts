import { expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

const trigger = "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";
const stock = "CREATE TABLE stock (sku text PRIMARY KEY, note text);";
const events =
  "CREATE TABLE events (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);\nCREATE TABLE notes (event int, at date, FOREIGN KEY (event, at) REFERENCES events);";
const march = "CREATE TABLE march PARTITION OF events FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');";

/** The down takes another way than the up came, and still brings everything back. */
it.each([
  [
    "DROP NOT NULL takes the constraint that the up named",
    stock,
    "ALTER TABLE stock ADD CONSTRAINT note_given NOT NULL note;",
    "ALTER TABLE stock ALTER COLUMN note DROP NOT NULL;",
  ],
  [
    "a trigger and a rule that were made anew get their names back",
    `${stock}\n${trigger}\nCREATE TRIGGER a AFTER INSERT ON stock FOR EACH ROW EXECUTE FUNCTION touch();\nCREATE RULE c AS ON DELETE TO stock DO INSTEAD NOTHING;`,
    "DROP TRIGGER a ON stock;\nCREATE TRIGGER b AFTER INSERT ON stock FOR EACH ROW EXECUTE FUNCTION touch();\nDROP RULE c ON stock;\nCREATE RULE d AS ON DELETE TO stock DO INSTEAD NOTHING;",
    "ALTER TRIGGER b ON stock RENAME TO a;\nALTER RULE d ON stock RENAME TO c;",
  ],
  [
    "a trigger and an index follow the column that they name",
    `${stock}\n${trigger}\nCREATE TRIGGER a BEFORE UPDATE ON stock FOR EACH ROW WHEN (OLD.note <> NEW.note) EXECUTE FUNCTION touch();\nCREATE INDEX i ON stock (lower(note));`,
    "DROP TRIGGER a ON stock;\nDROP INDEX i;\nALTER TABLE stock RENAME note TO remark;\nCREATE TRIGGER a BEFORE UPDATE ON stock FOR EACH ROW WHEN (OLD.remark <> NEW.remark) EXECUTE FUNCTION touch();\nCREATE INDEX i ON stock (lower(remark));",
    "ALTER TABLE stock RENAME remark TO note;",
  ],
  [
    "a trigger follows its function",
    `${stock}\n${trigger}\nCREATE TRIGGER a BEFORE UPDATE ON stock FOR EACH ROW EXECUTE FUNCTION touch();`,
    "DROP TRIGGER a ON stock;\nALTER FUNCTION touch() RENAME TO poke;\nCREATE TRIGGER a BEFORE UPDATE ON stock FOR EACH ROW EXECUTE FUNCTION poke();",
    "ALTER FUNCTION poke() RENAME TO touch;",
  ],
  [
    "a collation and a dictionary that were made anew get their names and schemas back",
    "CREATE SCHEMA s;\nCREATE COLLATION a (provider = icu, locale = 'de');\nCREATE COLLATION c (provider = icu, locale = 'de');\nCREATE TEXT SEARCH DICTIONARY e (TEMPLATE = simple);",
    "DROP COLLATION a, c;\nCREATE COLLATION b (PROVIDER = icu, LOCALE = 'de');\nCREATE COLLATION s.c (provider = icu, locale = 'de');\nDROP TEXT SEARCH DICTIONARY e;\nCREATE TEXT SEARCH DICTIONARY f (TEMPLATE = simple);",
    "ALTER COLLATION b RENAME TO a;\nALTER COLLATION s.c SET SCHEMA public;\nALTER TEXT SEARCH DICTIONARY f RENAME TO e;",
  ],
  [
    "an index that was made anew gets its options back",
    `${stock}\nCREATE INDEX i ON stock (note) WITH (fillfactor = 70);`,
    "DROP INDEX i;\nCREATE INDEX i ON stock (note) WITH (fillfactor = 90);",
    "ALTER INDEX i SET (fillfactor = 70);",
  ],
  [
    "what names a role follows it",
    `CREATE ROLE reader;\n${stock}\nCREATE POLICY p ON stock TO reader USING (true);\nGRANT SELECT ON stock TO reader;\nCREATE SCHEMA s;\nALTER SCHEMA s OWNER TO reader;`,
    "DROP POLICY p ON stock;\nREVOKE SELECT ON stock FROM reader;\nALTER ROLE reader RENAME TO analyst;\nCREATE POLICY p ON stock TO analyst USING (true);\nGRANT SELECT ON stock TO analyst;\nALTER SCHEMA s OWNER TO analyst;",
    "ALTER ROLE analyst RENAME TO reader;",
  ],
  [
    "what names a value of an enum follows it",
    "CREATE TYPE state AS ENUM ('payed', 'sent');\nCREATE TABLE orders (s state DEFAULT 'payed', CONSTRAINT c CHECK (s <> 'payed'));",
    "ALTER TABLE orders ALTER s DROP DEFAULT, DROP CONSTRAINT c;\nALTER TYPE state RENAME VALUE 'payed' TO 'paid';\nALTER TABLE orders ALTER s SET DEFAULT 'paid', ADD CONSTRAINT c CHECK (s <> 'paid');",
    "ALTER TYPE state RENAME VALUE 'paid' TO 'payed';",
  ],
  [
    "a default, an index over a call and statistics follow what they name",
    `${stock}\nCREATE SEQUENCE q;\nCREATE TABLE t (id int DEFAULT nextval('q'), a int, b int);\nCREATE FUNCTION dbl(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';\nCREATE INDEX i ON t (dbl(a));\nCREATE STATISTICS st ON a, b FROM t;`,
    "ALTER TABLE t ALTER id DROP DEFAULT;\nALTER SEQUENCE q RENAME TO r;\nALTER TABLE t ALTER id SET DEFAULT nextval('r');\nDROP INDEX i;\nALTER FUNCTION dbl(int) RENAME TO twice;\nCREATE INDEX i ON t (twice(a));\nDROP STATISTICS st;\nALTER TABLE t RENAME b TO c;\nCREATE STATISTICS st ON a, c FROM t;",
    "ALTER TABLE t RENAME c TO b;\nALTER FUNCTION twice(int) RENAME TO dbl;\nALTER SEQUENCE r RENAME TO q;",
  ],
  [
    "pg_default is where a table is anyway",
    stock,
    "ALTER TABLE stock SET TABLESPACE pg_default;",
    "ALTER TABLE stock SET TABLESPACE pg_default;",
  ],
  [
    "a partition is detached from the whole that a foreign key refers to",
    events,
    march,
    "ALTER TABLE events DETACH PARTITION march;\nDROP TABLE march;",
  ],
  [
    "a copy of a generated column needs none of the first table's columns",
    "CREATE TABLE a (x int, y int GENERATED ALWAYS AS (x * 2) STORED);",
    "CREATE TABLE b (LIKE a INCLUDING ALL);\nALTER TABLE a DROP COLUMN y, DROP COLUMN x;",
    "ALTER TABLE a ADD COLUMN x int, ADD COLUMN y int GENERATED ALWAYS AS (x * 2) STORED;\nDROP TABLE b;",
  ],
  [
    "a published table goes with its columns",
    "CREATE TABLE t (id int PRIMARY KEY);",
    "CREATE TABLE u (id int PRIMARY KEY, b int);\nCREATE PUBLICATION p FOR TABLE u (id, b), t;",
    "DROP TABLE u;\nDROP PUBLICATION p;",
  ],
])("is silent: %s", async (_, before, up, down) => {
  expect(await told(before, up, down)).toEqual([]);
});

/** What PostgreSQL refuses, or what stays. */
it.each([
  [
    "march cannot be dropped here: constraint notes.notes_event_at_fkey still depends on it",
    events,
    march,
    "DROP TABLE march;",
  ],
  [
    "column t.b cannot be dropped here: publication p still depends on it",
    "CREATE TABLE t (id int PRIMARY KEY);",
    "ALTER TABLE t ADD COLUMN b int;\nCREATE PUBLICATION p FOR TABLE t WHERE (b > 0) WITH (publish = 'insert');",
    "ALTER TABLE t DROP COLUMN b;\nDROP PUBLICATION p;",
  ],
  [
    "type r cannot be dropped here: column t.a still depends on it",
    "SELECT 1;",
    "CREATE TYPE r AS RANGE (SUBTYPE = time);\nCREATE TABLE t (a r_multirange);",
    "DROP TYPE r;\nDROP TABLE t;",
  ],
  [
    "type e cannot be dropped here: column t.a still depends on it",
    "SELECT 1;",
    "CREATE TYPE e AS ENUM ('a');\nCREATE TABLE t AS SELECT 'a'::e AS a;",
    "DROP TYPE e;\nDROP TABLE t;",
  ],
  [
    "table log cannot be dropped here: function note(integer) still depends on it",
    "SELECT 1;",
    "CREATE TABLE log (id int);\nCREATE FUNCTION note(n int) RETURNS void LANGUAGE sql BEGIN ATOMIC INSERT INTO log VALUES (n); UPDATE log SET id = n RETURNING old.id - new.id; END;",
    "DROP TABLE log;\nDROP FUNCTION note(int);",
  ],
  [
    "CREATE OR REPLACE cannot change the result of procedure p(integer)",
    "CREATE PROCEDURE p(a int, OUT b int) LANGUAGE sql AS 'SELECT a';",
    "DROP PROCEDURE p;\nCREATE PROCEDURE p(a int, OUT b bigint) LANGUAGE sql AS 'SELECT a::bigint';",
    "CREATE OR REPLACE PROCEDURE p(a int, OUT b int) LANGUAGE sql AS 'SELECT a';",
  ],
  [
    "CREATE OR REPLACE cannot turn column n of view v from bigint into integer",
    "CREATE TABLE t (a int, b bigint);\nCREATE VIEW v AS SELECT a AS n FROM t;",
    "DROP VIEW v;\nCREATE VIEW v AS SELECT b AS n FROM t;",
    "CREATE OR REPLACE VIEW v AS SELECT a AS n FROM t;",
  ],
  [
    "events has a partition FOR VALUES FROM ('2026-03-01') TO ('2026-04-01') already, march",
    `${events}\n${march}`,
    "CREATE TABLE april PARTITION OF events FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');",
    "DROP TABLE april;",
  ],
  [
    "constraint child.c is inherited, and goes only with that of the parent",
    "CREATE TABLE base (id int);\nCREATE TABLE child () INHERITS (base);",
    "ALTER TABLE base ADD CONSTRAINT c CHECK (id > 0);",
    "ALTER TABLE child DROP CONSTRAINT c;\nALTER TABLE base DROP CONSTRAINT c;",
  ],
  [
    "the down leaves constraint child.c behind",
    "CREATE TABLE base (id int);\nCREATE TABLE child () INHERITS (base);",
    "ALTER TABLE base ADD CONSTRAINT c CHECK (id > 0);",
    "ALTER TABLE ONLY base DROP CONSTRAINT c;",
  ],
  [
    "rooms differs in index u and constraint rooms.u",
    "CREATE EXTENSION btree_gist;\nCREATE TABLE rooms (id int, at daterange, CONSTRAINT u UNIQUE (id, at WITHOUT OVERLAPS));",
    "ALTER TABLE rooms DROP CONSTRAINT u;",
    "ALTER TABLE rooms ADD CONSTRAINT u UNIQUE (id, at);",
  ],
  [
    "option column_name 'A' is new",
    "CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\nCREATE FOREIGN TABLE f (a int) SERVER s;",
    "ALTER FOREIGN TABLE f ALTER COLUMN a OPTIONS (column_name 'A');",
    "SELECT 1;",
  ],
  [
    "price.gross is not a generated column",
    "CREATE TABLE price (net int, gross int GENERATED ALWAYS AS (net * 2) STORED);",
    "ALTER TABLE price ALTER COLUMN gross DROP EXPRESSION;",
    "ALTER TABLE price ALTER COLUMN gross SET EXPRESSION AS (net * 2);",
  ],
  [
    "price.gross is a virtual column",
    "CREATE TABLE price (net int, gross int GENERATED ALWAYS AS (net * 2) VIRTUAL);",
    "ALTER TABLE price ALTER COLUMN gross DROP EXPRESSION;",
    "SELECT 1;",
  ],
  [
    "ALTER CONSTRAINT changes that of a foreign key only, and price.c is a CHECK",
    "CREATE TABLE price (net int, CONSTRAINT c CHECK (net > 0) NOT ENFORCED);",
    "ALTER TABLE price ALTER CONSTRAINT c ENFORCED;",
    "SELECT 1;",
  ],
])("says: %s", async (words, before, up, down) => {
  const found = await told(before, up, down);
  expect(found.filter((message) => message.includes(words))).toHaveLength(1);
});

it("shows how a partition goes that a foreign key keeps", async () => {
  const april = "CREATE TABLE april PARTITION OF events FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');";
  const { findings } = await lintFiles({
    "migrations/000001_a.up.sql": events,
    "migrations/000002_b.up.sql": march,
    "migrations/000002_b.down.sql": "SELECT 1;",
    "migrations/000003_c.up.sql": april,
    "migrations/000003_c.down.sql": "DROP TABLE april;",
  });
  const help = findings.filter(({ rule }) => rule.startsWith("down-")).map((found) => found.help);
  const detach = (name: string) => `  ALTER TABLE events DETACH PARTITION ${name};`;
  expect(help).toContain(`end the down with\n${detach("march")}\n  DROP TABLE IF EXISTS march;`);
  expect(help).toContain(`detach it before\n${detach("april")}`);
});

async function told(before: string, up: string, down: string): Promise<string[]> {
  const { findings } = await lintFiles(
    {
      "migrations/000001_a.up.sql": before,
      "migrations/000001_a.down.sql": "-- switchback: irreversible the first one",
      "migrations/000002_b.up.sql": up,
      "migrations/000002_b.down.sql": down,
    },
    { preset: "recommended", postgres: 18 },
  );
  const rules = ["down-order", "down-incomplete", "down-drops-nothing", "up-stops"];
  return findings.filter(({ rule }) => rules.includes(rule)).map(({ message }) => message);
}
