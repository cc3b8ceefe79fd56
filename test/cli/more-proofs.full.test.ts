import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { reportSchema } from "#core/report/json-schema.ts";
import { folderWith, switchback } from "./cli.ts";

const files = {
  "migrations/000001_users.up.sql": "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY, name text);\n",
  "migrations/000001_users.down.sql": "DROP TABLE IF EXISTS users;\n",
  "migrations/000002_check.up.sql": "ALTER TABLE users ADD CHECK (name <> '');\n",
  "migrations/000002_check.down.sql": "ALTER TABLE users DROP CONSTRAINT users_name_check;\n",
  "migrations/000003_wide.up.sql": "ALTER TABLE users ALTER id TYPE int;\n",
  "migrations/000003_wide.down.sql": "ALTER TABLE users ALTER id TYPE bigint;\n",
};

interface Json {
  readonly roundTrips: readonly Record<string, unknown>[];
  readonly findings: readonly { readonly rule: string; readonly message: string; readonly help?: string }[];
  readonly walkDown?: {
    readonly to?: string;
    readonly downs: number;
    readonly left: readonly { readonly object: string }[];
  };
}

async function json(args: readonly string[], folder: string): Promise<Json> {
  const { stdout, stderr } = await switchback([...args, "--format", "json"], folder);
  expect(stderr).toBe("");
  const report: unknown = JSON.parse(stdout);
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return report as Json;
}

/** Times differ from run to run. */
function timeless(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report, (key, value) => (key === "ms" || key === "timings" ? 0 : value)));
}

describe("more proofs", () => {
  test("--idempotent names the statement that fails, and what a second run adds", async () => {
    const { findings } = await json(["roundtrip", "--idempotent"], folderWith(files));
    expect(findings.map(({ help }) => help)).toEqual([
      undefined,
      "write IF [NOT] EXISTS or OR REPLACE where the statement has it, else ask the catalog first",
    ]);
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "unsafe-rerun: going up a second time does something more: constraint users.users_name_check1 is left after going up again",
      'unsafe-rerun: going down a second time fails here: constraint "users_name_check" of relation "users" does not exist',
    ]);
  });

  test("--walk-down finds what each down for itself does not leave", async () => {
    const late = {
      ...files,
      "migrations/000004_log.up.sql":
        "CREATE TABLE IF NOT EXISTS log (id int);\nCREATE TABLE IF NOT EXISTS kept (id int);\n",
      "migrations/000004_log.down.sql": "DROP TABLE log;\n",
    };
    const { walkDown } = await json(["roundtrip", "--walk-down"], folderWith(late));
    expect(walkDown).toMatchObject({ downs: 4, left: [{ object: "public.kept" }] });
  });

  test.each([
    [{}, "the fixtures rows hold no .sql file"],
    [{ "rows/1.sql": "", "rows/000001.sql": "" }, "rows/1.sql belongs to the same version as 000001.sql"],
    [{ "rows/4.sql": "" }, "rows/4.sql belongs to no migration"],
  ])("--fixtures that no run would look at are a mistake: %o", async (rows, words) => {
    const folder = folderWith({ ...files, "rows/README.md": "", ...rows });
    const { code, stderr } = await switchback(["roundtrip", "--fixtures", "rows"], folder);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  test("--locks is one line below its migration", async () => {
    const { stdout } = await switchback(["roundtrip", "--locks", "--last", "1"], folderWith(files));
    expect(stdout).toContain("    ACCESS EXCLUSIVE on users, rewrites it\n");
  });

  test("--baseline starts from a dump", async () => {
    const folder = folderWith({
      ...files,
      "schema.sql":
        "\\restrict x\nCREATE TABLE public.users (id bigint PRIMARY KEY, name text CHECK (name <> ''));\n\\unrestrict x\n",
    });
    const asked = ["roundtrip", "--baseline", "schema.sql", "--last", "1", "--walk-down"];
    const { roundTrips, walkDown } = await json(asked, folder);
    expect(roundTrips).toMatchObject([{ version: "000003", status: "reversible" }]);
    expect(walkDown).toMatchObject({ to: "000002", left: [] });
    const all = await switchback(["roundtrip", "--baseline", "schema.sql"], folder);
    expect(all.code).toBe(2);
    expect(all.stdout).toContain("a baseline stands for the migrations before the first that is reported");
  });

  test("--baseline is a dump whatever it is redirected with", async () => {
    const folder = folderWith(files);
    const dump = "\uFEFFCREATE TABLE public.users (id bigint PRIMARY KEY, name text CHECK (name <> ''));\r\n";
    writeFileSync(join(folder, "schema.sql"), Buffer.from(dump, "utf16le"));
    const { roundTrips } = await json(["roundtrip", "--baseline", "schema.sql", "--last", "1"], folder);
    expect(roundTrips).toMatchObject([{ version: "000003", status: "reversible" }]);
  });

  test.each([
    [
      "owners",
      "CREATE TABLE public.users (id bigint);\nALTER TABLE public.users OWNER TO app;\n",
      'schema.sql:2:1: 42704 role "app" does not exist; dump with --no-owner --no-privileges, or make the role in a prelude',
    ],
    [
      "an extension that is not here",
      "CREATE EXTENSION not_here;\n",
      'extension "not_here" is not available; prove on a server that has the extension',
    ],
    ["another format", "PGDMP\u0001\u000e", "schema.sql is an archive of pg_dump: make a plain dump with"],
  ])("--baseline of a dump with %s says how to do without", async (_, dump, words) => {
    const folder = folderWith({ ...files, "schema.sql": dump });
    const { code, stdout } = await switchback(
      ["roundtrip", "--baseline", "schema.sql", "--last", "1"],
      folder,
    );
    expect(code).toBe(2);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(words);
  });

  test("the shards of a folder, merged, are the report of the whole", async () => {
    const folder = folderWith({
      ...files,
      "migrations/000004_kept.up.sql": "CREATE TABLE kept (id int);\n",
      "migrations/000004_kept.down.sql": "SELECT 1;\n",
      "rows/000001.sql": "INSERT INTO userz VALUES (1);\n",
    });
    const asked = ["check", "--locks", "--walk-down", "--with-data", "--fixtures", "rows"];
    const whole = await json(asked, folder);
    const parts = ["2/2", "1/2"];
    for (const part of parts) {
      const output = join(folder, `${part[0]}.json`);
      await switchback([...asked, "--shard", part, "--format", "json", "--output", output], folder);
    }
    const merged = await json(["merge", "2.json", "1.json"], folder);
    expect(timeless(merged)).toEqual(timeless(whole));
    const lone = await switchback(["merge", "1.json"], folder);
    expect(lone).toMatchObject({ code: 2, stderr: "switchback: cannot merge: missing: shard 2/2\n" });
  });
});
