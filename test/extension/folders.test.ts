import { expect, it } from "vitest";
import { builtInConfig } from "#core/config/resolve-config.ts";
import { Folders } from "../../extension/src/analysis/folders.ts";

it("keeps folders of one name apart: each root of a workspace may have a folder of migrations", async () => {
  const folders = new Folders();
  const lint = (root: string, files: Readonly<Record<string, string>>, fresh: boolean) =>
    folders.lint({
      id: `file:///${root}/migrations`,
      folder: "migrations",
      config: builtInConfig,
      nearby: [],
      changed: Object.entries(files).map(([name, text]) => [`migrations/${name}`, text]),
      fresh,
    });
  const table = { "000001_t.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY);" };
  await lint("shop", { ...table, "000001_t.down.sql": "DROP TABLE t;" }, true);
  await lint("billing", { ...table, "000001_t.down.sql": "SELECT 1;" }, true);
  const edited = await lint("shop", { "000002_u.up.sql": "CREATE TABLE u (id bigint PRIMARY KEY);" }, false);
  expect(edited.migrations.map(({ name }) => name)).toEqual(["000001_t", "000002_u"]);
  expect(edited.findings.map(({ rule, migration }) => [rule, migration])).toEqual([
    ["missing-down", "000002_u"],
  ]);
});

it("takes a folder with as many files of two layouts for the same one, whichever came first", async () => {
  const files = [
    ["migrations/0001_a.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 1;\n"],
    ["migrations/2024-01-31-120000_b/up.sql", "SELECT 1;"],
  ] as const;
  const layouts = [files, files.toReversed()].map(async (changed) => {
    const asked = { id: "1", folder: "migrations", config: builtInConfig, nearby: [], fresh: true };
    return (await new Folders().lint({ ...asked, changed })).layout;
  });
  expect(await Promise.all(layouts)).toEqual(["goose", "goose"]);
});
