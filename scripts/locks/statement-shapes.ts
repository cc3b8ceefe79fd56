/** Tables with rows for the statements below to work on. */
export const schema = `
SET timezone = 'Europe/Paris';
CREATE TABLE users (id bigint PRIMARY KEY, name text, nick varchar(20), age int, born timestamp, note text NOT NULL DEFAULT '');
INSERT INTO users SELECT n, 'u' || n, 'n' || n, n, now() FROM generate_series(1, 50) n;
CREATE UNIQUE INDEX users_nick_idx ON users (nick);
CREATE INDEX users_name_idx ON users (name);
ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;
ALTER TABLE users ADD CONSTRAINT users_name_present CHECK (name IS NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id), total int);
INSERT INTO orders SELECT n, n, n FROM generate_series(1, 50) n;
CREATE TABLE notes (id bigint, user_id bigint, account_id bigint, body text);
INSERT INTO notes SELECT n, n, NULL, 'b' FROM generate_series(1, 50) n;
ALTER TABLE notes ADD CONSTRAINT notes_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE VIEW large AS SELECT id, total FROM orders;
CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM orders;
CREATE UNIQUE INDEX totals_id_idx ON totals (id);
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO events SELECT n, '2024-02-01' FROM generate_series(1, 50) n;
CREATE TABLE events_2025 (id bigint, at date NOT NULL);
INSERT INTO events_2025 SELECT n, '2025-02-01' FROM generate_series(1, 50) n;
CREATE TABLE parents (id bigint);
CREATE TABLE logs (id bigint, at date NOT NULL, user_id bigint) PARTITION BY RANGE (at);
CREATE TABLE logs_2024 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO logs SELECT n, '2024-02-01', n FROM generate_series(1, 50) n;
ALTER TABLE logs_2024 ALTER COLUMN id SET NOT NULL;
ALTER TABLE logs_2024 ADD CONSTRAINT logs_id_check CHECK (id > 0);
ALTER TABLE logs_2024 ADD CONSTRAINT logs_2024_user_fkey FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE logs_2024 ADD CONSTRAINT logs_2024_key UNIQUE (id, at);
CREATE SEQUENCE numbers;
CREATE ROLE switchback_lock_reader;
`;

/** What is created beside the database, to be removed again. */
export const afterwards = "DROP ROLE switchback_lock_reader";

/** Statements as migrations write them, each run alone on the schema above. */
export const shapes: readonly string[] = [
  "ALTER TABLE users ADD COLUMN a int",
  "ALTER TABLE users ADD COLUMN a int DEFAULT 1",
  "ALTER TABLE users ADD COLUMN a int NOT NULL DEFAULT 1",
  "ALTER TABLE users ADD COLUMN a uuid DEFAULT gen_random_uuid()",
  "ALTER TABLE users ADD COLUMN a timestamptz DEFAULT now()",
  "ALTER TABLE users ADD COLUMN a bigserial",
  "ALTER TABLE users ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY",
  "ALTER TABLE users ADD COLUMN a int GENERATED ALWAYS AS (age + 1) STORED",
  "ALTER TABLE users ADD COLUMN a int UNIQUE",
  "ALTER TABLE users ADD COLUMN a int CHECK (a > 0)",
  "ALTER TABLE users ADD COLUMN a bigint REFERENCES orders (id)",
  "ALTER TABLE users DROP COLUMN note",
  "ALTER TABLE users ALTER COLUMN age TYPE bigint",
  "ALTER TABLE users ALTER COLUMN nick TYPE varchar(40)",
  "ALTER TABLE users ALTER COLUMN nick TYPE varchar(30)",
  "ALTER TABLE users ALTER COLUMN nick TYPE varchar(10)",
  "ALTER TABLE users ALTER COLUMN nick TYPE text",
  "ALTER TABLE users ALTER COLUMN born TYPE timestamptz",
  "ALTER TABLE users ALTER COLUMN note SET DEFAULT 'x'",
  "ALTER TABLE users ALTER COLUMN note DROP DEFAULT",
  "ALTER TABLE users ALTER COLUMN note DROP NOT NULL",
  "ALTER TABLE users ALTER COLUMN age SET NOT NULL",
  "ALTER TABLE users ALTER COLUMN name SET NOT NULL",
  "ALTER TABLE users ALTER COLUMN name SET STATISTICS 500",
  "ALTER TABLE users ALTER COLUMN name SET STORAGE EXTERNAL",
  "ALTER TABLE users ALTER COLUMN name SET (n_distinct = 5)",
  "ALTER TABLE users ADD CONSTRAINT c CHECK (age < 1000)",
  "ALTER TABLE users ADD CONSTRAINT c CHECK (age < 1000) NOT VALID",
  "ALTER TABLE users VALIDATE CONSTRAINT users_age_check",
  "ALTER TABLE users DROP CONSTRAINT users_age_check",
  "ALTER TABLE users ADD CONSTRAINT c UNIQUE (age)",
  "ALTER TABLE users ADD CONSTRAINT c UNIQUE USING INDEX users_nick_idx",
  "ALTER TABLE notes ADD PRIMARY KEY (id)",
  "ALTER TABLE notes ADD CONSTRAINT c EXCLUDE USING btree (id WITH =)",
  "ALTER TABLE notes ADD CONSTRAINT c FOREIGN KEY (account_id) REFERENCES accounts (id)",
  "ALTER TABLE notes ADD CONSTRAINT c FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID",
  "ALTER TABLE notes VALIDATE CONSTRAINT notes_user_fkey",
  "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey",
  "ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey DEFERRABLE",
  "ALTER TABLE users RENAME TO people",
  "ALTER TABLE users RENAME COLUMN name TO full_name",
  "ALTER TABLE users RENAME CONSTRAINT users_age_check TO c",
  "ALTER INDEX users_name_idx RENAME TO i",
  "ALTER TABLE users SET (fillfactor = 70)",
  "ALTER TABLE users SET (autovacuum_enabled = false)",
  "ALTER TABLE users RESET (fillfactor)",
  "ALTER TABLE notes SET UNLOGGED",
  "ALTER TABLE users OWNER TO switchback_lock_reader",
  "ALTER TABLE users CLUSTER ON users_name_idx",
  "ALTER TABLE users REPLICA IDENTITY FULL",
  "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
  "ALTER TABLE users DISABLE TRIGGER users_touch",
  "ALTER TABLE notes INHERIT parents",
  "ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
  "ALTER TABLE logs ALTER COLUMN id SET NOT NULL",
  "ALTER TABLE logs ADD CONSTRAINT logs_id_check CHECK (id > 0)",
  "ALTER TABLE logs ADD CONSTRAINT logs_user_fkey FOREIGN KEY (user_id) REFERENCES users (id)",
  "ALTER TABLE logs ADD CONSTRAINT logs_key UNIQUE (id, at)",
  "ALTER TABLE events DETACH PARTITION events_2024",
  "CREATE TABLE a (id int, user_id bigint REFERENCES users (id))",
  "CREATE TABLE a PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
  "CREATE TABLE a () INHERITS (parents)",
  "CREATE TABLE a (LIKE users INCLUDING ALL)",
  "CREATE INDEX i ON users (age)",
  "CREATE UNIQUE INDEX i ON users (id, age)",
  "CREATE INDEX CONCURRENTLY i ON users (age)",
  "DROP INDEX users_name_idx",
  "DROP INDEX CONCURRENTLY users_name_idx",
  "REINDEX TABLE users",
  "REINDEX INDEX users_name_idx",
  "REINDEX TABLE CONCURRENTLY users",
  "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch()",
  "DROP TRIGGER users_touch ON users",
  "CREATE POLICY p ON users USING (true)",
  "CREATE RULE r AS ON DELETE TO notes DO INSTEAD NOTHING",
  "CREATE STATISTICS s ON name, age FROM users",
  "CREATE VIEW v AS SELECT * FROM users",
  "CREATE OR REPLACE VIEW large AS SELECT id, total FROM orders WHERE total > 17",
  "DROP VIEW large",
  "REFRESH MATERIALIZED VIEW totals",
  "REFRESH MATERIALIZED VIEW CONCURRENTLY totals",
  "COMMENT ON TABLE users IS 'people'",
  "COMMENT ON COLUMN users.name IS 'name'",
  "GRANT SELECT ON users TO switchback_lock_reader",
  "DROP TABLE notes",
  "DROP TABLE users CASCADE",
  "DROP TABLE events_2024",
  "TRUNCATE notes",
  "TRUNCATE users CASCADE",
  "INSERT INTO notes (id) VALUES (1)",
  "UPDATE users SET note = 'x'",
  "DELETE FROM notes",
  "LOCK TABLE users IN SHARE MODE",
  "CLUSTER users USING users_name_idx",
  "VACUUM notes",
  "VACUUM FULL notes",
  "ANALYZE users",
  "ALTER SEQUENCE numbers RESTART WITH 10",
  "ALTER VIEW large RENAME TO huge",
];
