import { beforeAll, describe, expect, it } from "vitest";
import { downEdits } from "#core/author/down/down-edits.ts";
import { applyEdits } from "#core/lint/apply-fixes.ts";
import { loadParser } from "#core/sql/parse.ts";
import { readLayout } from "../../../support/read-layout.ts";

interface Case {
  readonly layout: string;
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly sql?: string;
  /** What differs afterwards; or why nothing is written. */
  readonly after: Readonly<Record<string, string>> | RegExp;
}

const cases: readonly Case[] = [
  {
    layout: "golang-migrate",
    what: "makes the missing file",
    files: { "1_a.up.sql": "up" },
    after: { "1_a.down.sql": "DROP x;\n" },
  },
  {
    layout: "golang-migrate",
    what: "fills a down of comments and keeps them",
    files: { "1_a.up.sql": "up", "1_a.down.sql": "-- later\n" },
    after: { "1_a.down.sql": "-- later\nDROP x;\n" },
  },
  {
    layout: "golang-migrate",
    what: "ends lines as the up does, but not in a body",
    files: { "1_a.up.sql": "A;\r\nB;\r\n" },
    sql: "DROP x;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\nSELECT 1\n$$;\n",
    after: {
      "1_a.down.sql": "DROP x;\r\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\nSELECT 1\n$$;\r\n",
    },
  },
  {
    layout: "goose",
    what: "ends lines as the file does",
    files: { "1_a.sql": "-- +goose Up\r\nA;" },
    after: { "1_a.sql": "-- +goose Up\r\nA;\r\n\r\n-- +goose Down\r\nDROP x;\r\n" },
  },
  {
    layout: "golang-migrate",
    what: "leaves a down with statements alone",
    files: { "1_a.up.sql": "up", "1_a.down.sql": "DROP y;" },
    after: /has a down already/,
  },
  {
    layout: "goose",
    what: "adds the section, with fences where semicolons are inside",
    files: { "1_a.sql": "-- +goose Up\nA;" },
    sql: "DROP x;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n",
    after: {
      "1_a.sql":
        "-- +goose Up\nA;\n\n-- +goose Down\nDROP x;\n-- +goose StatementBegin\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n-- +goose StatementEnd\n",
    },
  },
  {
    layout: "dbmate",
    what: "fills the empty section",
    files: { "1_a.sql": "-- migrate:up\nA;\n\n-- migrate:down" },
    after: { "1_a.sql": "-- migrate:up\nA;\n\n-- migrate:down\nDROP x;\n" },
  },
  {
    layout: "diesel",
    what: "makes down.sql in the folder",
    files: { "2024-01-01-000000_a/up.sql": "up" },
    after: { "2024-01-01-000000_a/down.sql": "DROP x;\n" },
  },
  {
    layout: "flyway",
    what: "makes the undo",
    files: { "V1.2__a.sql": "up" },
    after: { "U1.2__a.sql": "DROP x;\n" },
  },
  {
    layout: "ory",
    what: "keeps the dialect",
    files: { "1_a.postgres.up.sql": "up" },
    after: { "1_a.postgres.down.sql": "DROP x;\n" },
  },
  {
    layout: "sqlx",
    what: "beside a simple migration none can stand",
    files: { "1_a.sql": "up" },
    after: /simple/,
  },
  {
    layout: "sqlx",
    what: "tells that it runs outside of a transaction",
    files: { "1_a.up.sql": "up" },
    sql: "DROP INDEX CONCURRENTLY i;\n",
    after: { "1_a.down.sql": "-- no-transaction\nDROP INDEX CONCURRENTLY i;\n" },
  },
  {
    layout: "sqlx",
    what: "tells so above comments that are there",
    files: { "1_a.up.sql": "up", "1_a.down.sql": "-- later\n" },
    sql: "DROP INDEX CONCURRENTLY i;\n",
    after: { "1_a.down.sql": "-- no-transaction\n-- later\nDROP INDEX CONCURRENTLY i;\n" },
  },
  {
    layout: "dbmate",
    what: "tells so on a mark that is there",
    files: { "1_a.sql": "-- migrate:up\nA;\n-- migrate:down\n\n" },
    sql: "DROP INDEX CONCURRENTLY i;\n",
    after: {
      "1_a.sql": "-- migrate:up\nA;\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\n",
    },
  },
  {
    layout: "sql-migrate",
    what: "tells so on a new mark",
    files: { "1_a.sql": "-- +migrate Up notransaction\nA;\n" },
    sql: "DROP INDEX CONCURRENTLY i;\n",
    after: {
      "1_a.sql":
        "-- +migrate Up notransaction\nA;\n\n-- +migrate Down notransaction\nDROP INDEX CONCURRENTLY i;\n",
    },
  },
  {
    layout: "goose",
    what: "tells so of the whole file, once",
    files: { "1_a.sql": "-- +goose Up\nA;\n" },
    sql: "DROP INDEX CONCURRENTLY i;\n",
    after: {
      "1_a.sql": "-- +goose NO TRANSACTION\n-- +goose Up\nA;\n\n-- +goose Down\nDROP INDEX CONCURRENTLY i;\n",
    },
  },
  {
    layout: "diesel",
    what: "tells so beside it",
    files: { "1_a/up.sql": "up" },
    sql: "DROP INDEX CONCURRENTLY i;\n",
    after: {
      "1_a/down.sql": "DROP INDEX CONCURRENTLY i;\n",
      "1_a/metadata.toml": "run_in_transaction = false\n",
    },
  },
  {
    layout: "flyway",
    what: "tells so only where Flyway does not see it",
    files: { "r/V1__a.sql": "up" },
    sql: "DROP INDEX CONCURRENTLY i;\nDROP TABLE t;\n",
    after: {
      "r/U1__a.sql": "DROP INDEX CONCURRENTLY i;\nDROP TABLE t;\n",
      "r/U1__a.sql.conf": "executeInTransaction=false\n",
    },
  },
  {
    layout: "node-pg-migrate",
    what: "marks the up, too, without which it would be a part of that",
    files: { "1_a.sql": "A;" },
    after: { "1_a.sql": "-- Up Migration\nA;\n\n-- Down Migration\nDROP x;\n" },
  },
  {
    layout: "supabase",
    what: "has no place for it",
    files: { "1_a.sql": "up" },
    after: /supabase knows no down/,
  },
];

beforeAll(loadParser);

describe("downEdits", () => {
  it.each(cases)("$layout: $what", ({ layout, files, sql = "DROP x;\n", after }) => {
    const reading = readLayout(layout, files);
    const [migration] = reading.migrations;
    if (!migration) throw new Error("no migration");
    const result = downEdits(reading.layout, migration, sql);
    if (after instanceof RegExp) {
      expect(result).toMatchObject({ ok: false, problem: expect.stringMatching(after) });
      return;
    }
    if (!result.ok) throw new Error(result.problem);
    const before = new Map(reading.files.map(({ file }) => [file.path, file.text]));
    const changed = [...applyEdits(before, result.edits)].filter(([path, text]) => before.get(path) !== text);
    expect(Object.fromEntries(changed.map(([path, text]) => [path.slice(2), text]))).toEqual(after);
    const again = readLayout(layout, { ...files, ...after });
    expect(again.migrations).toHaveLength(1);
    expect(again.migrations[0]?.down).toBeDefined();
  });
});
