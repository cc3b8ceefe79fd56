import { expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import { readLayout } from "../../support/read-layout.ts";

/** COMMIT in a runner's transaction: some runners fail at it, others are only misled. */

it.each([
  ["dbmate", "-- migrate:up\nBEGIN;\nSELECT 1;\nCOMMIT;\n-- migrate:down\n", ["warning", "error"]],
  ["dbmate", "-- migrate:up\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\n-- migrate:down\n", ["warning"]],
  ["dbmate", "-- migrate:up transaction:false\nBEGIN;\nSELECT 1;\nCOMMIT;\n-- migrate:down\n", []],
  ["sql-migrate", "-- +migrate Up\nSELECT 1;\nROLLBACK;\n", ["error"]],
  ["node-pg-migrate", "-- Up Migration\nSELECT 1;\nCOMMIT;\n", ["warning"]],
])("%s %j", async (layout, text, severities) => {
  const folder = readLayout(layout, { "1_a.sql": text });
  const { findings } = await lint({ folder, preset: "recommended", rules: {}, postgres: 18 });
  const said = findings.filter(({ rule }) => rule === "nested-transaction");
  expect(said.map(({ severity }) => severity)).toEqual(severities);
});
