import { describe, expect, it } from "vitest";
import { changedPaths, differingPaths } from "#core/changed-paths.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";

describe("changedPaths", () => {
  it.each<[what: string, layout: string, files: string[], changed: string[], all: string[]]>([
    ["a changed file is itself", "golang-migrate", ["m/1_a.up.sql"], ["m/1_a.up.sql"], ["m/1_a.up.sql"]],
    [
      "a deleted down changes the migration whose up is left, however its version is spelt",
      "golang-migrate",
      ["m/01_a.up.sql", "m/02_b.up.sql"],
      ["m/1_a.down.sql"],
      ["m/1_a.down.sql", "m/01_a.up.sql"],
    ],
    [
      "a migration that is gone as a whole leaves nothing",
      "golang-migrate",
      ["m/2_b.up.sql"],
      ["m/1_a.up.sql"],
      ["m/1_a.up.sql"],
    ],
    [
      "a file elsewhere is no migration's",
      "golang-migrate",
      ["m/1_a.up.sql"],
      ["n/1_a.down.sql"],
      ["n/1_a.down.sql"],
    ],
    [
      "Diesel's folders too",
      "diesel",
      ["m/1_a/up.sql"],
      ["m/1_a/down.sql"],
      ["m/1_a/down.sql", "m/1_a/up.sql"],
    ],
  ])("%s", (_what, name, files, changed, all) => {
    const layout = layouts[name];
    if (!layout) throw new Error(`no layout ${name}`);
    const raw = files.map((path) => ({ path, bytes: new Uint8Array() }));
    expect([...changedPaths(new Set(changed), readMigrations("m", raw, layout))]).toEqual(all);
  });
});

it("what the base has just so is not the change's", () => {
  const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
  const files = [file("a.sql", "same"), file("b.sql", "new"), file("c.sql", "added")];
  const base = { ref: "main", files: [file("a.sql", "same"), file("b.sql", "old"), file("d.sql", "gone")] };
  const changed = new Set(["a.sql", "b.sql", "c.sql", "d.sql"]);
  expect([...differingPaths(changed, { files, base })]).toEqual(["b.sql", "c.sql", "d.sql"]);
  expect(differingPaths(changed, { files })).toBe(changed);
});
