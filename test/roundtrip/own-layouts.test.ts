import { afterAll, describe, expect, it } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { readLayout } from "../support/read-layout.ts";
import { EngineHolder } from "./engine-holder.ts";

/** What no real folder at hand shows of a layout: its transactions and sections, run. */
const cases: readonly {
  readonly layout: string;
  readonly files: Readonly<Record<string, string>>;
  readonly verdicts: readonly string[];
}[] = [
  {
    layout: "node-pg-migrate",
    files: {
      "1706700000000_add-users.sql":
        "-- Up Migration\nCREATE TABLE users (id bigint PRIMARY KEY);\n-- Down Migration\nDROP TABLE users;\n",
      // Each section is one transaction.
      "1706700000001_index.sql":
        "-- Up Migration\nCREATE INDEX CONCURRENTLY users_idx ON users (id);\n-- Down Migration\nDROP INDEX users_idx;\n",
      "1706700000002_left.sql":
        "-- Up Migration\nALTER TABLE users ADD COLUMN name text;\n-- Down Migration\nSELECT 1;\n",
    },
    // The column is left, so that the up cannot run again.
    verdicts: ["reversible", "up-failed 25001", "drift 42701"],
  },
  {
    layout: "ory",
    files: {
      "20240101000000_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
      "20240101000000_users.down.sql": "DROP TABLE users;",
      "20240102000000_name.mysql.up.sql": "ALTER TABLE `users` ADD `name` varchar(64);",
      "20240102000000_name.postgres.up.sql": "ALTER TABLE users ADD COLUMN name text;",
      "20240102000000_name.down.sql": "ALTER TABLE users DROP COLUMN name;",
      "20240103000000_index.postgres.autocommit.up.sql": "CREATE INDEX CONCURRENTLY users_idx ON users (id);",
      "20240103000000_index.postgres.autocommit.down.sql": "DROP INDEX CONCURRENTLY users_idx;",
    },
    verdicts: ["reversible", "reversible", "reversible"],
  },
  {
    // One line is one query, and what stands between StatementBegin and StatementEnd: several statements of it are one
    // transaction.
    layout: "goose",
    files: {
      "00001_a.sql": "-- +goose Up\nCREATE TABLE a (b int, c int);\n-- +goose Down\nDROP TABLE a;\n",
      "00002_lines.sql":
        "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON a (b);\nCREATE INDEX CONCURRENTLY j ON a (c);\n-- +goose Down\nDROP INDEX i, j;\n",
      "00003_line.sql":
        "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY k ON a (b); CREATE INDEX CONCURRENTLY l ON a (c);\n-- +goose Down\nDROP INDEX k, l;\n",
      "00004_fence.sql":
        "-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\nALTER TABLE a ADD d int;\nCREATE INDEX CONCURRENTLY m ON a (d);\n-- +goose StatementEnd\n-- +goose Down\nALTER TABLE a DROP d;\n",
    },
    verdicts: ["reversible", "reversible", "up-failed 25001", "up-failed 25001"],
  },
  {
    layout: "flyway",
    files: {
      "V1__a.sql": "CREATE TABLE a (b int);",
      "U1__a.sql": "DROP TABLE a;",
      "releases/V2__own.sql":
        "BEGIN;\nALTER TABLE a ADD c int;\nCOMMIT;\nALTER TABLE a ALTER c TYPE text COLLATE nowhere;",
      "releases/V2__own.sql.conf": "executeInTransaction=false\n",
      "U2__own.sql": "ALTER TABLE a DROP c;",
    },
    verdicts: ["reversible", "up-failed 42704"],
  },
  {
    // goose refuses the first file; what builds on it is proved all the same.
    layout: "goose",
    files: {
      "00001_a.sql": "-- +goose Down\nDROP TABLE a;\n-- +goose Up\nCREATE TABLE a ();\n",
      "00002_b.sql": "-- +goose Up\nALTER TABLE a ADD b int;\n-- +goose Down\nALTER TABLE a DROP b;\n",
    },
    verdicts: ["up-failed", "reversible"],
  },
  {
    // goose would send the function in three parts.
    layout: "goose",
    files: {
      "00001_f.sql":
        "-- +goose Up\nCREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN\n  RETURN 1;\nEND; $$;\n-- +goose Down\nDROP FUNCTION f();\n",
    },
    verdicts: ["up-failed"],
  },
  {
    // dbmate wants the mark of the down, with or without SQL below it.
    layout: "dbmate",
    files: {
      "1_a.sql": "-- migrate:up\nCREATE TABLE a ();\n",
      "2_b.sql": "-- migrate:up\nALTER TABLE a ADD b int;\n-- migrate:down\nALTER TABLE a DROP b;\n",
    },
    verdicts: ["up-failed", "reversible"],
  },
  {
    // The script ends the transaction of a runner whose driver minds; one that it begins in its place will do.
    layout: "dbmate",
    files: {
      "1_a.sql": "-- migrate:up\nBEGIN;\nCREATE TABLE a ();\nCOMMIT;\n-- migrate:down\nDROP TABLE a;\n",
      "2_b.sql":
        "-- migrate:up\nCREATE TABLE b ();\nCOMMIT;\nBEGIN;\nSELECT 1;\n-- migrate:down\nDROP TABLE b;\n",
    },
    verdicts: ["up-failed 25P01", "reversible"],
  },
  {
    layout: "node-pg-migrate",
    files: {
      "1_a.sql": "-- Up Migration\nBEGIN;\nCREATE TABLE a ();\nCOMMIT;\n-- Down Migration\nDROP TABLE a;\n",
    },
    verdicts: ["reversible"],
  },
  {
    // What pg_dump writes hides the runner's own table; dbmate looks into the first schema of the path.
    layout: "sqlx",
    files: {
      "1_a.sql": "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a ();\n",
      "2_b.sql": "SET search_path = pg_temp, public;\nCREATE TABLE public.b ();\n",
      "3_c.sql": "CREATE SCHEMA c;\nSET LOCAL search_path = c;\nCREATE TABLE c ();\nRESET search_path;\n",
    },
    verdicts: ["up-failed 42P01", "irreversible", "irreversible"],
  },
  {
    layout: "dbmate",
    files: {
      "1_a.sql":
        "-- migrate:up\nSELECT pg_catalog.set_config('search_path', '', false);\n-- migrate:down\nSELECT 1;\n",
      "2_b.sql":
        "-- migrate:up\nCREATE SCHEMA b;\nSET search_path = b, public;\n-- migrate:down\nDROP SCHEMA b;\n",
    },
    verdicts: ["reversible", "up-failed 42P01"],
  },
  {
    // sql-migrate takes sections in any order, and never runs what stands above them.
    layout: "sql-migrate",
    files: {
      "1-a.sql": "SELECT 1/0;\n-- +migrate Down\nDROP TABLE a;\n-- +migrate Up\nCREATE TABLE a ();\n",
    },
    verdicts: ["reversible"],
  },
];

describe("small folders of other layouts", () => {
  const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
  afterAll(() => engines.stop());

  it.each(cases)("$layout", async ({ layout, files, verdicts }) => {
    const found: string[] = [];
    for await (const { verdict, phases } of proveMigrations({
      migrations: readLayout(layout, files).migrations,
      layout,
      engine: await engines.current(),
      reopen: engines.reopen,
      timeoutMs: 30_000,
    })) {
      const sqlstate = phases.find(({ error }) => error)?.error?.sqlstate;
      found.push(sqlstate ? `${verdict.status} ${sqlstate}` : verdict.status);
    }
    expect(found).toEqual(verdicts);
  });

  it("names the statement that a runner sent last, also where it cannot be tried in a transaction", async () => {
    const file =
      "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE a (b int);\nCREATE INDEX CONCURRENTLY i ON a (b);\nCREATE INDEX CONCURRENTLY i ON a (b);\n-- +goose Down\nDROP TABLE a;\n";
    const proof = proveMigrations({
      migrations: readLayout("goose", { "00001_a.sql": file }).migrations,
      layout: "goose",
      engine: await engines.current(),
      reopen: engines.reopen,
      timeoutMs: 30_000,
    });
    const errors: unknown[] = [];
    for await (const { phases } of proof) errors.push(...phases.map(({ error }) => error));
    expect(errors).toMatchObject([{ sqlstate: "42P07", range: { start: { line: 5, column: 1 } } }]);
  });
});
