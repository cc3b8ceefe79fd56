import { describe, expect, it } from "vitest";
import { layouts } from "#core/migration/layout/layouts.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";

/** What each layout makes of a folder: name, execution, and the SQL of both directions. */
interface Case {
  readonly layout: string;
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  /** `name | up | down`, SQL with its execution in front. */
  readonly migrations: readonly string[];
  readonly ignored?: readonly string[];
  readonly malformed?: readonly string[];
  readonly duplicates?: readonly string[];
}

const cases: readonly Case[] = [
  {
    layout: "golang-migrate",
    what: "pairs by number and sends the file as it is",
    files: {
      "1_a.up.sql": "A",
      "000001_b.down.sql": "a",
      "10_c.up.sql": "C",
      "9_d.up.sql": "D",
      "x.sql": "",
    },
    migrations: ["1_a | whole A | whole a", "9_d | whole D | -", "10_c | whole C | -"],
    ignored: ["x.sql: its name does not begin with a version"],
  },
  {
    layout: "golang-migrate",
    what: "reads 64 bits without a sign",
    files: { "18446744073709551615_a.up.sql": "A", "18446744073709551616_b.up.sql": "" },
    migrations: ["18446744073709551615_a | whole A | -"],
    ignored: [
      "18446744073709551616_b.up.sql: version 18446744073709551616 is too large: golang-migrate reads 64 bits",
    ],
  },
  {
    layout: "sqlx",
    what: "reads 64 bits with a sign",
    files: { "9223372036854775807_a.sql": "A", "9223372036854775808_b.sql": "" },
    migrations: ["9223372036854775807_a | wrapped whole A | -"],
    ignored: [
      "9223372036854775808_b.sql: what stands before its underscore is no number of 64 bits, and with such a file it runs none of the folder",
    ],
  },
  {
    layout: "sqlx",
    what: "wraps a file unless it begins with no-transaction",
    files: { "1_a.up.sql": "A", "1_a.down.sql": "a", "2_b.sql": "-- no-transaction\nB" },
    migrations: ["1_a | wrapped whole A | wrapped whole a", "2_b | whole -- no-transaction\nB | -"],
  },
  {
    layout: "diesel",
    what: "strips dashes, orders as text, reads metadata.toml",
    files: {
      "2020-01-02-000000_b/up.sql": "B",
      "2020-01-02-000000_b/down.sql": "b",
      "2020-01-02-000000_b/metadata.toml": "run_in_transaction = false\n",
      "20190101000000_a/up.sql": "A",
      "20190101000000_a/notes.sql": "",
      "stray.sql": "",
    },
    migrations: ["20190101000000_a | wrapped whole A | -", "2020-01-02-000000_b | whole B | whole b"],
    ignored: ["stray.sql: it stands in no migration's folder"],
  },
  {
    layout: "goose",
    what: "cuts at its annotations and sends statements",
    files: {
      "00001_a.sql": "-- +goose Up\nA;\n-- +goose Down\na;\n",
      "00002_b.sql": "-- +goose NO TRANSACTION\n-- +goose up\nB;",
      "00003_c.sql": "C;",
      "README.sql": "",
    },
    migrations: ["00001_a | wrapped statements A; | wrapped statements a;", "00002_b | statements B; | -"],
    ignored: [
      "00003_c.sql: it has no line -- +goose Up",
      "README.sql: its name is not <version>_<title>.sql",
    ],
  },
  {
    layout: "goose",
    what: "tells a block that is not closed, one that closes nothing, and sections out of order",
    files: {
      "1_a.sql": "-- +goose Down\n-- +goose StatementBegin\na;\n-- +goose Up\nA;\n-- +goose StatementEnd\n",
    },
    migrations: [
      "1_a | wrapped statements A;\n-- +goose StatementEnd | wrapped statements -- +goose StatementBegin\na;",
    ],
    malformed: [
      "+goose StatementBegin is not closed",
      "the up stands below the down",
      "+goose StatementEnd closes nothing",
    ],
  },
  {
    layout: "sql-migrate",
    what: "takes the whole name as identity and notransaction from the marker",
    files: {
      "2-b.sql": "-- +migrate Up notransaction\nB;\n-- +migrate Down\nb;",
      "10-a.sql": "-- +migrate Up\nA;",
      "2-c.sql": "-- +migrate Up\nC;",
    },
    migrations: [
      "2-b | statements B; | wrapped statements b;",
      "2-c | wrapped statements C; | -",
      "10-a | wrapped statements A; | -",
    ],
  },
  {
    layout: "dbmate",
    what: "sends a section as one query",
    files: { "20200101000000_a.sql": "-- migrate:up transaction:false\r\nA;\r\n-- migrate:down\r\na;\r\n" },
    migrations: ["20200101000000_a | whole A; | wrapped whole a;"],
  },
  {
    layout: "goose",
    what: "cuts a body that no fence stands around",
    files: {
      "1_a.sql": "-- +goose Up\nCREATE FUNCTION f() AS $$\nBEGIN\n  RETURN;\nEND $$;\n",
      "2_b.sql":
        "-- +goose Up\n-- +goose StatementBegin\nCREATE FUNCTION f() AS $$\n  A; -- b\n$$;\n-- +goose StatementEnd\nA; B;\n",
      "3_c.sql": "-- +goose Up\nCREATE FUNCTION f() AS $$ A; B; $$;\n",
    },
    migrations: [
      "1_a | wrapped statements CREATE FUNCTION f() AS $$\nBEGIN\n  RETURN;\nEND $$; | -",
      "2_b | wrapped statements -- +goose StatementBegin\nCREATE FUNCTION f() AS $$\n  A; -- b\n$$;\n-- +goose StatementEnd\nA; B; | -",
      "3_c | wrapped statements CREATE FUNCTION f() AS $$ A; B; $$; | -",
    ],
    malformed: ["the runner cuts this statement at a semicolon inside of it, and sends it in parts"],
  },
  {
    layout: "goose",
    what: "leaves programs to goose",
    files: { "1_a.sql": "-- +goose Up\nA;", "2_b.go": "package a" },
    migrations: ["1_a | wrapped statements A; | -"],
  },
  {
    layout: "goose",
    what: "refuses marks that are not alone on their lines, or that it does not know",
    files: {
      "0_z.sql": "-- +goose Up\nZ;",
      "1_a.sql": "-- +goose Up the hill\nA;\n\t-- +goose Down\na;",
      "2_b.sql": "--+goose NO TRANSACTIONS\n-- +goose  UP\nB;\n-- see +goose Down\n-- +Goose Down\n",
      "3_c.sql": "-- +goose ENVSUB ON\n-- +goose Up\nC;",
    },
    migrations: [
      "1_a | wrapped statements A; | wrapped statements a;",
      "2_b | statements B;\n-- see +goose Down\n-- +Goose Down | -",
      "3_c | wrapped statements C; | -",
    ],
    ignored: ["0_z.sql: goose counts versions from 1"],
    malformed: [
      "goose takes each comment with +goose for a mark, and refuses this one",
      "goose refuses a mark with blanks in front of it",
      "goose takes each comment with +goose for a mark, and refuses this one",
      "goose takes each comment with +goose for a mark, and refuses this one",
    ],
  },
  {
    layout: "goose",
    what: "refuses SQL above its first section",
    files: { "1_a.sql": "-- about a\nCREATE TABLE a ();\n-- +goose Up\nA;" },
    migrations: ["1_a | wrapped statements A; | -"],
    malformed: ["SQL above -- +goose Up is refused"],
  },
  {
    layout: "sql-migrate",
    what: "reads its marks as they are spelt, and nothing above them",
    files: { "1-a.sql": "Z;\n-- +migrate Up\nA;\n-- +migrate DOWN\na;", "2-b.sql": "-- +migrate up\nB;" },
    migrations: ["1-a | wrapped statements A;\n-- +migrate DOWN\na; | -"],
    ignored: ["2-b.sql: it has no line -- +migrate Up"],
    malformed: ["SQL above -- +migrate Up never runs"],
  },
  {
    layout: "sql-migrate",
    what: "runs names without a number last, and reads 64 bits with a sign",
    files: {
      "zero.sql": "-- +migrate Up\nZ;",
      "10-a.sql": "-- +migrate Up\nA;",
      "9223372036854775808-b.sql": "-- +migrate Up\nB;",
    },
    migrations: ["10-a | wrapped statements A; | -", "zero | wrapped statements Z; | -"],
    ignored: [
      "9223372036854775808-b.sql: version 9223372036854775808 is too large: sql-migrate reads 64 bits",
    ],
  },
  {
    layout: "dbmate",
    what: "orders names as text, of any length",
    files: {
      "9_nine.sql": "-- migrate:up\nA\n-- migrate:down",
      "10_ten.sql": "-- migrate:up\nB\n-- migrate:down",
      "010_ten.sql": "-- migrate:up\nC\n-- migrate:down",
      "99999999999999999999999_big.sql": "-- migrate:up\nD\n-- migrate:down",
      "5.sql": "  -- migrate:up\nE",
    },
    migrations: [
      "010_ten | wrapped whole C | wrapped whole ",
      "10_ten | wrapped whole B | wrapped whole ",
      "99999999999999999999999_big | wrapped whole D | wrapped whole ",
      "9_nine | wrapped whole A | wrapped whole ",
    ],
    ignored: ["5.sql: it has no line -- migrate:up"],
  },
  {
    layout: "dbmate",
    what: "refuses SQL above the up",
    files: { "1_a.sql": "-- about a\nSELECT 1;\n-- migrate:up\nA\n-- migrate:down\na" },
    migrations: ["1_a | wrapped whole A | wrapped whole a"],
    malformed: ["SQL above -- migrate:up is refused"],
  },
  {
    layout: "dbmate",
    what: "names both files of a version that is used twice, once",
    files: {
      "1_a.sql": "-- migrate:up\nA;\n-- migrate:down\na;",
      "1_b.sql": "-- migrate:up\nB;\n-- migrate:down\nb;",
    },
    migrations: ["1_a | wrapped whole A; | wrapped whole a;", "1_b | wrapped whole B; | wrapped whole b;"],
    duplicates: ["1 up: 1_a.sql, 1_b.sql"],
  },
  {
    layout: "flyway",
    what: "looks below the folder, and leaves callbacks alone",
    files: {
      "V1__a.sql": "A",
      "1.1/V2.sql": "B",
      "1.1/more/V3__c.sql": "C",
      "beforeMigrate.sql": "",
      "afterMigrate__grants.sql": "",
      "before.sql": "",
    },
    migrations: [
      "V1__a | wrapped statements A | -",
      "V2 | wrapped statements B | -",
      "V3__c | wrapped statements C | -",
    ],
    ignored: [
      "before.sql: its name is not V<version>__<title>.sql, U<version>__<title>.sql or R__<title>.sql",
    ],
  },
  {
    layout: "flyway",
    what: "begins with a baseline where nothing is left of what it stands for",
    files: { "B1__old.sql": "", "B2__base.sql": "B", "V3__c.sql": "C" },
    migrations: ["B2__base | wrapped statements B | -", "V3__c | wrapped statements C | -"],
  },
  {
    layout: "flyway",
    what: "leaves a baseline out where all is there",
    files: { "B2__base.sql": "B", "V2__b.sql": "A", "V3__c.sql": "C" },
    migrations: ["V2__b | wrapped statements A | -", "V3__c | wrapped statements C | -"],
  },
  {
    layout: "flyway",
    what: "tells by statements, and by the configuration beside a script, whether a transaction is open",
    files: {
      "V1__a.sql": "-- why\n/* here */ CREATE UNIQUE\n  INDEX CONCURRENTLY i ON t (a); VACUUM t;",
      "V2__b.sql": "COMMENT ON TABLE t IS '\nvacuum';",
      "V3__c.sql": "A; VACUUM t;",
      "V3__c.sql.conf": "executeInTransaction=false\n",
      "V4__d.sql": "A;\nVACUUM t;",
    },
    migrations: [
      "V1__a | statements -- why\n/* here */ CREATE UNIQUE\n  INDEX CONCURRENTLY i ON t (a); VACUUM t; | -",
      "V2__b | wrapped statements COMMENT ON TABLE t IS '\nvacuum'; | -",
      "V3__c | statements A; VACUUM t; | -",
      "V4__d | statements A;\nVACUUM t; | -",
    ],
    malformed: ["Flyway refuses this file: this statement runs in no transaction, and the others want one"],
  },
  {
    layout: "flyway",
    what: "orders dotted versions, pairs undos, runs repeatables last",
    files: {
      "R__views.sql": "R",
      "V10__c.sql": "C",
      "V2_1__b.sql": "CREATE INDEX CONCURRENTLY i ON t (a)",
      "V2__a.sql": "A",
      "U2.0__a.sql": "a",
      "notes.sql": "",
    },
    migrations: [
      "V2__a | wrapped statements A | wrapped statements a",
      "V2_1__b | statements CREATE INDEX CONCURRENTLY i ON t (a) | -",
      "V10__c | wrapped statements C | -",
      "R__views | wrapped statements R | -",
    ],
    ignored: [
      "notes.sql: its name is not V<version>__<title>.sql, U<version>__<title>.sql or R__<title>.sql",
    ],
  },
  {
    layout: "node-pg-migrate",
    what: "cuts at its comments",
    files: { "1600000000000_add-users.sql": "-- Up Migration\nA;\n-- Down Migration\na;" },
    migrations: ["1600000000000_add-users | wrapped whole A; | wrapped whole a;"],
  },
  {
    layout: "node-pg-migrate",
    what: "takes a file without marks for an up, and sections in any order",
    files: {
      "1600000000000_a.sql": "A;",
      "1600000000001_b.sql": "-- Down Migration\nb;\n-- Up Migration\nB;",
      "20200913122640002_c.sql": "C;\n-- Down Migration\nc;",
    },
    migrations: [
      "1600000000000_a | wrapped whole A; | -",
      "1600000000001_b | wrapped whole B; | wrapped whole b;",
      "20200913122640002_c | wrapped whole C;\n-- Down Migration\nc; | wrapped whole c;",
    ],
    malformed: ["without a mark for the up the whole file is the up, and this runs with it"],
  },
  {
    layout: "authelia",
    what: "reads V0001.Title",
    files: { "V0001.Initial_Schema.up.sql": "A", "V0001.Initial_Schema.down.sql": "a" },
    migrations: ["V0001.Initial_Schema | wrapped whole A | wrapped whole a"],
  },
  {
    layout: "ory",
    what: "prefers the PostgreSQL file and leaves other dialects alone",
    files: {
      "20200101000000_a.up.sql": "any",
      "20200101000000_a.postgres.up.sql": "A",
      "20200101000000_a.mysql.up.sql": "M",
      "20200101000000_a.down.sql": "a",
      "20200102000000_b.autocommit.up.sql": "B",
    },
    migrations: ["20200101000000_a | wrapped whole A | wrapped whole a", "20200102000000_b | whole B | -"],
  },
  {
    layout: "ory",
    what: "reads versions of twenty digits",
    files: { "20200101000000000001_b.up.sql": "B", "20200101000000000000_a.up.sql": "A" },
    migrations: [
      "20200101000000000000_a | wrapped whole A | -",
      "20200101000000000001_b | wrapped whole B | -",
    ],
  },
  {
    layout: "prisma",
    what: "reads migration.sql in each folder, in the order of their names",
    files: { "20200102_b/migration.sql": "B", "20200101_a/migration.sql": "A" },
    migrations: ["20200101_a | whole A | -", "20200102_b | whole B | -"],
  },
  {
    layout: "prisma",
    what: "takes down.sql for the way back",
    files: { "20200101_a/migration.sql": "A", "20200101_a/down.sql": "B" },
    migrations: ["20200101_a | whole A | whole B"],
  },
  {
    layout: "supabase",
    what: "knows only ups, in the order of their versions",
    files: {
      "20240101000000_a.sql": "A",
      "99999999999999999999_d.sql": "D",
      "9_c.sql": "C",
      "1_e.sql": "E",
      "10_b.sql": "B",
      "010_b.sql": "B",
      "11.sql": "",
    },
    migrations: [
      "010_b | wrapped statements B | -",
      "1_e | wrapped statements E | -",
      "10_b | wrapped statements B | -",
      "20240101000000_a | wrapped statements A | -",
      "9_c | wrapped statements C | -",
      "99999999999999999999_d | wrapped statements D | -",
    ],
    ignored: ["11.sql: its name is not <timestamp>_<title>.sql"],
  },
  {
    layout: "supabase",
    what: "opens no transaction around a script's own, nor around what refuses one",
    files: {
      "1_a.sql": "BEGIN;\nA;\nCOMMIT;",
      "2_b.sql": "A;\n-- now\nCREATE INDEX CONCURRENTLY i ON t (a);",
      "3_c.sql": "-- pg-delta: transaction=false\r\nA;",
      "4_d.sql": "SAVEPOINT s; A; ROLLBACK TO s; SELECT 'vacuum';",
    },
    migrations: [
      "1_a | statements BEGIN;\nA;\nCOMMIT; | -",
      "2_b | statements A;\n-- now\nCREATE INDEX CONCURRENTLY i ON t (a); | -",
      "3_c | statements -- pg-delta: transaction=false\r\nA; | -",
      "4_d | wrapped statements SAVEPOINT s; A; ROLLBACK TO s; SELECT 'vacuum'; | -",
    ],
  },
  {
    layout: "sqlx",
    what: "stops at a file whose version is no number",
    files: { "1_a.sql": "A", "seed_b.sql": "", "seed.sql": "" },
    migrations: ["1_a | wrapped whole A | -"],
    ignored: [
      "seed.sql: its name is not <version>_<title>.up.sql",
      "seed_b.sql: what stands before its underscore is no number of 64 bits, and with such a file it runs none of the folder",
    ],
  },
  {
    layout: "diesel",
    what: "takes a silent metadata.toml for a no, and any folder's name for a version",
    files: {
      "1_a/up.sql": "A",
      "1_a/metadata.toml": "# nothing\n",
      "2_b/up.sql": "B",
      "2_b/metadata.toml": "run_in_transaction = true # yes\n",
      ".cache/up.sql": "",
      "setup/up.sql": "S",
    },
    migrations: ["1_a | whole A | -", "2_b | wrapped whole B | -"],
    ignored: ["setup/up.sql: folder setup does not begin with a version"],
  },
  {
    layout: "drizzle",
    what: "runs what its journal lists",
    files: {
      "0000_a.sql": "A;--> statement-breakpoint\nB;",
      "0001_b.sql": "C;",
      "0002_by_hand.sql": "D;",
      "meta/_journal.json": '{"entries": [{"tag": "0000_a"}, {"tag": "0001_b"}]}',
      "meta/0001_snapshot.json": "{}",
    },
    migrations: [
      "0000_a | wrapped statements A;--> statement-breakpoint\nB; | -",
      "0001_b | wrapped statements C; | -",
    ],
    ignored: ["0002_by_hand.sql: meta/_journal.json does not list it"],
  },
  {
    layout: "drizzle",
    what: "misses a file that its journal lists",
    files: {
      "0000_a.sql": "A;",
      "meta/_journal.json": '{"entries": [{"tag": "0000_a"}, {"tag": "0001_b"}]}',
    },
    migrations: ["0000_a | wrapped statements A; | -"],
    malformed: ["Drizzle looks for 0001_b.sql, which is not there, and runs none of the folder"],
  },
  {
    layout: "drizzle",
    what: "runs all where the journal cannot be read",
    files: { "0000_a.sql": "A;", "meta/_journal.json": "<<<<<<<" },
    migrations: ["0000_a | wrapped statements A; | -"],
  },
  {
    layout: "drizzle-folders",
    what: "runs each folder's migration.sql in the order of their names",
    files: {
      "20240102000000_b/migration.sql": "B;",
      "20240101000000_a/migration.sql": "A;--> statement-breakpoint\nC;",
      "20240101000000_a/snapshot.json": "{}",
      "20240103000000_c/up.sql": "D;",
      "loose.sql": "E;",
    },
    migrations: [
      "20240101000000_a | wrapped statements A;--> statement-breakpoint\nC; | -",
      "20240102000000_b | wrapped statements B; | -",
    ],
    ignored: ["loose.sql: it stands in no migration's folder"],
  },
  {
    layout: "plain",
    what: "knows only ups",
    files: { "001-a.sql": "A", "002.b.sql": "B", "99999999999999999999999_c.sql": "" },
    migrations: ["001_a | whole A | -", "002_b | whole B | -"],
    ignored: [
      "99999999999999999999999_c.sql: version 99999999999999999999999 is too large: runners read 64 bits",
    ],
  },
  {
    layout: "plain",
    what: "takes bare numbers, and releases with dots",
    files: { "2.sql": "B", "1.10.1.sql": "D", "1.9_c.sql": "C", "1.sql": "A", "3.2fa.sql": "E" },
    migrations: [
      "1 | whole A | -",
      "1.9_c | whole C | -",
      "1.10.1 | whole D | -",
      "2 | whole B | -",
      "3_2fa | whole E | -",
    ],
  },
  {
    layout: "plain",
    what: "takes a letter behind a version for one more migration in between",
    files: {
      "1.1.12.sql": "D",
      "1.1.11b.sql": "C",
      "1.1.11a.sql": "B",
      "1.1.11.sql": "A",
      "2a_y.sql": "F",
      "2_x.sql": "E",
      "10.sql": "G",
    },
    migrations: [
      "1.1.11 | whole A | -",
      "1.1.11a | whole B | -",
      "1.1.11b | whole C | -",
      "1.1.12 | whole D | -",
      "2_x | whole E | -",
      "2a_y | whole F | -",
      "10 | whole G | -",
    ],
  },
  {
    layout: "dbmate",
    what: "takes the digits alone for the version, as the runner does",
    files: { "1_a.sql": "-- migrate:up\nA\n-- migrate:down", "1a.sql": "-- migrate:up\nB\n-- migrate:down" },
    migrations: ["1_a | wrapped whole A | wrapped whole ", "1a | wrapped whole B | wrapped whole "],
    duplicates: ["1 up: 1_a.sql, 1a.sql"],
  },
  {
    layout: "goose",
    what: "refuses a section whose last statement has no semicolon",
    files: {
      "1_a.sql": "-- +goose Up\nA\n-- +goose Down\na;\n  -- the end\n",
      "2_b.sql": "-- +goose Up\nB; /* the end */\n",
    },
    migrations: [
      "1_a | wrapped statements A | wrapped statements a;\n  -- the end",
      "2_b | wrapped statements B; /* the end */ | -",
    ],
    malformed: [
      "no semicolon ends the last line of SQL, and the runner refuses the file",
      "no semicolon ends the last line of SQL, and the runner refuses the file",
    ],
  },
  {
    layout: "sql-migrate",
    what: "takes what is no comment to it for a statement, and refuses one without a semicolon",
    files: {
      "1-a.sql": "-- +migrate Up\nA;\n  -- the end\n",
      "2-b.sql": "-- +migrate Up\n-- +migrate StatementBegin\nB\n-- +migrate StatementEnd\n-- the end\n",
      "3-c.sql": "-- +migrate Up notransaction;\nC\n;\n-- +migrate Down\nc",
    },
    migrations: [
      "1-a | wrapped statements A;\n  -- the end | -",
      "2-b | wrapped statements -- +migrate StatementBegin\nB\n-- +migrate StatementEnd\n-- the end | -",
      "3-c | wrapped statements C\n; | wrapped statements c",
    ],
    malformed: [
      "the runner takes this comment for a statement without a semicolon, and refuses the file",
      "no semicolon ends the last line of SQL, and the runner refuses the file",
    ],
  },
  {
    layout: "sql-migrate",
    what: "knows its fences as they are spelt",
    files: {
      "1-a.sql":
        "-- +migrate Up\n-- +migrate statementbegin\nCREATE FUNCTION f() AS $$\n  A;\n$$;\n-- +migrate statementend\n",
    },
    migrations: [
      "1-a | wrapped statements -- +migrate statementbegin\nCREATE FUNCTION f() AS $$\n  A;\n$$;\n-- +migrate statementend | -",
    ],
    malformed: ["the runner cuts this statement at a semicolon inside of it, and sends it in parts"],
  },
  {
    layout: "dbmate",
    what: "refuses a block comment above the up, and reads its options as words",
    files: {
      "1_a.sql":
        "/* about a */\n-- migrate:up transaction:false;\nA\n-- migrate:down\ttransaction:false x\na",
    },
    migrations: ["1_a | wrapped whole A | whole a"],
    malformed: ["a block comment above -- migrate:up is refused"],
  },
  {
    layout: "dbmate",
    what: "does not see the mark behind a byte order mark",
    files: { "1_a.sql": "\uFEFF-- migrate:up\nA\n-- migrate:down\na" },
    migrations: ["1_a | wrapped whole A | wrapped whole a"],
    malformed: [
      "a byte order mark stands before this line, so that the runner does not see it for what it is",
    ],
  },
  {
    layout: "sql-migrate",
    what: "minds a byte order mark only in front of a mark",
    files: {
      "1-a.sql": "\uFEFF-- about a\n-- +migrate Up\nA;",
      "2-b.sql": "\uFEFF-- +migrate Up\nB;\n-- +migrate Down\nb;",
    },
    migrations: ["1-a | wrapped statements A; | -", "2-b | wrapped statements B; | wrapped statements b;"],
    malformed: [
      "a byte order mark stands before this line, so that the runner does not see it for what it is",
    ],
  },
  {
    layout: "node-pg-migrate",
    what: "tells files by their names, which begin with a number",
    files: {
      "20200913122640002_d.sql": "D;",
      "1600000000001.SQL": "C;",
      "1600000000000b.sql": "B;",
      "1600000000000_a.sql": "A;",
      "seed.sql": "",
    },
    migrations: [
      "1600000000000_a | wrapped whole A; | -",
      "1600000000000b | wrapped whole B; | -",
      "1600000000001 | wrapped whole C; | -",
      "20200913122640002_d | wrapped whole D; | -",
    ],
    ignored: [
      "seed.sql: its name does not begin with a number, and with such a file it runs none of the folder",
    ],
  },
  {
    layout: "node-pg-migrate",
    what: "takes the first mark of each direction",
    files: { "1_a.sql": "-- Up Migration\nA;\n-- Down Migration\na;\n-- Up Migration\nB;" },
    migrations: ["1_a | wrapped whole A; | wrapped whole a;\n-- Up Migration\nB;"],
  },
];

describe("layouts", () => {
  it.each(cases)("$layout $what", ({ layout, files, migrations, ...expected }) => {
    const reading = read(layout, files);
    expect(reading.migrations).toEqual(migrations);
    expect(reading.ignored).toEqual(expected.ignored ?? []);
    expect(reading.malformed).toEqual(expected.malformed ?? []);
    expect(reading.duplicates).toEqual(expected.duplicates ?? []);
  });

  it.each(Object.keys(layouts))("%s reads back the files that it composes", (name) => {
    const layout = layouts[name];
    const version = name === "flyway" ? "7" : "20240131120000";
    const composed = layout?.compose(version, "add_users", { up: "SELECT 1;\n", down: "SELECT 2;\n" }) ?? [];
    const { migrations, ignored } = read(
      name,
      Object.fromEntries(composed.map((file) => [file.name, file.text])),
    );
    expect(ignored).toEqual([]);
    expect(migrations).toHaveLength(1);
    expect(migrations[0]).toContain("SELECT 1;");
    if (layout?.downs !== "none") expect(migrations[0]).toContain("SELECT 2;");
  });

  it("dbmate's files have the mark of the down also where there is none", () => {
    const [file] = layouts.dbmate?.compose("1", "a", { up: "SELECT 1;\n" }) ?? [];
    expect(file?.text).toBe("-- migrate:up\nSELECT 1;\n\n-- migrate:down\n");
  });
});

function read(name: string, files: Readonly<Record<string, string>>) {
  const layout = layouts[name];
  if (!layout) throw new Error(`no layout ${name}`);
  const raw = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const reading = readMigrations("", raw, layout);
  return {
    migrations: reading.migrations.map(({ name, up, down }) => `${name} | ${sql(up)} | ${sql(down)}`),
    ignored: reading.ignored.map((it) => `${it.name}: ${it.reason}`),
    malformed: (reading.malformed ?? []).map((it) => it.message),
    duplicates: reading.duplicates.map(
      (it) => `${it.key} ${it.direction}: ${it.files.map((file) => file.path).join(", ")}`,
    ),
  };
}

type Read = ReturnType<typeof readMigrations>["migrations"][number];

function sql(script: Read["up"]): string {
  if (!script) return "-";
  const { execution, file, start, end } = script;
  return `${execution.wrapped ? "wrapped " : ""}${execution.send} ${file.text.slice(start, end).trim()}`;
}
