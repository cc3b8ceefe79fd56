CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN email AS text CHECK (VALUE ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$');
CREATE DOMAIN percent AS integer NOT NULL CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE address AS (street text, number integer);
CREATE TABLE plain (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text, doubled integer GENERATED ALWAYS AS (b * 2) STORED, b integer);
CREATE TABLE empty_table ();
CREATE TABLE settings (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), theme text NOT NULL CHECK (theme IN ('dark', 'light')));
CREATE TABLE checked (
  status varchar(10) NOT NULL CHECK (status = ANY (ARRAY['new', 'done'])),
  rating smallint NOT NULL CHECK (rating >= 1 AND rating <= 5),
  code char(3) UNIQUE NOT NULL CHECK (code ~ '^[A-Z]{3}$'),
  zip text CHECK (length(zip) = 5),
  hash bytea CHECK (octet_length(hash) = 32),
  share percent,
  mail email UNIQUE,
  moods mood[] NOT NULL CHECK (cardinality(moods) = 2),
  home address NOT NULL,
  tags jsonb NOT NULL CHECK (jsonb_typeof(tags) = 'array'),
  starts timestamptz NOT NULL, ends timestamptz NOT NULL, CHECK (ends > starts),
  price numeric(5, 2) NOT NULL CHECK (price > 100), parts numeric(3, 3), ratio numeric, per numeric, CHECK (ratio / per < 0.5),
  a integer, b text, CHECK ((a IS NULL) <> (b IS NULL))
);
CREATE TABLE booked (room integer NOT NULL, during tstzrange NOT NULL, EXCLUDE USING gist (during WITH &&));
CREATE TABLE chicken (id uuid PRIMARY KEY, egg uuid NOT NULL);
CREATE TABLE egg (id uuid PRIMARY KEY, chicken uuid NOT NULL REFERENCES chicken (id));
ALTER TABLE chicken ADD FOREIGN KEY (egg) REFERENCES egg (id) DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE tree (id bigint PRIMARY KEY, parent bigint NOT NULL REFERENCES tree (id));
CREATE TABLE links (a bigint NOT NULL REFERENCES tree (id), b bigint NOT NULL REFERENCES tree (id), CHECK (a <> b));
CREATE TABLE members (tenant integer, number integer, PRIMARY KEY (tenant, number));
CREATE TABLE visits (tenant integer NOT NULL, number integer NOT NULL, FOREIGN KEY (tenant, number) REFERENCES members (tenant, number));
CREATE TABLE days (day date NOT NULL, note text) PARTITION BY RANGE (day);
CREATE TABLE days_2031 PARTITION OF days FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');
CREATE TABLE regions (region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE regions_eu PARTITION OF regions FOR VALUES IN ('eu', 'ch');
CREATE TABLE shards (id bigint NOT NULL) PARTITION BY HASH (id);
CREATE TABLE shards_0 PARTITION OF shards FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shards_1 PARTITION OF shards FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE "Odd Name" ("select" text NOT NULL, "it's" integer NOT NULL CHECK ("it's" > 7));
CREATE TABLE impossible (a integer NOT NULL CHECK (a > 10 AND a < 5));
CREATE TABLE homeless (day date NOT NULL) PARTITION BY RANGE (day);
