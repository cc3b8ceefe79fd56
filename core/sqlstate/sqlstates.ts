/** What PostgreSQL answers when a migration fails, and what to do. Names: PostgreSQL manual, appendix A. */
export interface SqlState {
  /** Five characters: `42P01`. */
  readonly code: string;
  /** PostgreSQL's condition name. */
  readonly name: string;
  /** The message as people meet it, `…` where it names something. */
  readonly says: string;
  /** How a migration comes to it. */
  readonly why: string;
  readonly remedy: string;
  /** Rules that see it coming. */
  readonly rules: readonly string[];
  /** Runs into it on a real server. */
  readonly example: SqlStateExample;
}

export interface SqlStateExample {
  /** What was there. */
  readonly before?: string;
  /** What another session does and leaves open. */
  readonly meanwhile?: string;
  readonly sql: string;
}

/** Those that migrations meet, in the order of their codes. */
export const sqlStates: readonly SqlState[] = [
  {
    code: "0A000",
    name: "feature_not_supported",
    says: "cannot alter type of a column used by a view or rule · extension … is not available",
    why: "PostgreSQL keeps the types that a view was made with. Or the server has no such extension installed.",
    remedy:
      "Drop the view, change the column, make the view again, in one migration. For an extension: --engine docker with an image that has it.",
    rules: [],
    example: {
      before: "CREATE TABLE users (age int); CREATE VIEW adults AS SELECT age FROM users;",
      sql: "ALTER TABLE users ALTER COLUMN age TYPE bigint;",
    },
  },
  {
    code: "22001",
    name: "string_data_right_truncation",
    says: "value too long for type character varying(…)",
    why: "The new type is shorter than a value that is there.",
    remedy: "Shorten the values first, or keep the length and add a CHECK … NOT VALID for new rows.",
    rules: ["change-column-type"],
    example: {
      before: "CREATE TABLE users (name text); INSERT INTO users VALUES ('Ada Lovelace');",
      sql: "ALTER TABLE users ALTER COLUMN name TYPE varchar(3);",
    },
  },
  {
    code: "22003",
    name: "numeric_value_out_of_range",
    says: "integer out of range",
    why: "A value does not fit the narrower type, which a down back from bigint often meets.",
    remedy: "Where the wider values are wanted the way back is lossy: declare it, or leave the wider type.",
    rules: ["change-column-type"],
    example: {
      before: "CREATE TABLE orders (id bigint); INSERT INTO orders VALUES (3000000000);",
      sql: "ALTER TABLE orders ALTER COLUMN id TYPE int;",
    },
  },
  {
    code: "22P02",
    name: "invalid_text_representation",
    says: "invalid input value for enum …: … · invalid input syntax for type …",
    why: "A text does not read as the type: a label that the enum has not, or a number in words.",
    remedy: "Add the label first, in a migration of its own; or map the values in USING.",
    rules: [],
    example: {
      before: "CREATE TYPE status AS ENUM ('active'); CREATE TABLE users (status status);",
      sql: "INSERT INTO users VALUES ('blocked');",
    },
  },
  {
    code: "23502",
    name: "not_null_violation",
    says: "column … of relation … contains null values",
    why: "The table has rows, and the new or changed column has no value there.",
    remedy: "Add the column with a default, or fill it in batches before SET NOT NULL.",
    rules: ["add-column-not-null", "down-not-null"],
    example: {
      before: "CREATE TABLE users (id int); INSERT INTO users VALUES (1);",
      sql: "ALTER TABLE users ADD COLUMN email text NOT NULL;",
    },
  },
  {
    code: "23503",
    name: "foreign_key_violation",
    says: "insert or update on table … violates foreign key constraint …",
    why: "Rows point at rows that are not there, or a down deletes rows that others point at.",
    remedy: "Add the constraint NOT VALID, mend the rows, VALIDATE it in the next migration.",
    rules: ["foreign-key-validation"],
    example: {
      before:
        "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (user_id int); INSERT INTO orders VALUES (7);",
      sql: "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;",
    },
  },
  {
    code: "23505",
    name: "unique_violation",
    says: "could not create unique index … · duplicate key value violates unique constraint …",
    why: "Two rows have the same value under a new UNIQUE, or seed data is inserted twice when the up runs again.",
    remedy: "Merge the duplicates first. For seed data: ON CONFLICT DO NOTHING, and delete it in the down.",
    rules: ["unique-constraint-build"],
    example: {
      before: "CREATE TABLE users (email text); INSERT INTO users VALUES ('a'), ('a');",
      sql: "CREATE UNIQUE INDEX ON users (email);",
    },
  },
  {
    code: "23514",
    name: "check_violation",
    says: "check constraint … of relation … is violated by some row",
    why: "Rows from before do not satisfy the new CHECK, or have no partition to go to.",
    remedy: "Add the constraint NOT VALID, mend the rows, VALIDATE it in the next migration.",
    rules: ["check-validation"],
    example: {
      before: "CREATE TABLE orders (total int); INSERT INTO orders VALUES (-1);",
      sql: "ALTER TABLE orders ADD CHECK (total >= 0);",
    },
  },
  {
    code: "25001",
    name: "active_sql_transaction",
    says: "… cannot run inside a transaction block",
    why: "CONCURRENTLY, VACUUM and the like commit by themselves. Several statements sent as one text are one transaction, also without BEGIN.",
    remedy:
      "Put the statement alone into a migration; most runners have a switch for files without a transaction.",
    rules: ["concurrently-in-transaction"],
    example: {
      before: "CREATE TABLE orders (id int);",
      sql: "CREATE INDEX CONCURRENTLY ON orders (id); SELECT 1;",
    },
  },
  {
    code: "2BP01",
    name: "dependent_objects_still_exist",
    says: "cannot drop … because other objects depend on it",
    why: "A view, foreign key, trigger, column or default still uses it.",
    remedy:
      "Drop in reverse order of creation; switchback down <version> writes that order. CASCADE drops what you do not see.",
    rules: ["down-order"],
    example: {
      before: "CREATE TYPE status AS ENUM ('active'); CREATE TABLE users (status status);",
      sql: "DROP TYPE status;",
    },
  },
  {
    code: "3F000",
    name: "invalid_schema_name",
    says: "schema … does not exist",
    why: "The platform makes it (auth, storage), or an earlier script does, or search_path points nowhere.",
    remedy: "Put it into the prelude, or create it in the migration.",
    rules: [],
    example: { sql: "CREATE TABLE auth.users (id int);" },
  },
  {
    code: "42501",
    name: "insufficient_privilege",
    says: "permission denied for … · must be owner of …",
    why: "The script changed its role, or the server's role is no superuser, as on most managed servers.",
    remedy: "RESET ROLE at the end of the script; grant what is missing in the prelude.",
    rules: [],
    example: { sql: "SET ROLE pg_monitor; CREATE TABLE public.t ();" },
  },
  {
    code: "42601",
    name: "syntax_error",
    says: "syntax error at or near …",
    why: "The runner sends the file as it is: no psql commands (\\c, \\i), no templates, no other database's SQL.",
    remedy: "switchback lint shows the place, and what would have been accepted there.",
    rules: ["syntax-error"],
    example: { sql: "CREATE TABEL users ();" },
  },
  {
    code: "42701",
    name: "duplicate_column",
    says: "column … of relation … already exists",
    why: "The down left the column behind, or two migrations add it.",
    remedy: "Drop it in the down. IF NOT EXISTS hides a column of another type.",
    rules: ["up-stops", "down-incomplete"],
    example: {
      before: "CREATE TABLE users (email text);",
      sql: "ALTER TABLE users ADD COLUMN email varchar(9);",
    },
  },
  {
    code: "42703",
    name: "undefined_column",
    says: "column … does not exist",
    why: "Another migration renamed or dropped it, or its name is written in capitals without quotes.",
    remedy: "Look at the schema before this migration; IF EXISTS in a down also hides a typing mistake.",
    rules: ["up-stops", "down-drops-nothing"],
    example: { before: "CREATE TABLE users (id int);", sql: "ALTER TABLE users DROP COLUMN email;" },
  },
  {
    code: "42704",
    name: "undefined_object",
    says: "type … does not exist · role … does not exist · constraint … does not exist",
    why: "It is made outside of the folder, or PostgreSQL gave the constraint another name.",
    remedy: "Put roles and extensions into the prelude; name constraints, so that the down knows the name.",
    rules: ["up-stops", "down-drops-nothing"],
    example: { sql: "CREATE TABLE users (status status);" },
  },
  {
    code: "42710",
    name: "duplicate_object",
    says: "type … already exists · trigger … already exists · role … already exists",
    why: "The down left it behind, so going up again meets it. A role belongs to the whole server.",
    remedy:
      "Drop it in the down. There is no CREATE TYPE IF NOT EXISTS: a DO block that catches duplicate_object does it.",
    rules: ["up-stops", "down-incomplete", "idempotent-ddl"],
    example: { before: "CREATE TYPE status AS ENUM ();", sql: "CREATE TYPE status AS ENUM ();" },
  },
  {
    code: "42723",
    name: "duplicate_function",
    says: "function … already exists with same argument types",
    why: "The down left the function behind, or two migrations make it.",
    remedy: "CREATE OR REPLACE FUNCTION, and a down that gives back the former text.",
    rules: ["up-stops", "down-incomplete"],
    example: {
      before: "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';",
      sql: "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';",
    },
  },
  {
    code: "42725",
    name: "ambiguous_function",
    says: "function name … is not unique",
    why: "DROP FUNCTION without arguments, and there are two of that name.",
    remedy: "Name the arguments: DROP FUNCTION total(int).",
    rules: [],
    example: {
      before:
        "CREATE FUNCTION total(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION total(text) RETURNS int LANGUAGE sql AS 'SELECT 1';",
      sql: "DROP FUNCTION total;",
    },
  },
  {
    code: "42804",
    name: "datatype_mismatch",
    says: "column … cannot be cast automatically to type …",
    why: "There is no implicit cast between the types, for the values or for the column's default.",
    remedy: "Say how: USING column::type. Drop the default before, and set it again after.",
    rules: ["change-column-type"],
    example: {
      before: "CREATE TABLE users (age text);",
      sql: "ALTER TABLE users ALTER COLUMN age TYPE int;",
    },
  },
  {
    code: "42809",
    name: "wrong_object_type",
    says: "… is not a table · … is not a view",
    why: "The statement is for another kind of object: a view is dropped as a table.",
    remedy: "DROP VIEW, DROP MATERIALIZED VIEW, DROP PROCEDURE: each kind has its own.",
    rules: [],
    example: { before: "CREATE VIEW one AS SELECT 1;", sql: "DROP TABLE one;" },
  },
  {
    code: "42830",
    name: "invalid_foreign_key",
    says: "there is no unique constraint matching given keys for referenced table …",
    why: "A foreign key points at columns that are neither a primary key nor UNIQUE; a partial index does not count.",
    remedy: "Make the columns UNIQUE first.",
    rules: ["up-stops"],
    example: {
      before: "CREATE TABLE users (id int);",
      sql: "CREATE TABLE orders (user_id int REFERENCES users (id));",
    },
  },
  {
    code: "42883",
    name: "undefined_function",
    says: "function … does not exist · operator does not exist: …",
    why: "An extension is missing (uuid_generate_v4 wants uuid-ossp), or the arguments have other types.",
    remedy:
      "CREATE EXTENSION in an earlier migration or in the prelude; gen_random_uuid() needs none since 13.",
    rules: [],
    example: { sql: "CREATE TABLE users (id uuid DEFAULT uuid_generate_v4());" },
  },
  {
    code: "42P01",
    name: "undefined_table",
    says: "relation … does not exist",
    why: "The table is made elsewhere, or renamed or dropped before.",
    remedy: "Put a table of another project into the prelude; look at the order of the versions.",
    rules: ["up-stops"],
    example: { sql: "ALTER TABLE users ADD COLUMN email text;" },
  },
  {
    code: "42P06",
    name: "duplicate_schema",
    says: "schema … already exists",
    why: "The down left it behind, or the platform makes it.",
    remedy: "Drop it in the down, or CREATE SCHEMA IF NOT EXISTS where the platform owns it.",
    rules: ["down-incomplete"],
    example: { before: "CREATE SCHEMA app;", sql: "CREATE SCHEMA app;" },
  },
  {
    code: "42P07",
    name: "duplicate_table",
    says: "relation … already exists",
    why: "The down left the table, index, view or sequence behind, or two migrations make it.",
    remedy: "Drop it in the down. IF NOT EXISTS keeps a table of another shape.",
    rules: ["up-stops", "down-incomplete", "create-table-exists"],
    example: { before: "CREATE TABLE users (id int);", sql: "CREATE TABLE users (email text);" },
  },
  {
    code: "42P13",
    name: "invalid_function_definition",
    says: "cannot change return type of existing function · cannot change name of input parameter …",
    why: "OR REPLACE keeps the signature: it changes the body only.",
    remedy: "DROP FUNCTION, then CREATE; what depends on it goes first.",
    rules: [],
    example: {
      before: "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';",
      sql: "CREATE OR REPLACE FUNCTION one() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';",
    },
  },
  {
    code: "42P16",
    name: "invalid_table_definition",
    says: "cannot change name of view column … · cannot drop columns from view · multiple primary keys for table …",
    why: "CREATE OR REPLACE VIEW may only add columns at the end, so the down cannot use it to take them away.",
    remedy: "DROP VIEW, then CREATE VIEW with the former text.",
    rules: [],
    example: {
      before: "CREATE VIEW numbers AS SELECT 1 AS one, 2 AS two;",
      sql: "CREATE OR REPLACE VIEW numbers AS SELECT 1 AS one;",
    },
  },
  {
    code: "55006",
    name: "object_in_use",
    says: "cannot ALTER TABLE … because it has pending trigger events",
    why: "Rows were written in this transaction, and a deferred constraint has still to check them.",
    remedy: "Write the rows in a migration of their own, or SET CONSTRAINTS ALL IMMEDIATE before the DDL.",
    rules: ["backfill-under-lock"],
    example: {
      before:
        "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (user_id int REFERENCES users DEFERRABLE INITIALLY DEFERRED); INSERT INTO users VALUES (1);",
      sql: "INSERT INTO orders VALUES (1); ALTER TABLE orders ADD COLUMN total int;",
    },
  },
  {
    code: "55P03",
    name: "lock_not_available",
    says: "canceling statement due to lock timeout",
    why: "lock_timeout did its work: somebody holds the table, and the migration gave up before a queue grew behind it.",
    remedy: "Run it again at a quieter moment; end the long transaction that pg_blocking_pids() names.",
    rules: ["missing-lock-timeout"],
    example: {
      before: "CREATE TABLE orders (id int);",
      meanwhile: "BEGIN; LOCK TABLE orders IN ROW EXCLUSIVE MODE;",
      sql: "SET lock_timeout = '20ms'; ALTER TABLE orders ADD COLUMN total int;",
    },
  },
  {
    code: "55P04",
    name: "unsafe_new_enum_value_usage",
    says: "unsafe use of new value … of enum type …",
    why: "A label that ALTER TYPE … ADD VALUE made can be used after its transaction committed, not before.",
    remedy: "Add the value in a migration of its own, and use it in the next.",
    rules: ["enum-value-in-transaction"],
    example: {
      before: "CREATE TYPE status AS ENUM ('active'); CREATE TABLE users (status status);",
      sql: "ALTER TYPE status ADD VALUE 'blocked'; INSERT INTO users VALUES ('blocked');",
    },
  },
  {
    code: "57014",
    name: "query_canceled",
    says: "canceling statement due to statement timeout · canceling statement due to user request",
    why: "The script ran longer than --timeout seconds, or than its own statement_timeout.",
    remedy:
      "Look for a wait (pg_sleep, a lock that is held); raise --timeout for a script that is honestly slow.",
    rules: [],
    example: { sql: "SET statement_timeout = '20ms'; SELECT pg_sleep(10);" },
  },
];
