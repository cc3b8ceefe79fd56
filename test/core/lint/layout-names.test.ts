import { describe, expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import { readLayout } from "../../support/read-layout.ts";

/** Rules that look at names, versions and pairs. */
const named = new Set([
  "duplicate-version",
  "file-name",
  "missing-down",
  "missing-up",
  "section-marker",
  "sequence-gap",
]);

interface Case {
  readonly layout: string;
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  /** `rule: message`, as regular expressions. */
  readonly found: readonly RegExp[];
}

const up = "SELECT 1;";
const goose = "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 1;\n";
const sqlMigrate = "-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 1;\n";

const cases: readonly Case[] = [
  {
    layout: "golang-migrate",
    what: "half a pair: no down",
    files: { "1_a.up.sql": up },
    found: [/^missing-down: 1_a has no down$/],
  },
  {
    layout: "golang-migrate",
    what: "half a pair: no up",
    files: { "1_a.down.sql": up },
    found: [/^missing-up: 1_a has a down but no up$/],
  },
  {
    layout: "golang-migrate",
    what: "a version too long for 64 bits",
    files: { "1_a.up.sql": up, "1_a.down.sql": up, "99999999999999999999_b.up.sql": up },
    found: [/^file-name: .*too large: golang-migrate reads 64 bits$/],
  },
  {
    layout: "golang-migrate",
    what: "a left-over that the runner takes for a migration",
    files: {
      "1_a.up.sql": up,
      "1_a.down.sql": up,
      "1_a.up.sql~": up,
      "1_a (1).down.sql": up,
      ".1_b.up.sql": up,
    },
    found: [
      /^file-name: golang-migrate does not run \.1_b\.up\.sql: it looks like .* left-over$/,
      /^file-name: golang-migrate runs 1_a \(1\)\.down\.sql too, although it looks like .* left-over$/,
      /^file-name: golang-migrate runs 1_a\.up\.sql~ too, although it looks like .* left-over$/,
    ],
  },
  {
    layout: "golang-migrate",
    what: "a hole where a misnamed file is: its name is told, once",
    files: {
      "001_a.up.sql": up,
      "001_a.down.sql": up,
      "002_b_up.sql": up,
      "003_c.up.sql": up,
      "003_c.down.sql": up,
    },
    found: [/^file-name: golang-migrate does not run 002_b_up\.sql/],
  },
  {
    layout: "golang-migrate",
    what: "spaces, quotes and emoji in titles are the runner's to take",
    files: { "1_a b'🚀.up.sql": up, "1_a b'🚀.down.sql": up },
    found: [],
  },
  {
    layout: "sqlx",
    what: "a simple migration wants no down, a reversible one does",
    files: { "1_a.sql": up, "2_b.up.sql": up },
    found: [/^missing-down: 2_b/],
  },
  { layout: "sqlx", what: "versions may have holes", files: { "1_a.sql": up, "3_b.sql": up }, found: [] },
  {
    layout: "diesel",
    what: "up.sql and down.sql have the title of their folder",
    files: { "2024-01-01-000000_a/up.sql": up, "2024-01-01-000000_a/down.sql": up },
    found: [],
  },
  {
    layout: "diesel",
    what: "no down.sql",
    files: { "2024-01-01-000000_a/up.sql": up },
    found: [/^missing-down/],
  },
  {
    layout: "flyway",
    what: "nobody undoes here",
    files: { "V1__a.sql": up, "V3__b.sql": up, "R__v.sql": up },
    found: [],
  },
  {
    layout: "flyway",
    what: "where some have an undo, all should; a repeatable never",
    files: { "V1__a.sql": up, "U1__a.sql": up, "V2__b.sql": up, "R__v.sql": up },
    found: [/^missing-down: V2__b has no down$/],
  },
  {
    layout: "flyway",
    what: "1.0 and 1 are one version",
    files: { "V1__a.sql": up, "V1.0__b.sql": up },
    found: [
      /^duplicate-version: version 1 is used more than once: V1(__a|\.0__b)\.sql, V1(__a|\.0__b)\.sql$/,
    ],
  },
  {
    layout: "flyway",
    what: "folders for databases of several kinds are told apart",
    files: { "h2/V1__a.sql": up, "postgresql/V1__a.sql": up },
    found: [/^duplicate-version: version 1 .*: m\/h2\/V1__a\.sql, m\/postgresql\/V1__a\.sql$/],
  },
  {
    layout: "diesel",
    what: "folders of one version are told apart",
    files: { "1_a/up.sql": up, "1_a/down.sql": up, "1_b/up.sql": up, "1_b/down.sql": up },
    found: [/^duplicate-version: version 1 .*: m\/1_a\/up\.sql, m\/1_b\/up\.sql$/],
  },
  {
    layout: "goose",
    what: "a file without a mark, at which the runner stops",
    files: { "00001_a.sql": goose, "00002_b.sql": "SELECT 1;" },
    found: [/^file-name: goose does not run 00002_b\.sql: it has no line -- \+goose Up$/],
  },
  {
    layout: "goose",
    what: "a program among the numbers",
    files: { "00001_a.sql": goose, "00002_b.go": "", "00003_c.sql": goose },
    found: [],
  },
  {
    layout: "goose",
    what: "a hole in the numbers",
    files: { "00001_a.sql": goose, "00003_b.sql": goose },
    found: [/^sequence-gap: version 00002 is missing$/],
  },
  {
    layout: "goose",
    what: "a hole beside a program, in numbers without zeros",
    files: { "1_a.sql": goose, "2_b.sql": goose, "3_c.sql": goose, "4_d.go": "", "10_e.sql": goose },
    found: [/^sequence-gap: versions 5 to 9 are missing$/],
  },
  {
    layout: "goose",
    what: "a block that is not closed",
    files: {
      "00001_a.sql": "-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n-- +goose Down\nSELECT 1;\n",
    },
    found: [/^section-marker: .*StatementBegin is not closed$/],
  },
  {
    layout: "goose",
    what: "sections in the wrong order",
    files: { "00001_a.sql": "-- +goose Down\nSELECT 1;\n-- +goose Up\nSELECT 1;\n" },
    found: [/^section-marker: the up stands below the down$/],
  },
  {
    layout: "sql-migrate",
    what: "no duplicates, for the whole name counts",
    files: { "1-a.sql": sqlMigrate, "1-b.sql": sqlMigrate },
    found: [],
  },
  {
    layout: "dbmate",
    what: "a down that is missing",
    files: { "1_a.sql": "-- migrate:up\nSELECT 1;\n" },
    found: [/^missing-down: 1_a has no down, and dbmate refuses the file$/],
  },
  {
    layout: "dbmate",
    what: "no way back still wants the mark",
    files: {
      "1_a.sql": "-- migrate:up\n-- switchback: irreversible rows are merged\nSELECT 1;\n",
      "2_b.sql": "-- migrate:up\n-- switchback: irreversible rows are merged\nSELECT 1;\n-- migrate:down\n",
    },
    found: [/^missing-down: 1_a has no down, and dbmate refuses the file$/],
  },
  {
    layout: "goose",
    what: "no way back wants no mark",
    files: { "00001_a.sql": "-- +goose Up\n-- switchback: irreversible rows are merged\nSELECT 1;\n" },
    found: [],
  },
  {
    layout: "prisma",
    what: "there are no downs",
    files: { "20240101000000_a/migration.sql": up },
    found: [],
  },
  { layout: "supabase", what: "there are no downs", files: { "20240101000000_a.sql": up }, found: [] },
  {
    layout: "drizzle-folders",
    what: "there are no downs",
    files: { "20240101000000_a/migration.sql": up, "20240102000000_b/migration.sql": up },
    found: [],
  },
  { layout: "drizzle", what: "there are no downs", files: { "0000_a.sql": up, "0001_b.sql": up }, found: [] },
  {
    layout: "drizzle",
    what: "a hole in what the journal lists has lost nothing",
    files: {
      "0000_a.sql": up,
      "0003_b.sql": up,
      "meta/_journal.json": '{"entries": [{"tag": "0000_a"}, {"tag": "0003_b"}]}',
    },
    found: [],
  },
  {
    layout: "drizzle",
    what: "a hole where nothing is listed",
    files: { "0000_a.sql": up, "0002_b.sql": up },
    found: [/^sequence-gap: version 0001 is missing$/],
  },
  {
    layout: "plain",
    what: "holes count, downs do not",
    files: { "001_a.sql": up, "003_b.sql": up },
    found: [/^sequence-gap/],
  },
  {
    layout: "authelia",
    what: "its own names",
    files: { "V0001.Init.up.sql": up, "V0001.Init.down.sql": up },
    found: [],
  },
  {
    layout: "ory",
    what: "a dialect is no title",
    files: { "1_a.up.sql": up, "1_a.postgres.down.sql": up, "1_a.mysql.up.sql": "`x`" },
    found: [],
  },
  {
    layout: "node-pg-migrate",
    what: "milliseconds have holes",
    files: { "1706700000000_a.sql": "-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 1;\n" },
    found: [],
  },
];

describe("names and versions by layout", () => {
  it.each(cases)("$layout: $what", async ({ layout, files, found }) => {
    const { findings } = await lint({
      folder: readLayout(layout, files),
      preset: "recommended",
      rules: {},
      postgres: 18,
    });
    const lines = findings
      .filter(({ rule }) => named.has(rule))
      .map(({ rule, message }) => `${rule}: ${message}`);
    expect(lines).toEqual(found.map((words) => expect.stringMatching(words)));
  });

  it.each<[string, Readonly<Record<string, string>>, boolean]>([
    ["golang-migrate", { "1_a.up.sql": "DROP TABLE" }, true],
    ["flyway", { "V1__a.sql": "DROP TABLE" }, false],
  ])("what goes wrong with %s is told of it alone", async (layout, files, isDirty) => {
    const folder = readLayout(layout, files);
    const { findings } = await lint({ folder, preset: "recommended", rules: {}, postgres: 18 });
    const why = findings.find(({ rule }) => rule === "syntax-error")?.why ?? "";
    expect(why.endsWith("the runner stops there; golang-migrate marks the database as dirty.")).toBe(isDirty);
    expect(why.endsWith("the runner stops there.")).toBe(!isDirty);
  });

  it("has a case for every layout", () => {
    expect(new Set(cases.map(({ layout }) => layout))).toEqual(new Set(Object.keys(layouts)));
  });
});
