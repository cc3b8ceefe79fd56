import { expect, test } from "vitest";
import { keyInConfig } from "#core/config/key-in-config.ts";

test.each([
  ['{ "migrations": "db" }', 1, 3],
  ['{\n  // ours\n  "migrations": "db", "postgre": 16,\n}', 3, 3],
  ['{\r\n"engine": ,\r\n"migrations": "db" "target": }', 3, 1],
])("a key is found, also in a file that is broken: %j", (text, line, column) => {
  expect(keyInConfig(text, "migrations")).toEqual({ value: "db", position: { line, column } });
});

test.each(["", "[]", "migrations = db", '{ "rules": { "migrations": "off" } }', '{ "migrations"'])(
  "a key that is not there is none: %j",
  (text) => {
    expect(keyInConfig(text, "migrations")).toBeUndefined();
  },
);
