CREATE EXTENSION isn;
CREATE TYPE empty AS ENUM ();
CREATE DOMAIN code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE DOMAIN small AS int CHECK (VALUE BETWEEN 1 AND 10);
CREATE DOMAIN pair AS int[] CHECK (cardinality(VALUE) = 2);
CREATE TYPE point_of AS (x int, y code);
CREATE FUNCTION sixteen(t text) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN length(t) = 16; END$$;
-- Types whose values only the server knows, and parts that have conditions
CREATE TABLE types (a issn, b upc NOT NULL DEFAULT '036000291452', c code[] NOT NULL, d point_of[] NOT NULL,
  e small[] NOT NULL CHECK (cardinality(e) BETWEEN 2 AND 4), f tid NOT NULL, g pg_snapshot NOT NULL, h pair NOT NULL);
-- Conditions
CREATE TABLE patterns (a text NOT NULL CHECK (a LIKE 'usr\_%'), b text NOT NULL CHECK (regexp_like(b, '^[A-Z]\d{3}$')),
  c text NOT NULL CHECK (sixteen(c)));
CREATE TABLE ranges (a int4range NOT NULL CHECK (a <@ '[1,100]'::int4range), b tstzrange NOT NULL CHECK (upper_inf(b)),
  c numrange NOT NULL CHECK (lower(c) >= 0 AND upper(c) <= 1));
CREATE TABLE documents (a jsonb NOT NULL CHECK (a ?& ARRAY['id', 'name']), b jsonb NOT NULL CHECK (b @? '$.kind'),
  c jsonb NOT NULL DEFAULT '{"v": 1}' CHECK (c @> '{"v": 1}'), d jsonb NOT NULL CHECK (d ->> 'mail' IS NOT NULL));
CREATE TABLE others (a inet NOT NULL CHECK (a << '10.0.0.0/8'), b varbit NOT NULL CHECK (length(b) = 4),
  c uuid NOT NULL CHECK (substr(c::text, 15, 1) = '7'));
CREATE TABLE one_of_eight (a int, b int, c int, d int, e int, f int, g int, h int, CHECK (num_nonnulls(a, b, c, d, e, f, g, h) = 1));
CREATE TABLE one_of_many (a int, b int, c int, d int, e int, f int, g int, h int, i int, j int, k int, l int, m int, n int,
  o int, p int, q int, r int, CHECK (num_nonnulls(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r) = 1));
-- What is computed
CREATE TABLE days (s date NOT NULL, e date NOT NULL, n int GENERATED ALWAYS AS (e - s) STORED CHECK (n > 0 AND n < 31));
CREATE TABLE computed (a jsonb NOT NULL, k text GENERATED ALWAYS AS (a ->> 'kind') STORED NOT NULL, t text NOT NULL,
  n int GENERATED ALWAYS AS (t::int) STORED, x int NOT NULL, y int NOT NULL, z int GENERATED ALWAYS AS (x * y) STORED);
-- Partitions by an expression, and one with a condition of its own
CREATE TABLE sums (a int, b int) PARTITION BY RANGE ((a + b));
CREATE TABLE sums_1 PARTITION OF sums FOR VALUES FROM (0) TO (10);
CREATE TABLE years (at date NOT NULL) PARTITION BY RANGE (extract(year FROM at));
CREATE TABLE years_1 PARTITION OF years FOR VALUES FROM (2024) TO (2025);
CREATE TABLE parts (a int NOT NULL, b int) PARTITION BY LIST (a);
CREATE TABLE parts_1 (a int NOT NULL, b int CHECK (b BETWEEN 5 AND 6));
ALTER TABLE parts ATTACH PARTITION parts_1 FOR VALUES IN (3);
-- Keys that were only foreseen
CREATE TABLE tree (id int PRIMARY KEY, parent int NOT NULL CONSTRAINT up REFERENCES tree, label text, CHECK (id <> parent));
CREATE TABLE ring_a (id int PRIMARY KEY CHECK (id BETWEEN 1 AND 50), b text NOT NULL, label text);
CREATE TABLE ring_b (code text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}\d$'), a int NOT NULL REFERENCES ring_a);
ALTER TABLE ring_a ADD CONSTRAINT other FOREIGN KEY (b) REFERENCES ring_b DEFERRABLE INITIALLY DEFERRED;
-- Truly without rows
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TABLE swallows (a int);
CREATE TRIGGER t BEFORE INSERT ON swallows FOR EACH ROW EXECUTE FUNCTION swallow();
ALTER TABLE swallows ENABLE ALWAYS TRIGGER t;
CREATE TABLE nothing (a int);
CREATE RULE r AS ON INSERT TO nothing DO INSTEAD NOTHING;
ALTER TABLE nothing ENABLE ALWAYS RULE r;
CREATE TABLE no_value (a empty NOT NULL);
