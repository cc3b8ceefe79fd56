import { describe, expect, it } from "vitest";
import { check } from "#core/check.ts";
import { resolveConfig } from "#core/config/resolve-config.ts";

/** A merged migration that a change takes away is one finding, whatever else it leaves behind. */

type Files = Readonly<Record<string, string>>;

const pair = (version: string, to = version): Files => ({
  [`${to}_t.up.sql`]: `CREATE TABLE t${version} (id bigint PRIMARY KEY);`,
  [`${to}_t.down.sql`]: `DROP TABLE t${version};`,
});

const raw = (files: Files) =>
  Object.entries(files).map(([name, text]) => ({
    path: `migrations/${name}`,
    bytes: new TextEncoder().encode(text),
  }));

async function rulesOf(
  base: Files,
  head: Files,
  rules = {},
  touched: readonly string[] = [...Object.keys(base), ...Object.keys(head)],
): Promise<string[]> {
  const { findings } = await check(
    {
      folder: "migrations",
      files: raw(head),
      config: resolveConfig({ layout: "golang-migrate", rules }),
      lint: true,
      prove: false,
      base: { ref: "main", files: raw(base) },
      changed: new Set(touched.map((name) => `migrations/${name}`)),
    },
    {},
  );
  return findings.map(({ rule }) => rule);
}

const merged = { ...pair("001"), ...pair("002"), ...pair("003"), ...pair("004") };
const without = (files: Files, pattern: RegExp) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !pattern.test(name)));

describe("a version that the base has too", () => {
  const again = { ...merged, "004_other.up.sql": "SELECT 1;", "004_other.down.sql": "SELECT 1;" };

  it("is told once, with the migration that moves", async () => {
    expect(await rulesOf(merged, again, {}, ["004_other.up.sql", "004_other.down.sql"])).toEqual([
      "duplicate-on-base",
    ]);
  });

  it("is told by its name where the base is not asked", async () => {
    expect(await rulesOf(merged, again, { "duplicate-on-base": "off" })).toEqual(["duplicate-version"]);
  });
});

describe("what a change took away is told once", () => {
  it.each<[string, Files]>([
    ["deleted", without(merged, /^003/)],
    ["deleted, and a new one follows", { ...without(merged, /^004/), ...pair("005") }],
    ["deleted without its down", without(merged, /^003_t\.up/)],
    ["renumbered", { ...without(merged, /^003/), ...pair("003", "005") }],
    ["renumbered, and far", { ...without(merged, /^003/), ...pair("003", "009") }],
  ])("%s", async (_, head) => {
    expect(await rulesOf(merged, head)).toEqual(["immutable-migration"]);
  });

  it("two of them are two", async () => {
    const head = without(merged, /^00[23]/);
    expect(await rulesOf(merged, head)).toEqual(["immutable-migration", "immutable-migration"]);
  });

  it("but not a hole that has another cause", async () => {
    expect(await rulesOf(merged, { ...merged, ...pair("006") })).toEqual(["sequence-gap"]);
    const head = { ...without(merged, /^004/), ...pair("006") };
    expect(await rulesOf(merged, head)).toEqual(["sequence-gap", "immutable-migration"]);
  });

  it("nor what the base has got since the branch left it", async () => {
    const head = { ...without(merged, /^004/), ...pair("005") };
    expect(await rulesOf(merged, head, {}, Object.keys(pair("005")))).toEqual([]);
  });

  it("nor one that nothing else tells", async () => {
    const off = { "immutable-migration": "off" };
    const edited = { "004_t.up.sql": `-- behind the hole\n${merged["004_t.up.sql"]}` };
    expect(await rulesOf(merged, { ...without(merged, /^003/), ...edited }, off)).toEqual(["sequence-gap"]);
  });
});
