import { describe, expect, it } from "vitest";
import { renumberPlan } from "#core/author/renumber-plan.ts";
import { readLayout } from "../../support/read-layout.ts";

interface Case {
  readonly what: string;
  readonly layout?: string;
  readonly head: readonly string[];
  readonly base?: readonly string[];
  /** `from → to`, relative to the folder. */
  readonly moves: readonly string[];
  readonly stuck?: readonly RegExp[];
}

const pair = (name: string) => [`${name}.up.sql`, `${name}.down.sql`];

const cases: readonly Case[] = [
  { what: "an orderly folder", head: [...pair("01_a"), ...pair("02_b")], base: pair("01_a"), moves: [] },
  {
    what: "a version used twice, without a base: the second goes behind the highest, the others stay",
    head: [...pair("01_a"), ...pair("01_b"), ...pair("02_c")],
    moves: ["01_b.down.sql → 03_b.down.sql", "01_b.up.sql → 03_b.up.sql"],
  },
  {
    what: "the merged one stays, whatever its name",
    head: [...pair("01_b"), "01_a.up.sql"],
    base: pair("01_b"),
    moves: ["01_a.up.sql → 02_a.up.sql"],
  },
  {
    what: "a version that the base took meanwhile",
    head: [...pair("01_a"), "02_mine.up.sql"],
    base: [...pair("01_a"), "02_theirs.up.sql", "03_more.up.sql"],
    moves: ["02_mine.up.sql → 04_mine.up.sql"],
  },
  {
    what: "unmerged ones keep their order",
    head: ["01_a.up.sql", "02_mine.up.sql", "03_builds_on_it.up.sql", "05_base.up.sql"],
    base: ["01_a.up.sql", "05_base.up.sql"],
    moves: ["02_mine.up.sql → 06_mine.up.sql", "03_builds_on_it.up.sql → 07_builds_on_it.up.sql"],
  },
  {
    what: "one that is far behind already stays",
    head: ["01_a.up.sql", "01_mine.up.sql", "09_later.up.sql"],
    base: ["01_a.up.sql"],
    moves: ["01_mine.up.sql → 02_mine.up.sql"],
  },
  {
    what: "two merged ones cannot move",
    head: ["01_a.up.sql", "01_b.up.sql"],
    base: ["01_a.up.sql", "01_b.up.sql"],
    moves: [],
    stuck: [/01_b is on main and cannot move/],
  },
  {
    what: "the missing down of a merged migration is no new version",
    head: [...pair("01_a"), "02_b.up.sql"],
    base: ["01_a.up.sql", "02_b.up.sql"],
    moves: [],
  },
  {
    what: "Diesel moves folders with all that lies in them",
    layout: "diesel",
    head: [
      "2024-01-01-000000_mine/up.sql",
      "2024-01-01-000000_mine/metadata.toml",
      "2024-02-01-000000_a/up.sql",
    ],
    base: ["2024-02-01-000000_a/up.sql"],
    moves: [
      "2024-01-01-000000_mine/metadata.toml → 2024-02-01-000001_mine/metadata.toml",
      "2024-01-01-000000_mine/up.sql → 2024-02-01-000001_mine/up.sql",
    ],
  },
  {
    what: "Flyway keeps its letters and dots; repeatables never move",
    layout: "flyway",
    head: ["V1.1__a.sql", "V1.2__b.sql", "V1.02__mine.sql", "U1.02__mine.sql", "R__view.sql"],
    base: ["V1.1__a.sql", "V1.2__b.sql"],
    moves: ["U1.02__mine.sql → U1.3__mine.sql", "V1.02__mine.sql → V1.3__mine.sql"],
  },
  {
    what: "sql-migrate takes the whole name for the version",
    layout: "sql-migrate",
    head: ["1-a.sql", "1-b.sql"],
    moves: [],
  },
  {
    what: "goose has one file for both directions",
    layout: "goose",
    head: ["00001_a.sql", "00001_b.sql"],
    moves: ["00001_b.sql → 00002_b.sql"],
  },
  {
    what: "Ory's dialects stay in the name",
    layout: "ory",
    head: [
      "20240101000000_a.postgres.up.sql",
      "20240101000000_a.postgres.down.sql",
      "20240201000000_b.up.sql",
    ],
    base: ["20240201000000_b.up.sql"],
    moves: [
      "20240101000000_a.postgres.down.sql → 20240201000001_a.postgres.down.sql",
      "20240101000000_a.postgres.up.sql → 20240201000001_a.postgres.up.sql",
    ],
  },
];

const texts: Readonly<Record<string, string>> = {
  goose: "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 1;\n",
  "sql-migrate": "-- +migrate Up\nSELECT 1;\n",
};

describe("renumberPlan", () => {
  it.each(cases)("$what", ({ layout = "golang-migrate", head, base, moves, stuck = [] }) => {
    const read = (names: readonly string[]) =>
      readLayout(layout, Object.fromEntries(names.map((name) => [name, texts[layout] ?? "SELECT 1;"])));
    const plan = renumberPlan(read(head), base && { ref: "main", reading: read(base) });
    const renames = plan.moves.flatMap(({ edits }) =>
      edits.map((edit) =>
        edit.kind === "rename" ? `${edit.file.slice(2)} → ${edit.to.slice(2)}` : edit.kind,
      ),
    );
    expect(renames).toEqual(moves);
    expect(plan.stuck).toEqual(stuck.map((words) => expect.stringMatching(words)));
  });

  it("Drizzle's journal dates what moves behind the base branch, whose databases would pass it over", () => {
    const read = (entries: readonly (readonly [tag: string, when: number])[]) => {
      const list = { entries: entries.map(([tag, when]) => ({ when, tag })) };
      const files = entries.map(([tag]) => [`${tag}.sql`, "SELECT 1;"]);
      return readLayout("drizzle", {
        ...Object.fromEntries(files),
        "meta/_journal.json": JSON.stringify(list),
      });
    };
    const head = read([
      ["0_a", 1000],
      ["1_mine", 2000],
      ["2_next", 9000],
    ]);
    const base = read([
      ["0_a", 1000],
      ["1_theirs", 3000],
    ]);
    const { moves } = renumberPlan(head, { ref: "main", reading: base });
    const written = moves.map(({ edits }) =>
      edits.map((edit) => (edit.kind === "replace" ? edit.text : edit.kind)),
    );
    expect(written).toEqual([
      ["rename", "3002", '"2_mine"'],
      ["rename", '"3_next"'],
    ]);
  });
});
