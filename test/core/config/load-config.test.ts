import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "#core/config/load-config.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchback-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const noRules = async () => [];

test("is found in a parent folder, and its paths start there", async () => {
  mkdirSync(join(folder, "a/b"), { recursive: true });
  mkdirSync(join(folder, ".git"));
  writeFileSync(
    join(folder, "switchback.jsonc"),
    '{ "migrations": "db", "prelude": "db/pre.sql", "layout": "golang-migrate" }',
  );
  expect(await loadConfig(join(folder, "a/b"), undefined, noRules)).toEqual({
    ok: true,
    file: join(folder, "switchback.jsonc"),
    values: {
      migrations: join(folder, "db"),
      prelude: join(folder, "db/pre.sql"),
      layout: "golang-migrate",
    },
  });
});

test("is not looked for outside of the repository", async () => {
  mkdirSync(join(folder, "repository/.git"), { recursive: true });
  writeFileSync(join(folder, "switchback.jsonc"), "{}");
  expect(await loadConfig(join(folder, "repository"), undefined, noRules)).toEqual({ ok: true, values: {} });
});

test("problems carry file, line and column", async () => {
  writeFileSync(join(folder, "own.jsonc"), '{\n  "postgre": 16\n}');
  expect(await loadConfig(folder, "own.jsonc", noRules)).toEqual({
    ok: false,
    problems: ['own.jsonc:2:3: unknown key "postgre": did you mean "postgres"?'],
    file: join(folder, "own.jsonc"),
    positions: [{ line: 2, column: 3 }],
  });
});

test("a byte order mark is none of its text", async () => {
  writeFileSync(join(folder, "own.jsonc"), '\ufeff{ "migrations": "db" }');
  expect(await loadConfig(folder, "own.jsonc", noRules)).toMatchObject({
    ok: true,
    values: { migrations: join(folder, "db") },
  });
});

test("a file that was asked for must exist", async () => {
  expect(await loadConfig(folder, "absent.jsonc", noRules)).toEqual({
    ok: false,
    problems: ["absent.jsonc: there is no such file"],
    file: join(folder, "absent.jsonc"),
    positions: [],
  });
});
