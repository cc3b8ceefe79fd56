import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellWord } from "#core/author/shell-word.ts";
import { fileChanges } from "#core/history/changes.ts";
import { compareHistory } from "#core/history/compare-history.ts";
import type { OtherPull } from "#core/history/pull.ts";
import { renumber } from "#core/history/renumber.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { Finding } from "#core/report/model.ts";

type Folder = Readonly<Record<string, string>>;

const raw = (folder: Folder) =>
  Object.entries(folder).map(([name, text]) => ({
    path: `migrations/${name}`,
    bytes: new TextEncoder().encode(text),
  }));

/** `touched` defaults to everything that differs, as in a pull request that is up to date with its base. */
function compare(base: Folder, head: Folder, pulls: readonly OtherPull[] = [], touched = () => true) {
  const found = findingsOf(base, head, golangMigrate, pulls, touched);
  return found.map(({ rule, file, message, help }) => ({ rule, file, message, help }));
}

function findingsOf(
  base: Folder,
  head: Folder,
  layout: Layout = golangMigrate,
  pulls: readonly OtherPull[] = [],
  touched = () => true,
): Finding[] {
  const read = (folder: Folder) => readMigrations("migrations", raw(folder), layout);
  const programs = [read(head), read(base)].flatMap((it) => it.programs ?? []);
  return compareHistory({
    head: read(head).migrations,
    files: read(head).files,
    programs: programs.map(({ version }) => version),
    base: read(base).migrations,
    baseFiles: read(base).files,
    ref: "main",
    cloneRef: "origin/main",
    changes: fileChanges(raw(base), raw(head), touched),
    pulls,
    folder: "migrations",
    layout,
  });
}

const one = { "000001_init.up.sql": "create table a ();", "000001_init.down.sql": "drop table a;" };
const two = { "000002_users.up.sql": "create table u ();", "000002_users.down.sql": "drop table u;" };
const orders = { "000002_orders.up.sql": "create table o ();", "000002_orders.down.sql": "drop table o;" };

describe("history against the base branch", () => {
  it("is silent about a migration that follows the newest one", () => {
    expect(compare(one, { ...one, ...two })).toEqual([]);
  });

  it("finds a version that the base took meanwhile and says how to move", () => {
    expect(compare({ ...one, ...two }, { ...one, ...two, ...orders })).toEqual([
      {
        rule: "duplicate-on-base",
        file: "migrations/000002_orders.up.sql",
        message: "version 000002 is already taken on main by 000002_users",
        help: [
          "Take the next free version:",
          "  git mv migrations/000002_orders.up.sql migrations/000003_orders.up.sql",
          "  git mv migrations/000002_orders.down.sql migrations/000003_orders.down.sql",
        ].join("\n"),
      },
    ]);
  });

  it("finds a version that migrated databases would skip", () => {
    const base = { ...one, "000005_late.up.sql": "select 1;", "000005_late.down.sql": "select 1;" };
    const found = compare(base, { ...base, ...two });
    expect(found.map((it) => it.rule)).toEqual(["older-than-base"]);
    expect(found[0]?.message).toBe(
      "version 000002 is older than 000005_late on main, so migrated databases skip it",
    );
    expect(found[0]?.help).toContain("migrations/000006_users.up.sql");
  });

  it("keeps the order of what stands behind a migration that moves", () => {
    const base = { ...one, ...two };
    const third = { "000003_grown.up.sql": "alter table o add a int;", "000003_grown.down.sql": "select 1;" };
    const [found, ...more] = compare(base, { ...base, ...orders, ...third });
    expect(more).toEqual([]);
    expect(found?.help?.split("\n")).toEqual([
      "Take the next free version, and keep the order of what follows:",
      "  git mv migrations/000003_grown.up.sql migrations/000004_grown.up.sql",
      "  git mv migrations/000003_grown.down.sql migrations/000004_grown.down.sql",
      "  git mv migrations/000002_orders.up.sql migrations/000003_orders.up.sql",
      "  git mv migrations/000002_orders.down.sql migrations/000003_orders.down.sql",
    ]);
  });

  it("lets what stands behind it stay where there is room", () => {
    const base = { ...one, ...two };
    const [found] = compare(base, { ...base, ...orders, "000009_late.up.sql": "select 1;" });
    expect(found?.help).not.toContain("late");
    expect(found?.help).toContain("migrations/000003_orders.up.sql");
  });

  it("lets the missing down of a merged migration be added", () => {
    const { "000001_init.up.sql": up } = one;
    const base = { "000001_init.up.sql": up, ...two };
    expect(compare(base, { ...base, ...one })).toEqual([]);
  });

  it("does not take a file that only the base has for a deleted one", () => {
    expect(compare({ ...one, ...two }, one, [], () => false)).toEqual([]);
  });

  it.each([
    ["edited", { ...one, "000001_init.up.sql": "create table b ();" }, "was edited", "000001_init"],
    ["deleted", {}, "was deleted", "000001_init"],
    [
      "renumbered",
      { "000009_init.up.sql": "create table a ();", "000009_init.down.sql": "drop table a;" },
      "was renamed to 000009_init",
      "000009_init",
    ],
  ])("finds a merged up that was %s", (_, head, words, migration) => {
    const found = findingsOf(one, head);
    expect(found).toMatchObject([{ rule: "immutable-migration", migration }]);
    expect(found[0]?.message).toContain(words);
  });

  it.each([
    [
      "deleted",
      {},
      ["  git checkout origin/main -- migrations/000001_init.up.sql migrations/000001_init.down.sql"],
    ],
    [
      "deleted without its down",
      { "000001_init.down.sql": one["000001_init.down.sql"] },
      ["  git checkout origin/main -- migrations/000001_init.up.sql"],
    ],
    [
      "renumbered",
      {
        "000009_init.up.sql": one["000001_init.up.sql"],
        "000009_init.down.sql": one["000001_init.down.sql"],
      },
      [
        "  git mv migrations/000009_init.up.sql migrations/000001_init.up.sql",
        "  git mv migrations/000009_init.down.sql migrations/000001_init.down.sql",
      ],
    ],
  ])("brings the whole of what was %s back", (_, head, commands) => {
    expect(compare(one, head)[0]?.help?.split("\n").slice(1)).toEqual(commands);
  });

  it.each([
    ["comments and white space", { ...one, "000001_init.up.sql": "-- why\ncreate  table a ()\n;" }],
    ["a down", { ...one, "000001_init.down.sql": "drop table if exists a;" }],
    [
      "a title, when the version stays",
      { "000001_start.up.sql": "create table a ();", "000001_start.down.sql": "drop table a;" },
    ],
    [
      "the title of an up alone",
      { "000001_start.up.sql": "create table a ();", "000001_init.down.sql": "drop table a;" },
    ],
  ])("lets %s be edited", (_, head) => {
    expect(compare(one, head)).toEqual([]);
  });
});

describe("history as the runner remembers it", () => {
  const text = (sql: string) => ({ "1_a.sql": sql });
  const section = (sql: string) => `-- migrate:up\n${sql}\n-- migrate:down\nSELECT 1;\n`;

  it.each([
    ["flyway", { "V1__a.sql": "SELECT 1;" }, { "V1__a.sql": "-- why\nSELECT 1;" }, "error"],
    ["flyway", { "V1__a.sql": "SELECT 1;" }, { "V1__b.sql": "SELECT 1;" }, "error"],
    ["flyway", { "R__v.sql": "SELECT 1;" }, {}, "error"],
    ["sqlx", text("SELECT 1;\n"), text("SELECT 1;\r\n"), "error"],
    ["prisma", { "1_a/migration.sql": "SELECT 1;" }, { "1_a/migration.sql": "SELECT  1;" }, "warning"],
    ["prisma", { "1_a/migration.sql": "SELECT 1;" }, { "1_a/migration.sql": "SELECT 2;" }, "error"],
  ] as const)("%s: says that %j may not become %j", (layout, base, head, severity) => {
    const found = findingsOf(base, head, layouts[layout]);
    expect(found).toMatchObject([{ rule: "immutable-migration", severity }]);
  });

  it.each([
    ["flyway", { "V1__a.sql": "SELECT 1;\n" }, { "V1__a.sql": "SELECT 1;\r\n" }],
    ["flyway", { "R__v.sql": "SELECT 1;" }, { "R__v.sql": "SELECT 2;" }],
    ["prisma", { "1_a/migration.sql": "SELECT 1;\n" }, { "1_a/migration.sql": "SELECT 1;\r\n" }],
    ["dbmate", text(section("SELECT 1;")), text(section("-- why\nSELECT 1;"))],
  ] as const)("%s: lets %j become %j", (layout, base, head) => {
    expect(findingsOf(base, head, layouts[layout])).toEqual([]);
  });

  it("moves a file that holds both directions once", () => {
    const base = { "2_b.sql": section("SELECT 2;") };
    const [found] = findingsOf(base, { ...base, ...text(section("SELECT 1;")) }, layouts.dbmate);
    expect(found?.help).toBe(
      "Move it behind the newest migration:\n  git mv migrations/1_a.sql migrations/3_a.sql",
    );
    expect(found?.fix?.edits).toHaveLength(1);
  });
});

describe("history against other pull requests", () => {
  const pull = { number: 482, title: "Add invoices", added: ["migrations/000002_invoices.up.sql"] };

  it("names the pull request and a version above both", () => {
    const [found] = compare(one, { ...one, ...two }, [
      pull,
      { number: 7, title: "x", added: ["migrations/3_y.up.sql"] },
    ]);
    expect(found?.rule).toBe("duplicate-with-pull");
    expect(found?.message).toBe("version 000002 is also used by #482 (Add invoices), as 000002_invoices");
    expect(found?.help).toContain("git mv migrations/000002_users.up.sql migrations/000004_users.up.sql");
  });

  it("looks only at migrations of this folder that the base does not have yet", () => {
    const added = ["docs/000002_x.up.sql", "migrations/notes/000002_x.up.sql", "migrations/000002.md"];
    expect(compare(one, { ...one, ...two }, [{ ...pull, added }])).toEqual([]);
    expect(compare({ ...one, ...two }, { ...one, ...two }, [pull])).toEqual([]);
  });
});

describe("renumber", () => {
  it("never collides and keeps the order, at any width", () => {
    const version = fc.bigInt({ min: 0n, max: 99999999999999n });
    fc.assert(
      fc.property(fc.uniqueArray(version, { minLength: 1 }), fc.array(version), (mine, theirs) => {
        const moved = mine.map((key) => ({
          path: `m/${key}_t.up.sql`,
          version: String(key),
          key: String(key),
          title: "t",
          name: `${key}_t`,
          direction: "up" as const,
        }));
        const taken = [...mine, ...theirs].map(String);
        const plans = renumber(moved, taken, golangMigrate);
        const order = [...mine].sort((a, b) => (a < b ? -1 : 1));
        const fresh = order.map((key) =>
          BigInt(/m\/(\d+)_/.exec(plans.get(`${key}_t`)?.[0]?.to ?? "")?.[1] ?? -1),
        );
        expect(new Set(fresh.map(String)).size).toBe(mine.length);
        expect(fresh.every((key) => !taken.includes(String(key)))).toBe(true);
        expect(fresh.every((key, index) => index === 0 || key > (fresh[index - 1] ?? key))).toBe(true);
      }),
    );
  });

  it.each<[string, Folder, Folder, Folder, readonly string[]]>([
    [
      "diesel",
      { "1_a/up.sql": "SELECT 1;" },
      {
        "2_b/up.sql": "SELECT 2;",
        "2_b/down.sql": "SELECT 3;",
        "2_b/metadata.toml": "run_in_transaction = false\n",
      },
      { "2_c/up.sql": "SELECT 4;" },
      ["2_b/up.sql → 3_b/up.sql", "2_b/metadata.toml → 3_b/metadata.toml", "2_b/down.sql → 3_b/down.sql"],
    ],
    [
      "flyway",
      { "V1__a.sql": "SELECT 1;" },
      { "r/V2__b.sql": "SELECT 2;", "r/V2__b.sql.conf": "" },
      { "V2__c.sql": "SELECT 3;" },
      ["r/V2__b.sql → r/V3__b.sql", "r/V2__b.sql.conf → r/V3__b.sql.conf"],
    ],
    [
      "goose",
      { "1_a.sql": "-- +goose Up\n" },
      { "2_b.sql": "-- +goose Up\nSELECT 2;\n" },
      { "2_c.sql": "-- +goose Up\nSELECT 3;\n", "3_d.go": "" },
      ["2_b.sql → 4_b.sql"],
    ],
    [
      "drizzle",
      { "0_a.sql": "SELECT 1;" },
      { "1_b.sql": "SELECT 2;", "meta/_journal.json": '{"entries":[{"tag":"0_a"},{"tag":"1_b"}]}' },
      { "1_c.sql": "SELECT 3;" },
      ["1_b.sql → 2_b.sql", '"2_b" in meta/_journal.json'],
    ],
  ])("%s: what belongs to a file goes with it", (name, both, mine, theirs, moves) => {
    const layout = layouts[name] as Layout;
    const [found] = findingsOf({ ...both, ...theirs }, { ...both, ...theirs, ...mine }, layout);
    const short = (path: string) => path.slice("migrations/".length);
    const told = found?.fix?.edits.map((edit) =>
      edit.kind === "rename"
        ? `${short(edit.file)} → ${short(edit.to)}`
        : `${edit.kind === "replace" ? edit.text : ""} in ${short(edit.file)}`,
    );
    expect(told).toEqual(moves);
  });

  it("quotes what a shell would read", () => {
    expect(["a_b.sql", "a b", "$(x)", "it's", "-rf"].map(shellWord)).toEqual([
      "a_b.sql",
      "'a b'",
      "'$(x)'",
      "'it'\\''s'",
      "./'-rf'",
    ]);
  });
});
