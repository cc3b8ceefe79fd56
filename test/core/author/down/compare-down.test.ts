import { describe, expect, it } from "vitest";
import { compareDown } from "#core/author/down/compare-down.ts";
import { readLayout } from "../../../support/read-layout.ts";

async function compare(before: string, up: string, down: string, proposed: string) {
  const files = { "1_a.up.sql": before, "2_b.up.sql": up, "2_b.down.sql": down };
  const { migrations } = readLayout("golang-migrate", files);
  const [, migration] = migrations;
  const comparison = migration && (await compareDown(migrations, migration, proposed, 18));
  return comparison?.changes.map(({ words }) => words);
}

describe("compareDown", () => {
  it("compares what is left, not the text", async () => {
    const up = "CREATE TABLE a (); CREATE TABLE b ();";
    expect(await compare("", up, "DROP TABLE b, a;", "DROP TABLE b; DROP TABLE a;")).toEqual([]);
    expect(await compare("", up, "DROP TABLE a;", "DROP TABLE b, a;")).toEqual([
      "table b is left after down",
    ]);
  });

  it("does not care what a column's own sequence is called", async () => {
    const before = "CREATE TABLE users (id serial);";
    const up = "ALTER TABLE users RENAME TO old; CREATE TABLE users (id serial, n int); DROP TABLE old;";
    const renaming = "ALTER TABLE users RENAME TO new; CREATE TABLE users (id serial); DROP TABLE new;";
    const plain = "DROP TABLE users; CREATE TABLE users (id serial);";
    expect(await compare(before, up, renaming, plain)).toEqual([]);
  });
});
