import type { Example } from "#core/lint/rule.ts";

/** What statements do that no example of a rule shows, to be compared with a server. */
export const lockCases: readonly (Example & { readonly note: string })[] = [
  ...partitioned(
    "ALTER TABLE events ADD CHECK (amount > 0);",
    "ALTER TABLE events ADD CHECK (amount > 0) NOT VALID;",
    "ALTER TABLE events ALTER COLUMN total SET NOT NULL;",
    "ALTER TABLE events ADD UNIQUE (id, at);",
    "ALTER TABLE ONLY events ADD UNIQUE (id, at);",
    "ALTER TABLE ONLY events ADD PRIMARY KEY (id, at);",
    "ALTER TABLE events ADD FOREIGN KEY (amount) REFERENCES accounts (id);",
    "ALTER TABLE events ALTER COLUMN kind TYPE varchar(20);",
    "ALTER TABLE events SET TABLESPACE pg_default;",
    "TRUNCATE events;",
  ),
  ...plain(
    "COMMENT ON CONSTRAINT users_age_check ON users IS 'c';",
    "COMMENT ON INDEX users_name_idx IS 'i';",
    "COMMENT ON TRIGGER touched ON users IS 't';",
    "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;",
    "ALTER TABLE users ADD COLUMN account_id bigint DEFAULT NULL REFERENCES accounts (id);",
    "ALTER TABLE users ALTER COLUMN name TYPE varchar(20) USING name::text;",
    "ALTER TABLE users ALTER COLUMN name TYPE text USING name::varchar(5);",
    "ALTER TABLE users ALTER COLUMN name TYPE varchar(30) USING name::varchar(20);",
    "ALTER TABLE users ALTER COLUMN age TYPE int USING age::text::int;",
    "ALTER TABLE users ALTER COLUMN name TYPE bpchar;",
    "ALTER TABLE users ALTER COLUMN code TYPE bpchar;",
    "ALTER TABLE users SET LOGGED;",
    "ALTER TABLE users SET UNLOGGED;",
    "ALTER TABLE cache SET LOGGED;",
    "ALTER TABLE cache SET UNLOGGED;",
    "ALTER TABLE users SET ACCESS METHOD heap;",
    "CLUSTER totals USING totals_id_idx;",
    "ALTER TYPE person ADD ATTRIBUTE age int CASCADE;",
    "ALTER TYPE person ALTER ATTRIBUTE id TYPE int CASCADE;",
    "ALTER TYPE person RENAME ATTRIBUTE name TO title CASCADE;",
    "ALTER TABLE visits ALTER COLUMN user_id TYPE int;",
    "ALTER TABLE visits ALTER COLUMN code TYPE varchar(20);",
    "ALTER TABLE codes ALTER COLUMN code TYPE text;",
    "ALTER TABLE users ALTER COLUMN lapse TYPE interval second(6);",
    "ALTER TABLE users ALTER COLUMN lapse TYPE interval;",
    "ALTER TABLE users ALTER COLUMN lapse TYPE interval minute to second(6);",
    "ALTER TABLE users ADD COLUMN a int CHECK (a > 0) NOT ENFORCED;",
    "ALTER TABLE users ADD COLUMN a score NOT NULL;",
    "ALTER TRIGGER touched ON users RENAME TO t;",
  ),
];

function partitioned(...ups: readonly string[]) {
  return ups.map((up) => ({
    note: up,
    before: `CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind varchar(10), amount bigint, total int DEFAULT 1) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_kind_idx ON events (kind);
INSERT INTO events VALUES (1, '2024-02-01', 'k');`,
    up,
  }));
}

function plain(...ups: readonly string[]) {
  return ups.map((up) => ({
    note: up,
    before: `CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE TABLE users (id bigint, name varchar(10), age int CHECK (age > 0), code char(5));
INSERT INTO users VALUES (1, 'n', 1, 'c');
CREATE INDEX users_name_idx ON users (name);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE UNLOGGED TABLE cache (id bigint);
CREATE TYPE person AS (id bigint, name text);
CREATE TABLE people OF person;
INSERT INTO people VALUES (1, 'n');
CREATE DOMAIN score AS int DEFAULT 7;
CREATE TABLE codes (id bigint PRIMARY KEY, code varchar(10) UNIQUE);
CREATE TABLE visits (id bigint PRIMARY KEY, user_id bigint REFERENCES codes, code varchar(10) REFERENCES codes (code));
ALTER TABLE users ADD lapse interval second(3);
CREATE MATERIALIZED VIEW totals AS SELECT id FROM users;
CREATE UNIQUE INDEX totals_id_idx ON totals (id);`,
    up,
  }));
}
