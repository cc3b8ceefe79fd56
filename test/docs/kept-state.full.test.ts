import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packedPackage } from "../support/packed-package.ts";

/** The caches of docs/guides/big-repositories.md: the folder that CI carries from one machine to the next is of use there. */

const folder = mkdtempSync(join(tmpdir(), "switchback-kept-"));
const migrations = join(folder, "migrations");
let command: string;

beforeAll(async () => {
  command = join((await packedPackage()).project, "node_modules/.bin/switchback");
  mkdirSync(migrations);
  // Getting there has to take longer than fetching it does.
  write("000001_slow", "CREATE TABLE a (id bigint PRIMARY KEY);\nSELECT pg_sleep(2.5);\n", "DROP TABLE a;\n");
  write("000002_last", "ALTER TABLE a ADD COLUMN b text;\n", "ALTER TABLE a DROP COLUMN b;\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("what one machine kept, another one starts from", () => {
  prove("first");
  const [name = ""] = kept("first");
  cpSync(join(folder, "first/.cache"), join(folder, "second/.cache"), { recursive: true });
  const state = join(folder, "second/.cache/switchback/baselines-pglite", name);
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
  utimesSync(state, yesterday, yesterday);

  prove("second");
  expect(kept("second")).toEqual([name]);
  // It is touched by whoever starts from it.
  expect(statSync(state).mtime.getTime()).toBeGreaterThan(yesterday.getTime());
});

/** On PGlite, which keeps its states at home whoever runs it. */
function prove(home: string): void {
  const HOME = join(folder, home);
  mkdirSync(HOME, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    command,
    ["roundtrip", migrations, "--last", "1", "--engine", "pglite"],
    { encoding: "utf8", env: { PATH: process.env.PATH, HOME } },
  );
  expect(status, `${stdout}${stderr}`).toBe(0);
}

function kept(home: string): string[] {
  return readdirSync(join(folder, home, ".cache/switchback/baselines-pglite"));
}

function write(name: string, up: string, down: string): void {
  writeFileSync(join(migrations, `${name}.up.sql`), up);
  writeFileSync(join(migrations, `${name}.down.sql`), down);
}
