import { describe, expect, test } from "vitest";
import { parseConfig } from "#core/config/parse-config.ts";

const rules = ["down-order", "missing-down"];

describe("a configuration file", () => {
  test("sets values, with comments and trailing commas", () => {
    const text = `{
      // where they are
      "$schema": "./schema.json",
      "migrations": "db/migrations",
      "postgres": 16,
      "rules": { "down-order": "off", "missing-down": "warning", },
    }`;
    expect(parseConfig(text, rules)).toEqual({
      values: {
        migrations: "db/migrations",
        postgres: 16,
        rules: { "down-order": "off", "missing-down": "warning" },
      },
      problems: [],
    });
  });

  test("says what rules are in some files only", () => {
    const text = '{ "overrides": [{ "paths": ["2019*"], "rules": { "down-order": "off" } }] }';
    expect(parseConfig(text, rules)).toEqual({
      values: { overrides: [{ paths: ["2019*"], rules: { "down-order": "off" } }] },
      problems: [],
    });
  });

  test("takes their paths as the configuration sees the files, too", () => {
    const off = { "down-order": "off" };
    const paths = (glob: string, migrations = "db/migrations") => {
      const text = JSON.stringify({ migrations, overrides: [{ paths: [glob], rules: off }] });
      return parseConfig(text, rules).values.overrides?.[0]?.paths;
    };
    expect(paths("2019*")).toEqual(["2019*"]);
    expect(paths("db/migrations/2019*")).toEqual(["db/migrations/2019*", "2019*"]);
    expect(paths("./db/migrations/2019*", "./db/migrations/")).toEqual(["./db/migrations/2019*", "2019*"]);
    expect(paths("db/migrations_old/2019*")).toEqual(["db/migrations_old/2019*"]);
  });

  test.each<[name: string, text: string, problem: string, line: number, column: number]>([
    ["unknown key", '{\n  "polstgres": 16\n}', 'unknown key "polstgres": did you mean "postgres"?', 2, 3],
    [
      "other spelling of a key",
      '{ "fail-on": "error" }',
      'unknown key "fail-on": did you mean "failOn"?',
      1,
      3,
    ],
    ["key that is like nothing", '{ "zzzzzzzzzz": 1 }', 'unknown key "zzzzzzzzzz"', 1, 3],
    ["flag that is no key", '{ "base": "main" }', 'unknown key "base": it is the flag --base', 1, 3],
    [
      "number outside of the choice",
      '{ "postgres": 14 }',
      '"postgres" wants 15, 16, 17 or 18, not 14; rules can judge for an older one: "target": 14',
      1,
      15,
    ],
    [
      "text instead of a number",
      '{ "postgres": "16" }',
      '"postgres" wants 15, 16, 17 or 18, not "16"',
      1,
      15,
    ],
    [
      "number outside of its range",
      '{ "timeout": 0 }',
      '"timeout" wants a number from 1 to 86400, not 0',
      1,
      14,
    ],
    ["empty text", '{ "migrations": "" }', '"migrations" wants a text, not ""', 1, 17],
    [
      "unknown rule",
      '{\n  "rules": { "down-ordre": "off" } }',
      'unknown rule "down-ordre": did you mean "down-order"?',
      2,
      14,
    ],
    [
      "unknown severity",
      '{ "rules": { "down-order": "fatal" } }',
      'a rule is off, error, warning or info, not "fatal"',
      1,
      28,
    ],
    ["rules that are a list", '{ "rules": [] }', '"rules" wants an object of rule names, not []', 1, 12],
    ["a key given twice", '{ "postgres": 16,\n"postgres": 17 }', '"postgres" stands here twice', 2, 1],
    ["number above the choice", '{ "postgres": 19 }', '"postgres" wants 15, 16, 17 or 18, not 19', 1, 15],
    ["an end that is missing", '{ "postgres": 16,\n', "property name expected", 2, 1],
    [
      "YAML",
      "# ours\nmigrations: db\n",
      'the configuration is one object: { "migrations": "db/migrations" }',
      1,
      1,
    ],
    ["single quotes", "{ 'postgres': 16 }", "keys and texts stand in double quotes", 1, 3],
    ["no quotes", "{ postgres: 16, timeout: 5 }", "keys and texts stand in double quotes", 1, 3],
    ["Python's words", '{ "locks": True }', "true and false are written in small letters", 1, 12],
    ["what is left behind it", '{ "locks": true } }', "nothing but a comment may follow the object", 1, 19],
    [
      "a flag that is in no table",
      '{ "format": "json" }',
      'unknown key "format": it is the flag --format',
      1,
      3,
    ],
    ["half a server", '{ "jobs": 1.5 }', '"jobs" wants a whole number from 1 to 64, not 1.5', 1, 11],
    ["a version as a number", '{ "startAfter": 12 }', '"startAfter" wants a text, not 12: "12"', 1, 17],
    [
      "several folders",
      '{ "migrations": ["a", "b"] }',
      '"migrations" wants a text, not ["a","b"]: a run looks at one, and each folder may have a switchback.jsonc of its own',
      1,
      17,
    ],
    ["a missing comma", '{ "postgres": 16 "timeout": 5 }', "comma expected", 1, 18],
    ["a list", "[]", 'the configuration is one object: { "migrations": "db/migrations" }', 1, 1],
    [
      "an override without files",
      '{ "overrides": [{ "rules": {} }] }',
      'an override names its files: "paths": ["2019*.up.sql"]',
      1,
      17,
    ],
    [
      "an override without rules",
      '{ "overrides": [{ "paths": ["a*"] }] }',
      'an override says what changes: "rules": { "drop-column": "off" }',
      1,
      17,
    ],
    [
      "a misspelt key of an override",
      '{ "overrides": [{ "path": ["a"], "paths": ["a"], "rules": {} }] }',
      'unknown key "path": did you mean "paths"?',
      1,
      19,
    ],
    [
      "a misspelt rule of an override",
      '{ "overrides": [{ "paths": ["a"], "rules": { "down-ordr": "off" } }] }',
      'unknown rule "down-ordr": did you mean "down-order"?',
      1,
      46,
    ],
    [
      "overrides that are no list",
      '{ "overrides": {} }',
      '"overrides" wants a list of { "paths": […], "rules": {…} }, not {}',
      1,
      16,
    ],
    ["a prototype as key", '{ "__proto__": {} }', 'unknown key "__proto__"', 1, 3],
  ])("says what is wrong with %s", (_, text, message, line, column) => {
    expect(parseConfig(text, rules).problems).toEqual([{ message, position: { line, column } }]);
  });

  test("counts lines of every kind of line end", () => {
    expect(parseConfig('{\r\n\r\n"a": 1}', rules).problems[0]?.position).toEqual({ line: 3, column: 1 });
  });

  test("may be empty", () => {
    expect(parseConfig("", rules)).toEqual({ values: {}, problems: [] });
    expect(parseConfig("// nothing yet\n", rules)).toEqual({ values: {}, problems: [] });
  });

  test("names every problem, not only the first", () => {
    expect(parseConfig('{ "a": 1, "b": 2, "postgres": 3 }', rules).problems).toHaveLength(3);
  });
});
