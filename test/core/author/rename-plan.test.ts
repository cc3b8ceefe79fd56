import { describe, expect, it } from "vitest";
import { renamePlan } from "#core/author/rename-plan.ts";
import { readLayout } from "../../support/read-layout.ts";

const cases: readonly (readonly [layout: string, names: readonly string[], renamed: readonly string[]])[] = [
  ["golang-migrate", ["01_a.up.sql", "01_b.down.sql"], ["01_add_users.up.sql", "01_add_users.down.sql"]],
  ["sqlx", ["1_a.sql"], ["1_add_users.sql"]],
  [
    "diesel",
    ["2024-01-01-000000_a/up.sql", "2024-01-01-000000_a/down.sql"],
    ["2024-01-01-000000_add_users/up.sql", "2024-01-01-000000_add_users/down.sql"],
  ],
  ["flyway", ["V1.2__a.sql", "U1.2__a.sql"], ["V1.2__add_users.sql", "U1.2__add_users.sql"]],
  ["flyway", ["r/V1__a.sql", "r/V1__a.sql.conf"], ["r/V1__add_users.sql", "r/V1__add_users.sql.conf"]],
  ["node-pg-migrate", ["1706700000000_old-name.sql"], ["1706700000000_add-users.sql"]],
  ["authelia", ["V0001.Init.postgres.up.sql"], []],
  ["authelia", ["V0001.Init.up.sql"], ["V0001.add_users.up.sql"]],
  ["prisma", ["20240101000000_a/migration.sql"], ["20240101000000_add_users/migration.sql"]],
  ["plain", ["001.sql"], ["001_add_users.sql"]],
];

describe("renamePlan", () => {
  it.each(cases)("%s: %j", (layout, names, renamed) => {
    const text = layout === "node-pg-migrate" ? "-- Up Migration\nSELECT 1;\n" : "SELECT 1;";
    const reading = readLayout(layout, Object.fromEntries(names.map((name) => [name, text])));
    const [migration] = reading.migrations;
    const plan = migration ? renamePlan(reading, migration, "Add users") : { ok: true, edits: [] };
    const to = plan.ok ? plan.edits.map((edit) => (edit.kind === "rename" ? edit.to.slice(2) : "")) : plan;
    expect(Array.isArray(to) ? [...to].sort() : to).toEqual([...renamed].sort());
  });

  it("renames what Drizzle's journal lists in the journal, too, and nothing beside it", () => {
    const reading = readLayout("drizzle", {
      "0000_a.sql": "SELECT 1;",
      "0001_b.sql": "SELECT 1;",
      "meta/_journal.json": '{"entries":[{"tag":"0000_a"},{"tag":"0001_b"}]}',
    });
    const [, second] = reading.migrations;
    const plan = second && renamePlan(reading, second, "c");
    expect(plan).toEqual({
      ok: true,
      edits: [
        { kind: "rename", file: "m/0001_b.sql", to: "m/0001_c.sql" },
        { kind: "replace", file: "m/meta/_journal.json", start: 36, end: 44, text: '"0001_c"' },
      ],
    });
  });

  it("refuses a title that another migration has, and one that changes nothing", () => {
    const reading = readLayout("golang-migrate", { "01_a.up.sql": "", "02_b.up.sql": "" });
    const [first] = reading.migrations;
    if (!first) throw new Error("no migration");
    expect(renamePlan(reading, first, "b")).toEqual({ ok: false, problem: "02_b has this title already" });
    expect(renamePlan(reading, first, "a")).toEqual({ ok: false, problem: "01_a has this title already" });
  });
});
