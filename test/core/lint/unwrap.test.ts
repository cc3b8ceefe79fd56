import { expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import { readLayout } from "../../support/read-layout.ts";

/** CONCURRENTLY in a runner's transaction: what the finding tells to do is what the runner understands. */

const index = "CREATE INDEX CONCURRENTLY i ON users (name);\n";
const drop = "DROP INDEX CONCURRENTLY i;\n";

async function said(
  layout: string,
  files: Readonly<Record<string, string>>,
): Promise<(string | undefined)[]> {
  const folder = readLayout(layout, files);
  const { findings } = await lint({ folder, preset: "all", rules: {}, postgres: 18 });
  return findings.flatMap(({ rule, help }) => (rule === "concurrently-in-transaction" ? [help] : []));
}

it.each([
  [
    "goose",
    { "1_i.sql": `-- +goose Up\n${index}-- +goose Down\n${drop}` },
    { "1_i.sql": `-- +goose NO TRANSACTION\n-- +goose Up\n${index}-- +goose Down\n${drop}` },
    "begin the file with\n  -- +goose NO TRANSACTION",
  ],
  [
    "sql-migrate",
    { "1_i.sql": `-- +migrate Up\n${index}-- +migrate Down\nSELECT 1;\n` },
    { "1_i.sql": `-- +migrate Up notransaction\n${index}-- +migrate Down\nSELECT 1;\n` },
    "mark it with\n  -- +migrate Up notransaction",
  ],
  [
    "dbmate",
    { "1_i.sql": `-- migrate:up\n${index}-- migrate:down\nSELECT 1;\n` },
    { "1_i.sql": `-- migrate:up transaction:false\n${index}-- migrate:down\nSELECT 1;\n` },
    "mark it with\n  -- migrate:up transaction:false",
  ],
  [
    "sqlx",
    { "1_i.up.sql": index },
    { "1_i.up.sql": `-- no-transaction\n${index}` },
    "begin the file with\n  -- no-transaction",
  ],
  [
    "diesel",
    { "1_i/up.sql": index },
    { "1_i/up.sql": index, "1_i/metadata.toml": "run_in_transaction = false\n" },
    "write into metadata.toml beside it\n  run_in_transaction = false",
  ],
  [
    "ory",
    { "1_i.up.sql": index },
    { "1_i.autocommit.up.sql": index },
    "put .autocommit into its name, before .up.sql and .down.sql",
  ],
])("%s", async (layout, wrapped, told, help) => {
  const helps = await said(layout, wrapped as Record<string, string>);
  expect(new Set(helps)).toEqual(new Set([help]));
  expect(await said(layout, told as Record<string, string>)).toEqual([]);
});

it.each([
  ["goose", `-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1; ${index}`],
  [
    "sql-migrate",
    `-- +migrate Up notransaction\n-- +migrate StatementBegin\nSELECT 1;\n${index}-- +migrate StatementEnd\n`,
  ],
])("%s sends some statements together", async (layout, text) => {
  expect(await said(layout, { "1_i.sql": text })).toEqual([
    "give it a line of its own, outside of StatementBegin and StatementEnd",
  ]);
});

it("dbmate's mark is written anew where its option says nothing", async () => {
  const text = `--migrate:up transaction: false\n${index}-- migrate:down\nSELECT 1;\n`;
  expect(await said("dbmate", { "1_i.sql": text })).toEqual([
    "mark it with\n  --migrate:up transaction:false",
  ]);
});

it.each([
  ["supabase", "2_i.sql"],
  ["flyway", "V2__i.sql"],
])("%s needs no word for CONCURRENTLY", async (layout, name) => {
  const table = name.replace("2", "1");
  const folder = readLayout(layout, {
    [table]: "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n",
    [name]: "CREATE INDEX i ON users (name);\n",
  });
  const { findings } = await lint({ folder, preset: "recommended", rules: {}, postgres: 18 });
  const found = findings.find(({ rule }) => rule === "require-concurrent-index");
  expect(found?.help).toBe(
    "build it without blocking writes\n  CREATE INDEX CONCURRENTLY i ON users (name);",
  );
  expect(found?.fix?.title).toBe("Build with CONCURRENTLY");
});
