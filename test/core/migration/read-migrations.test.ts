import { describe, expect, it } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";

function read(...names: string[]) {
  const files = names.map((name) => ({ path: `db/${name}`, bytes: new TextEncoder().encode(name) }));
  return readMigrations("db/", files, golangMigrate);
}

function shape(...names: string[]) {
  return read(...names).migrations.map(({ name, up, down }) => [name, up?.file.path, down?.file.path]);
}

describe("golang-migrate pairs", () => {
  it("by the version's number, whatever its spelling and the titles", () => {
    expect(shape("1_a.up.sql", "000001_a.down.sql", "2_b.up.sql", "0002_other.down.sql")).toEqual([
      ["1_a", "db/1_a.up.sql", "db/000001_a.down.sql"],
      ["2_b", "db/2_b.up.sql", "db/0002_other.down.sql"],
    ]);
  });

  it("in the order of the numbers, up to 64 bits", () => {
    const names = [
      "10_c.up.sql",
      "9_b.up.sql",
      "20240115093000_d.up.sql",
      "18446744073709551615_e.up.sql",
      "0_a.up.sql",
    ];
    expect(shape(...names).map(([name]) => name)).toEqual([
      "0_a",
      "9_b",
      "10_c",
      "20240115093000_d",
      "18446744073709551615_e",
    ]);
  });

  it("and keeps both pairs of a version that is used twice", () => {
    const { migrations, duplicates } = read(
      "1_a.up.sql",
      "1_a.down.sql",
      "01_b.up.sql",
      "01_b.down.sql",
      "01_c.down.sql",
    );
    expect(migrations.map(({ name, up, down }) => [name, up !== undefined, down !== undefined])).toEqual([
      ["01_b", true, true],
      ["1_a", true, true],
      ["01_c", false, true],
    ]);
    expect(duplicates.map(({ direction, files }) => [direction, files.length])).toEqual([
      ["up", 2],
      ["down", 3],
    ]);
  });

  it.each([
    ["000001_a_down.sql", "000001_a.down.sql"],
    ["000001_a-up.sql", "000001_a.up.sql"],
    ["000001-a.up.sql", "000001_a.up.sql"],
    ["000001_a.UP.sql", "000001_a.up.sql"],
    ["000001_a.sql", undefined],
    ["a.up.sql", undefined],
    [".000001_a.up.sql.swp", undefined],
    ["000001_a.up.sql~", undefined],
    ["000001_a.up.sql.bak", undefined],
    ["000001_a copy.up.sql", undefined],
    ["18446744073709551616_a.up.sql", undefined],
  ])("ignores %s", (name, rename) => {
    const { migrations, ignored } = read(name);
    expect(migrations).toEqual([]);
    expect(ignored).toMatchObject([{ name, ...(rename && { rename }) }]);
  });

  it("reads declarations from either file", () => {
    const files = [
      { path: "1_a.up.sql", bytes: new TextEncoder().encode("-- switchback: lossy precision\nSELECT 1;") },
      { path: "1_a.down.sql", bytes: new TextEncoder().encode("-- switchback: irreversible it is so") },
    ];
    expect(readMigrations(".", files, golangMigrate).migrations[0]?.declarations).toEqual({
      lossy: "precision",
      irreversible: "it is so",
    });
  });
});
