import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFull, oneInThree } from "../support/in-full.ts";
import { clean, finished, folderWith, start, switchback } from "./cli.ts";

const list = (folder: string) => readdirSync(join(folder, "migrations")).sort();
const text = (folder: string, name: string) => readFileSync(join(folder, "migrations", name), "utf8");

describe("switchback new", () => {
  it("makes the next pair and prints its paths", async () => {
    const folder = folderWith(clean);
    const { code, stdout } = await switchback(["new", "Add user status"], folder);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "migrations/000002_add_user_status.up.sql\nmigrations/000002_add_user_status.down.sql\n",
    });
    expect(text(folder, "000002_add_user_status.up.sql")).toBe("-- Add user status\n\n");
    expect(text(folder, "000002_add_user_status.down.sql")).toBe("-- Undo: add user status\n\n");
  });

  it("fills the up and proposes its down", async () => {
    const folder = folderWith({ ...clean, "up.sql": "ALTER TABLE users ADD COLUMN status text" });
    const { code } = await switchback(["new", "status", "--from", "up.sql"], folder);
    expect(code).toBe(0);
    expect(text(folder, "000002_status.down.sql")).toBe(
      "-- Undo: status\nALTER TABLE users DROP COLUMN IF EXISTS status;\n",
    );
  });

  it("lists it where Drizzle looks", async () => {
    const list =
      '{\n  "version": "7",\n  "dialect": "postgresql",\n  "entries": [\n    {\n      "idx": 0,\n      "tag": "0000_a"\n    }\n  ]\n}\n';
    const folder = folderWith({
      "migrations/0000_a.sql": "CREATE TABLE a (id bigint PRIMARY KEY);\n",
      "migrations/meta/_journal.json": list,
    });
    for (const title of ["b", "c"]) await switchback(["new", title], folder);
    const { version, entries } = JSON.parse(text(folder, "meta/_journal.json")) as {
      version: string;
      entries: { idx: number; tag: string; when?: number }[];
    };
    expect(version).toBe("7");
    expect(entries.map(({ idx, tag }) => [idx, tag])).toEqual([
      [0, "0000_a"],
      [1, "0001_b"],
      [2, "0002_c"],
    ]);
    expect(text(folder, "meta/_journal.json")).toMatch(/"tag": "0000_a"\n {4}\},\n {4}\{\n {6}"idx": 1,/);
    expect(Number(entries[2]?.when)).toBeGreaterThan(Number(entries[1]?.when));
  });

  it("ends lines as the newest migration does", async () => {
    const folder = folderWith({
      ...clean,
      "migrations/000002_b.up.sql": "CREATE TABLE b (a int);\r\n",
      "migrations/000002_b.down.sql": "DROP TABLE b;\r\n",
      "up.sql": "CREATE TABLE c (a int);\nCREATE TABLE d (a int);\n",
    });
    await switchback(["new", "c", "--from", "up.sql"], folder);
    expect(text(folder, "000003_c.up.sql")).toBe(
      "-- C\r\nCREATE TABLE c (a int);\r\nCREATE TABLE d (a int);\r\n",
    );
    expect(text(folder, "000003_c.down.sql")).toBe(
      "-- Undo: c\r\nDROP TABLE IF EXISTS d;\r\nDROP TABLE IF EXISTS c;\r\n",
    );
  });

  it("opens both files as the team does", async () => {
    const folder = folderWith({
      ...clean,
      "switchback.jsonc": '{ "header": "db/header.sql" }',
      "db/header.sql": "\uFEFF-- {version} {title} ({direction}, {date}) {x}\nSET lock_timeout = '5s';\n",
    });
    await switchback(["new", "Add user status"], folder);
    expect(text(folder, "000002_add_user_status.up.sql")).toMatch(
      /^-- 000002 add user status \(up, \d{4}-\d\d-\d\d\) \{x\}\nSET lock_timeout = '5s';\n\n$/,
    );
    expect(text(folder, "000002_add_user_status.down.sql")).toMatch(/^-- 000002 add user status \(down, /);
    const missing = await switchback(["new", "x", "--header", "no.sql"], folder);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cannot read the header no\.sql/),
    });
  });

  const marks: [layout: string, file: RegExp, words: RegExp][] = [
    ["sqlx", /up\.sql$/, /^-- no-transaction\n-- I\nCREATE INDEX CONCURRENTLY/],
    ["sqlx", /down\.sql$/, /^-- no-transaction\n-- Undo: i\nDROP INDEX CONCURRENTLY/],
    ["dbmate", /\.sql$/, /^-- migrate:up transaction:false\n[\s\S]*\n-- migrate:down transaction:false\n/],
    ["goose", /\.sql$/, /^-- \+goose NO TRANSACTION\n-- \+goose Up\n/],
  ];
  it.each(inFull ? marks : marks.slice(-1))(
    "says to %s that an index is built outside of a transaction",
    async (layout, name, words) => {
      const folder = folderWith({
        "a.sql": "CREATE TABLE t (a int);",
        "i.sql": "CREATE INDEX CONCURRENTLY i ON t (a);",
      });
      mkdirSync(join(folder, "migrations"));
      await switchback(["new", "a", "--layout", layout, "--from", "a.sql"], folder);
      await switchback(["new", "i", "--layout", layout, "--from", "i.sql"], folder);
      const file = list(folder).findLast((it) => name.test(it)) ?? "";
      expect(text(folder, file)).toMatch(words);
    },
  );

  it("leaves the header's statements out where they would put the up into a transaction", async () => {
    const folder = folderWith({
      ...clean,
      "header.sql": "-- {title}\nSET lock_timeout = '5s';\n",
      "switchback.jsonc": '{ "header": "header.sql" }',
      "up.sql": "CREATE INDEX CONCURRENTLY i ON users (id);\n",
    });
    await switchback(["new", "i", "--from", "up.sql"], folder);
    expect(text(folder, "000002_i.up.sql")).toBe("-- i\nCREATE INDEX CONCURRENTLY i ON users (id);\n");
    expect(text(folder, "000002_i.down.sql")).toBe("-- i\nDROP INDEX CONCURRENTLY IF EXISTS i;\n");
    expect((await switchback(["lint"], folder)).stdout).not.toContain("concurrently-in-transaction");
  });

  it("takes a version of milliseconds in a folder that takes longer to read", async () => {
    const files = Array.from({ length: 300 }, (_, n) => [
      `migrations/${1_706_700_000_000 + n}_step.sql`,
      `-- Up Migration\nCREATE TABLE t${n} ();\n-- Down Migration\nDROP TABLE t${n};\n`,
    ]);
    const folder = folderWith(Object.fromEntries(files));
    const { code, stdout } = await switchback(["new", "users", "--layout", "node-pg-migrate"], folder);
    expect(stdout).toMatch(/^migrations\/\d{13}_users\.sql\n$/);
    expect(code).toBe(0);
  });

  it("reads the up from standard input", async () => {
    const folder = folderWith(clean);
    const child = start(["new", "orders", "--from", "-"], folder);
    child.stdin?.end("\uFEFFCREATE TABLE orders (id bigint);\n");
    expect((await finished(child)).code).toBe(0);
    expect(text(folder, "000002_orders.up.sql")).toBe("-- Orders\nCREATE TABLE orders (id bigint);\n");
    expect(text(folder, "000002_orders.down.sql")).toBe("-- Undo: orders\nDROP TABLE IF EXISTS orders;\n");
  });

  // Not even root may write there.
  it.skipIf(process.platform !== "linux")("says that a folder takes no files", async () => {
    const { code, stderr } = await switchback(["new", "x", "/sys"], folderWith(clean));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /cannot write \S*sys: (permission denied|the disk is read-only), nothing was changed/,
    );
  });

  it.each(oneInThree(["diesel", "flyway", "dbmate"]))(
    "gives four runs of %s at the same moment four versions",
    async (layout) => {
      const folder = folderWith({ "migrations/.keep": "" });
      const names = ["one", "two", "three", "four"];
      const runs = names.map((name) => switchback(["new", name, "--layout", layout], folder));
      expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      const versions = list(folder).flatMap((name) => /^[VU]?(\d[\d-]*)/.exec(name)?.[1] ?? []);
      expect(new Set(versions).size).toBe(4);
      expect(list(folder).filter((name) => name.startsWith("."))).toEqual([".keep"]);
    },
  );

  it("tells where the next command will not know the layout that a flag said", async () => {
    const made = await switchback(["new", "a", ".", "--layout", "sqlx"], folderWith({}));
    expect(made.code).toBe(0);
    expect(made.stderr).toBe(
      'without --layout these are read as golang-migrate\n  "layout": "sqlx" in switchback.jsonc says it for good\n',
    );
    const said = folderWith({ "switchback.jsonc": '{ "layout": "sqlx" }' });
    expect((await switchback(["new", "a", ".", "--layout", "sqlx"], said)).stderr).toBe("");
    expect((await switchback(["new", "a", ".", "--layout", "goose"], folderWith({}))).stderr).toBe("");
  });

  it("gives eight runs at the same moment eight numbers", async () => {
    const folder = folderWith(clean);
    const runs = Array.from({ length: 8 }, (_, index) => switchback(["new", `race ${index}`], folder));
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(Array(8).fill(0));
    const versions = list(folder).map((name) => name.slice(0, 6));
    const expected = Array.from({ length: 9 }, (_, index) => String(index + 1).padStart(6, "0"));
    expect(versions).toEqual(expected.flatMap((version) => [version, version]));
  });

  it.each<[string, readonly string[], RegExp]>([
    ["a taken title", ["new", "users"], /000001_users has this title already/],
    ["a path", ["new", "a/b"], /"a\/b" cannot be a title: a title cannot hold a path/],
    ["an emoji", ["new", "launch 🚀"], /"🚀" is not safe in a file name/],
    [
      "a folder that is not there",
      ["new", "x", "db/migrations"],
      /it does not exist\n {2}migrations were found in migrations\n {2}mkdir -p db\/migrations\n/,
    ],
    ["a folder that is to be made by nobody", ["rename", "1", "x", "db"], /in migrations\n$/],
    [
      "an up that is not SQL",
      ["new", "x", "--from", "broken.sql"],
      /the up does not parse: 1:1: .*\n {2}nothing was written/,
    ],
    [
      "an up that is not UTF-8",
      ["new", "x", "--from", "latin1.sql"],
      /latin1\.sql: byte 8 is not valid UTF-8, nothing/,
    ],
    [
      "an up that brings marks of its own",
      ["new", "x", "--from", "goose.sql", "--layout", "goose"],
      /the up holds a mark of goose, which writes its own: a second \+goose Up section/,
    ],
    ["an up that is empty", ["new", "x", "--from", "empty.sql"], /empty\.sql is empty, nothing was written/],
    [
      "a file for a folder",
      ["new", "x", "broken.sql"],
      /broken\.sql is a file, and a migration folder is wanted/,
    ],
    ["a title with a path", ["rename", "1", "a/b"], /"a\/b" cannot be a title: a title cannot hold a path/],
    ["a layout that does not exist", ["new", "x", "--layout", "rails"], /--layout/],
    ["no base", ["new", "x", "--base", "main"], /cannot compare with main/],
  ])("refuses %s and writes nothing", async (_, args, words) => {
    const folder = folderWith({
      ...clean,
      "broken.sql": "CRATE TABLE x ();",
      "empty.sql": "\n",
      "goose.sql": "-- +goose Up\nCREATE TABLE x ();\n",
      "latin1.sql": Buffer.from("SELECT '\xe9';", "latin1"),
    });
    const before = list(folder);
    const { code, stderr } = await switchback(args, folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(list(folder)).toEqual(before);
  });

  it("refuses two layouts in one folder", async () => {
    const folder = folderWith({ ...clean, "migrations/V2__b.sql": "SELECT 1;" });
    const { code, stderr } = await switchback(["new", "x"], folder);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/two layouts in one folder/) });
  });

  it.each<[string, Readonly<Record<string, string>>, readonly RegExp[]]>([
    [
      "dbmate",
      { "20240101000000_a.sql": "-- migrate:up\n\n-- migrate:down\n" },
      [/^migrations\/\d{14}_x_y\.sql$/],
    ],
    [
      "diesel",
      { "2024-01-01-000000_a/up.sql": "" },
      [/^migrations\/\d{4}-\d\d-\d\d-\d{6}_x_y\/up\.sql$/, /down\.sql$/],
    ],
    ["flyway", { "V1.9__a.sql": "", "V1.10__b.sql": "" }, [/V1\.11__x_y\.sql$/]],
    ["flyway", { "V1__a.sql": "", "U1__a.sql": "" }, [/V2__x_y\.sql$/, /U2__x_y\.sql$/]],
    ["goose", { "00001_a.sql": "-- +goose Up\n", "00002_b.go": "" }, [/00003_x_y\.sql$/]],
    ["sqlx", { "20240101000000_a.sql": "", "../sqlx.toml": "" }, [/^migrations\/\d{14}_x_y\.sql$/]],
    [
      "sqlx",
      { "20240101000000_a.up.sql": "", "../sqlx.toml": "" },
      [/^migrations\/\d{14}_x_y\.up\.sql$/, /\.down\.sql$/],
    ],
    ["prisma", { "20240101000000_a/migration.sql": "" }, [/^migrations\/\d{14}_x_y\/migration\.sql$/]],
  ])("makes %s files", async (_, files, paths) => {
    const inside = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [`migrations/${name}`, content]),
    );
    const folder = folderWith(inside);
    const { code, stdout } = await switchback(["new", "x y"], folder);
    expect(code).toBe(0);
    const made = stdout.trimEnd().split("\n");
    expect(made).toEqual(paths.map((path) => expect.stringMatching(path)));
    expect(made.every((path) => existsSync(join(folder, path)))).toBe(true);
  });
});

describe("switchback down", () => {
  const half = { ...clean, "migrations/000002_s.up.sql": "ALTER TABLE users ADD COLUMN s text;\n" };

  it("prints, writes and compares", async () => {
    const folder = folderWith(half);
    const printed = await switchback(["down", "2"], folder);
    expect(printed).toMatchObject({ code: 0, stdout: "ALTER TABLE users DROP COLUMN IF EXISTS s;\n" });
    expect(list(folder)).not.toContain("000002_s.down.sql");
    const written = await switchback(["down", "2", "--write"], folder);
    expect(written).toMatchObject({ code: 0, stdout: "migrations/000002_s.down.sql\n" });
    expect(await switchback(["down", "2", "--check"], folder)).toMatchObject({ code: 0 });
    const again = await switchback(["down", "2", "--write"], folder);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/has a down already/) });
  });

  it("names the folder in what it proposes to run", async () => {
    const files = Object.entries(half).map(([name, text]) => [
      name.replace("migrations/", "db/my own/"),
      text,
    ]);
    const { stderr } = await switchback(
      ["down", "2", "db/my own", "--check", "--static"],
      folderWith(Object.fromEntries(files)),
    );
    expect(stderr).toBe(
      "switchback: 000002_s has no down to compare\n  switchback down 000002 'db/my own' --write\n",
    );
  });

  it("says what a down leaves behind", async () => {
    const folder = folderWith({ ...half, "migrations/000002_s.down.sql": "SELECT 1;\n" });
    const { code, stdout } = await switchback(["down", "000002", "--check"], folder);
    expect(code).toBe(1);
    expect(stdout).toContain("column users.s is left after down");
  });

  it("undoes what a DO block did, as PostgreSQL tells it", async () => {
    const folder = folderWith({
      ...clean,
      "migrations/000002_hidden.up.sql": `DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP
    EXECUTE format('CREATE TABLE %I (id bigint PRIMARY KEY)', t);
  END LOOP;
  EXECUTE format('ALTER TABLE %I ADD COLUMN extra text', 'users');
END $$;\n`,
    });
    const real = await switchback(["down", "2", "--prove"], folder);
    expect(real).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /^3 statements exact, from the catalog of PostgreSQL [\d.]+ \(\w+\)\nthe proposal for 000002_hidden is reversible/,
      ),
    });
    expect(real.stdout.trim().split("\n").sort()).toEqual([
      "ALTER TABLE users DROP COLUMN IF EXISTS extra;",
      "DROP TABLE IF EXISTS a;",
      "DROP TABLE IF EXISTS b;",
    ]);
    const files = await switchback(["down", "2", "--static"], folder);
    expect(files.stdout).toMatch(/^-- not analysed \(.*\): undo by hand what it did\n$/);
    expect(files.stderr).toBe("1 statement to be undone by hand, from the statements alone\n");
  });

  it("says once what is left to a hand, and what does not hold", async () => {
    const folder = folderWith({
      ...clean,
      "migrations/000002_a.up.sql":
        "UPDATE users SET name = 'a'; CREATE TABLE IF NOT EXISTS b (c int); INSERT INTO b VALUES (1);",
      "migrations/000003_rows.up.sql":
        "INSERT INTO users (id) SELECT 1; ALTER TABLE users ADD UNIQUE (name);",
    });
    const written = await switchback(["down", "2", "--write"], folder);
    expect(written.stderr).toMatch(
      /\n {2}undo by hand: values that were updated in users \(UPDATE users SET/,
    );
    const proved = await switchback(["down", "3", "--prove"], folder);
    expect(proved).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /the proposal for 000003_rows does not hold on PostgreSQL [\d.]+ \(\w+\): cannot go up again\n {2}going up again: 23505 /,
      ),
    });
  });

  it("says why it reads the files alone where an earlier up fails", async () => {
    const folder = folderWith({
      ...half,
      "migrations/000001_users.up.sql": "CREATE TABLE users (); SELECT 1/0;",
    });
    const { code, stdout, stderr } = await switchback(["down", "2"], folder);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "ALTER TABLE users DROP COLUMN IF EXISTS s;\n" });
    expect(stderr).toMatch(
      /^1 statement exact, from the statements alone, as PostgreSQL [\d.]+ stops at migrations\/000001_users\.up\.sql: division by zero\n$/,
    );
  });

  it("reads no up that is not UTF-8", async () => {
    const files = { ...half, "migrations/000002_s.up.sql": Buffer.from("SELECT '\xe9';", "latin1") };
    const { code, stderr } = await switchback(["down", "2"], folderWith(files));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "switchback: migrations/000002_s.up.sql: byte 8 is not valid UTF-8\n  save the file as UTF-8\n",
    });
  });

  it("has nothing to undo of an up that nobody has written yet", async () => {
    const folder = folderWith({ "migrations/1_a.up.sql": "-- to do\n" });
    const { code, stderr } = await switchback(["down", "1", "--static"], folder);
    expect(code).toBe(2);
    expect(stderr).toBe("switchback: the up of 1_a holds no statement yet, so there is nothing to undo\n");
  });

  it("knows its limits", async () => {
    const folder = folderWith(half);
    const missing = await switchback(["down", "7"], folder);
    expect(missing.stderr).toBe("switchback: migrations has no version 7, it goes from 000001 to 000002\n");
  });
});

describe("switchback convert", () => {
  it("writes the folder as another runner spells it, and never over something", async () => {
    const folder = folderWith(clean);
    const { code, stdout } = await switchback(["convert", "--to", "goose", "db/goose"], folder);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "1 migration from golang-migrate to goose in db/goose\n",
    });
    const [file = ""] = readdirSync(join(folder, "db/goose"));
    expect(readFileSync(join(folder, "db/goose", file), "utf8")).toMatch(
      /^-- \+goose Up\n[\s\S]*\n-- \+goose Down\n/,
    );
    const again = await switchback(["convert", "--to", "dbmate", "db/goose"], folder);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/db\/goose: it is not empty/) });
    const over = await switchback(["convert", "--to", "dbmate", "migrations/000001_users.up.sql"], folder);
    expect(over.stderr).toContain("000001_users.up.sql: a part of the path is not a folder, nothing was");
  });

  it("guesses the layout that was meant", async () => {
    const { code, stderr } = await switchback(
      ["convert", "--to", "golang_migrate", "out"],
      folderWith(clean),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^switchback: --to wants .*, not "golang_migrate": did you mean golang-migrate\?\n$/,
    );
  });

  it("writes nothing where something would be lost", async () => {
    const folder = folderWith(clean);
    const { code, stderr } = await switchback(["convert", "--to", "supabase", "out"], folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /without a loss, nothing was written\n {2}000001_users has a down, and supabase knows none/,
      ),
    });
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("names the layouts there are", async () => {
    const { stderr } = await switchback(["convert", "--to", "rails", "out"], folderWith(clean));
    expect(stderr).toMatch(/--to wants golang-migrate, sqlx,.*, not "rails"\n$/);
  });
});

describe("switchback renumber and rename", () => {
  it("plans first and moves with --write, as git does", async () => {
    const folder = folderWith({
      ...clean,
      "migrations/000001_orders.up.sql": "CREATE TABLE orders (id bigint);\n",
      "migrations/000001_orders.down.sql": "DROP TABLE orders;\n",
    });
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], {
        cwd: folder,
        encoding: "utf8",
      });
    git("init", "-q", "-b", "main");
    git("add", "migrations/000001_users.up.sql", "migrations/000001_users.down.sql");
    git("commit", "-qm", "users");
    git("add", "migrations");
    const plan = await switchback(["renumber", "--base", "main"], folder);
    expect(plan.code).toBe(0);
    expect(plan.stdout).toContain(
      "  git mv migrations/000001_orders.up.sql migrations/000002_orders.up.sql\n",
    );
    git("rm", "-q", "--cached", "migrations/000001_orders.up.sql");
    const halfTracked = await switchback(["renumber", "--base", "main"], folder);
    expect(halfTracked.stdout).toMatch(/\n {2}git mv .*down\.sql\n {2}mv .*up\.sql\n/);
    git("add", "migrations");
    expect(plan.stdout).toContain("add --write");
    expect(list(folder)).toContain("000001_orders.up.sql");
    const moved = await switchback(["renumber", "--base", "main", "--write"], folder);
    expect(moved).toMatchObject({ code: 0, stdout: expect.stringMatching(/\n2 files moved\n$/) });
    expect(git("ls-files", "migrations").split("\n")).toContain("migrations/000002_orders.down.sql");
    const renamed = await switchback(["rename", "2", "Add orders"], folder);
    expect(renamed.code).toBe(0);
    expect(list(folder)).toEqual([
      "000001_users.down.sql",
      "000001_users.up.sql",
      "000002_add_orders.down.sql",
      "000002_add_orders.up.sql",
    ]);
    expect((await switchback(["renumber"], folder)).stdout).toBe(
      "no version is used twice: nothing to move\n",
    );
  });
});
