import { beforeAll, describe, expect, it } from "vitest";
import { convertFolder } from "#core/author/convert/convert-folder.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { Script } from "#core/migration/model.ts";
import { type FolderReading, readMigrations } from "#core/migration/read-migrations.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";

beforeAll(loadParser);

type Files = Readonly<Record<string, string>>;
const all = Object.values(layouts);

function read(files: Files, layout: Layout): FolderReading {
  const raw = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  return readMigrations("", raw, layout);
}

async function convert(reading: FolderReading, to: Layout): Promise<FolderReading | readonly string[]> {
  const converted = await convertFolder(reading, to);
  if (!converted.ok) return converted.problems;
  return read(Object.fromEntries(converted.files.map(({ name, text }) => [name, text])), to);
}

function told({ migrations }: FolderReading) {
  const statements = (script: Script | undefined) => {
    if (!script) return undefined;
    const { text, statements: found } = parseSql(script.file.text.slice(script.start, script.end));
    return found.map(({ start, end }) => text.slice(start, end));
  };
  return migrations.map(({ up, down }) => ({ up: statements(up), down: statements(down) }));
}

const body = "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;\nSELECT 1;\n";
const ups: Files = {
  "9_a.up.sql": body,
  "10_b.up.sql": "-- a word\nCREATE TABLE b (a text DEFAULT ';');\nSELECT 2;\n",
};
const pairs: Files = { ...ups, "9_a.down.sql": "DROP FUNCTION f();\n", "10_b.down.sql": "DROP TABLE b;\n" };

describe("convertFolder", () => {
  const directed = all.filter(({ downs }) => downs !== "none");
  const everyPair = (list: readonly Layout[]) =>
    list.flatMap((from) => list.map((to) => [from.name, to.name, from, to] as const));

  it.each(everyPair(directed))("%s to %s and back has the same statements", async (_, __, from, to) => {
    const source = read(pairs, layouts["golang-migrate"] as Layout);
    const first = (await convert(source, from)) as FolderReading;
    const there = (await convert(first, to)) as FolderReading;
    const back = (await convert(there, from)) as FolderReading;
    expect(told(there)).toEqual(told(source));
    expect(told(back)).toEqual(told(source));
  });

  it.each([
    { renumber: false, versions: ["V1.5__a.sql", "V1.10__b.sql", "R__view.sql"], first: "V1.5__a.sql" },
    { renumber: true, versions: ["V000001__a.sql", "V000002__b.sql", "R__view.sql"], first: "V1.5__a.sql" },
    { renumber: false, versions: ["B1.5__a.sql", "V1.10__b.sql", "R__view.sql"], first: "B1.5__a.sql" },
    { renumber: true, versions: ["B000001__a.sql", "V000002__b.sql", "R__view.sql"], first: "B1.5__a.sql" },
  ])("flyway to flyway keeps what $first is: renumber $renumber", async ({ versions, first, renumber }) => {
    const flyway = layouts.flyway as Layout;
    const files = {
      [first]: "SELECT 1;\n",
      "V1.10__b.sql": "SELECT 2;\n",
      "R__view.sql": "CREATE VIEW v AS SELECT 1;\n",
    };
    const converted = await convertFolder(read(files, flyway), flyway, { renumber });
    if (!converted.ok) throw new Error(converted.problems.join("\n"));
    expect(converted.files.map(({ name }) => name)).toEqual(versions);
  });

  it.each(everyPair(all))("%s to %s keeps ups that have no down", async (_, __, from, to) => {
    const source = read(ups, layouts["golang-migrate"] as Layout);
    const first = (await convert(source, from)) as FolderReading;
    const there = (await convert(first, to)) as FolderReading;
    // dbmate's files have the mark of a down, with nothing below it.
    const down = to.needsDown ? [] : undefined;
    expect(told(there)).toEqual(told(source).map(({ up }) => ({ up, down })));
  });

  it.each([
    ["golang-migrate", { "1_a.up.sql": "CREATE INDEX CONCURRENTLY i ON t (a);\n" }],
    ["sqlx", { "1_a.up.sql": "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);\n" }],
    [
      "diesel",
      {
        "1_a/up.sql": "CREATE INDEX CONCURRENTLY i ON t (a);\n",
        "1_a/metadata.toml": "run_in_transaction = false\n",
      },
    ],
    [
      "goose",
      { "1_a.sql": "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);\n" },
    ],
    ["sql-migrate", { "1-a.sql": "-- +migrate Up notransaction\nCREATE INDEX CONCURRENTLY i ON t (a);\n" }],
    [
      "dbmate",
      {
        "1_a.sql":
          "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- migrate:down\n",
      },
    ],
    ["flyway", { "V1__a.sql": "CREATE INDEX CONCURRENTLY i ON t (a);\n" }],
    ["ory", { "1_a.autocommit.up.sql": "CREATE INDEX CONCURRENTLY i ON t (a);\n" }],
    ["prisma", { "1_a/migration.sql": "CREATE INDEX CONCURRENTLY i ON t (a);\n" }],
    ["plain", { "1_a.sql": "CREATE INDEX CONCURRENTLY i ON t (a);\n" }],
  ] as const)("%s says that an index is built outside of a transaction", async (name, files) => {
    const source = read(files, layouts[name] as Layout);
    for (const to of all) {
      const there = await convert(source, to);
      if (["authelia", "drizzle", "drizzle-folders", "node-pg-migrate"].includes(to.name))
        expect(there).toEqual([
          `${to.name} has no way to say in which transactions the up of ${source.migrations[0]?.name} runs`,
        ]);
      else {
        const [migration] = (there as FolderReading).migrations;
        expect([to.name, migration?.up?.execution.wrapped]).toEqual([to.name, false]);
        expect(migration?.up?.file.text.match(/transaction/gi)?.length ?? 0).toBeLessThanOrEqual(1);
      }
    }
  });

  it.each<[string, string, Files, RegExp]>([
    ["a down", "supabase", pairs, /^9_a has a down, and supabase knows none$/],
    ["a version twice", "goose", { ...ups, "9_c.up.sql": "" }, /^9_a.up.sql and 9_c.up.sql have one version/],
    ["half a pair", "goose", { "1_a.down.sql": "SELECT 1;" }, /^1_a has a down but no up$/],
    [
      "what the other would fill in",
      "flyway",
      { "1_a.up.sql": "COMMENT ON TABLE t IS '\x24{x}';\n" },
      /^1_a\.up\.sql has \$\{x\}, which flyway would fill in$/,
    ],
    [
      "SQL that is a marker there",
      "dbmate",
      { "1_a.up.sql": "SELECT 1;\n-- migrate:down\nSELECT 2;\n" },
      /^dbmate would read other statements as the up of 1_a$/,
    ],
  ])("tells %s that cannot be held", async (_, to, files, words) => {
    const problems = await convert(read(files, layouts["golang-migrate"] as Layout), layouts[to] as Layout);
    expect(problems).toContainEqual(expect.stringMatching(words));
  });

  it.each<[string, Files, RegExp]>([
    [
      "flyway",
      { "V1__a.sql": "CREATE SCHEMA \x24{app};" },
      /^V1__a\.sql has \$\{app\}, which flyway fills in/,
    ],
    [
      "goose",
      { "1_a.sql": "-- +goose Up\n-- +goose ENVSUB ON\nCREATE SCHEMA $APP;\n-- +goose ENVSUB OFF\n" },
      /^1_a\.sql has \$APP, which goose fills in and sqlx does not$/,
    ],
  ])("tells what %s fills in and the other does not", async (from, files, words) => {
    const problems = await convert(read(files, layouts[from] as Layout), layouts.sqlx as Layout);
    expect(problems).toEqual([expect.stringMatching(words)]);
  });

  it("tells statements that were sent together and would not be", async () => {
    const pair = "SELECT 1; SELECT 2;\n";
    const source = (sql: string) =>
      read({ "1_a.sql": `-- +goose NO TRANSACTION\n-- +goose Up\n${sql}` }, layouts.goose as Layout);
    const way = "golang-migrate has no way to say in which transactions the up of 1_a runs";
    const target = layouts["golang-migrate"] as Layout;
    expect(await convert(source(pair), target)).toMatchObject({ migrations: [{ name: "1_a" }] });
    expect(await convert(source(`${pair}SELECT 3;\n`), target)).toEqual([way]);
  });

  it("tells a program that it leaves behind", async () => {
    const source = read({ "1_a.sql": "-- +goose Up\nSELECT 1;\n", "2_b.go": "" }, layouts.goose as Layout);
    const converted = await convertFolder(source, layouts.dbmate as Layout);
    expect(converted.ok && converted.left).toEqual([{ path: "2_b.go", reason: "it is a program" }]);
  });

  it("writes what Flyway needs to be told of transactions beside the file", async () => {
    const text = "BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;\n";
    const source = read({ "1_a.up.sql": text }, layouts["golang-migrate"] as Layout);
    const converted = await convertFolder(source, layouts.flyway as Layout);
    expect(converted.ok && converted.files.map(({ name, text }) => [name, text])).toEqual([
      ["V1__a.sql", text],
      ["V1__a.sql.conf", "executeInTransaction=false\n"],
    ]);
  });

  it("lists what Drizzle runs, in its order", async () => {
    const source = read({ "1_a.sql": "SELECT 1;", "2_b.sql": "SELECT 2;" }, layouts.plain as Layout);
    const converted = await convertFolder(source, layouts.drizzle as Layout, { now: new Date(1000) });
    const list = converted.ok && converted.files.find(({ name }) => name === "meta/_journal.json");
    expect(JSON.parse(list ? list.text : "")).toMatchObject({
      dialect: "postgresql",
      entries: [
        { idx: 0, when: 1000, tag: "1_a" },
        { idx: 1, when: 1001, tag: "2_b" },
      ],
    });
  });

  it.each(directed.map((to) => [to.name, to] as const))("keeps line ends in %s", async (_, to) => {
    const files = { ...pairs, "9_a.down.sql": "DROP FUNCTION f();" };
    const ended = Object.entries(files).map(([name, text]) => [name, text.replaceAll("\n", "\r\n")]);
    const source = read(Object.fromEntries(ended), layouts["golang-migrate"] as Layout);
    const converted = await convertFolder(source, to);
    expect(converted.ok && converted.files.filter(({ text }) => /(^|[^\r])\n/.test(text))).toEqual([]);
  });

  it("ends the last statement for runners that refuse it otherwise, and tells what it cannot mend", async () => {
    const [golang] = all as [Layout];
    const there = await convert(read({ "1_a.up.sql": "SELECT 1 -- one\n" }, golang), layouts.goose as Layout);
    expect((there as FolderReading).migrations[0]?.up?.file.text).toBe("-- +goose Up\nSELECT 1; -- one\n");
    expect(
      await convert(read({ "1_a.up.sql": "SELECT 1; /* one */" }, golang), layouts.goose as Layout),
    ).toEqual([expect.stringMatching(/^1_a.sql: no semicolon ends the last line of SQL/)]);
  });

  it("tells that versions would come in another order", async () => {
    const files = {
      "20240101000000_a/up.sql": "SELECT 1;",
      "2024-01-02-000000-0000_b/up.sql": "SELECT 2;",
      "20250101000000_c/up.sql": "SELECT 3;",
    };
    const source = read(files, layouts.diesel as Layout);
    const [golang] = all as [Layout];
    expect(await convert(source, golang)).toEqual([
      "golang-migrate would run 2024-01-02-000000-0000_b at another place: --renumber counts 1, 2, 3",
    ]);
    const counted = await convertFolder(source, golang, { renumber: true });
    expect(counted.ok && counted.files.length).toBe(3);
  });

  it.each([
    ["one", "BEGIN;\nSELECT 1;\nSELECT 2;\nCOMMIT;\n", true],
    ["two", "BEGIN;\nSELECT 1;\nEND;\nSTART TRANSACTION;\nSELECT 2;\nCOMMIT;\n", true],
    ["one with statements beside it", "SELECT 1;\nSELECT 2;\nBEGIN;\nSELECT 3;\nCOMMIT;\n", false],
  ])("tells %s of the script's own transactions from those of a query", async (_, text, fits) => {
    const [golang] = all as [Layout];
    const there = await convert(read({ "1_a.up.sql": text }, golang), layouts.goose as Layout);
    expect("migrations" in there).toBe(fits);
  });

  it("leaves a CALL among others in their common transaction", async () => {
    const [golang] = all as [Layout];
    const source = read({ "1_a.up.sql": "SELECT 1;\nCALL p();\n" }, golang);
    const there = (await convert(source, layouts.goose as Layout)) as FolderReading;
    expect(there.migrations[0]?.up?.execution.wrapped).toBe(true);
  });

  it("tells repeatables and dotted versions, which may be counted anew", async () => {
    const flyway = layouts.flyway as Layout;
    const files = { "V1.2__a.sql": "SELECT 1;\n", "V1.10__b.sql": "SELECT 2;\n" };
    const [golang] = all;
    expect(await convert(read({ ...files, "R__v.sql": "SELECT 3;" }, flyway), golang as Layout)).toEqual([
      "1.2 is no whole number, and golang-migrate wants one: --renumber counts 1, 2, 3",
      "1.10 is no whole number, and golang-migrate wants one: --renumber counts 1, 2, 3",
      "R__v runs whenever it changed, and golang-migrate knows no such thing",
    ]);
    const counted = await convertFolder(read(files, flyway), golang as Layout, { renumber: true });
    expect(counted.ok && counted.files.map(({ name }) => name)).toEqual([
      "000001_a.up.sql",
      "000002_b.up.sql",
    ]);
  });
});
