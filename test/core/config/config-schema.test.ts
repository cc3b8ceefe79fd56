import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { configSchema } from "#core/config/config-schema.ts";
import { parseConfig } from "#core/config/parse-config.ts";
import { builtInConfig } from "#core/config/resolve-config.ts";

const rules = [
  { name: "down-order", summary: "Order." },
  { name: "missing-down", summary: "No down." },
];
const validate = new Ajv({ strict: true }).compile(configSchema(rules));
const accepts = (text: string) =>
  parseConfig(
    text,
    rules.map(({ name }) => name),
  ).problems.length === 0;

test("what is built in is a valid configuration", () => {
  expect(validate(builtInConfig), JSON.stringify(validate.errors)).toBe(true);
});

describe("schema and reader agree on", () => {
  test.each([
    { migrations: "db" },
    { migrations: 1 },
    { migrations: "" },
    { postgres: 15 },
    { postgres: 9 },
    { engine: "docker" },
    { engine: "podman" },
    { timeout: 0.5 },
    { timeout: 30 },
    { rules: { "down-order": "off" } },
    { rules: { "down-order": "loud" } },
    { rules: { unknown: "off" } },
    { rules: "off" },
    { $schema: "x" },
    { base: "main" },
    { nonsense: true },
  ])("%j", (config) => {
    expect(validate(config)).toBe(accepts(JSON.stringify(config)));
  });
});
