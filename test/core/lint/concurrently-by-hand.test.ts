import { expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import { readLayout } from "../../support/read-layout.ts";

const table = "CREATE TABLE orders (id bigint PRIMARY KEY, at timestamptz);\n";

async function helpOf(rule: string, layout: string, files: Readonly<Record<string, string>>) {
  const folder = readLayout(layout, files);
  const { findings } = await lint({ folder, preset: "recommended", rules: {}, postgres: 18 });
  return findings.find((finding) => finding.rule === rule)?.help;
}

it.each([
  ["drizzle", ".sql"],
  ["drizzle-folders", "/migration.sql"],
])("%s cannot be told to open no transaction", async (layout, end) => {
  const build = { [`1_a${end}`]: table, [`2_b${end}`]: "CREATE INDEX orders_at ON orders (at);" };
  expect(
    await helpOf("require-concurrent-index", layout, build),
  ).toBe(`by hand before, as the runner opens a transaction around every migration
  CREATE INDEX CONCURRENTLY orders_at ON orders (at);
and here, where it then does nothing
  -- switchback-ignore require-concurrent-index: built by hand before
  CREATE INDEX IF NOT EXISTS orders_at ON orders (at);`);
  const alone = {
    [`1_a${end}`]: table,
    [`2_b${end}`]: "CREATE INDEX CONCURRENTLY orders_at ON orders (at);",
  };
  expect(await helpOf("concurrently-in-transaction", layout, alone)).toContain("run it by hand before");
});

it("an index without a name gets one, for IF NOT EXISTS wants it", async () => {
  const files = { "0001_a.sql": table, "0002_b.sql": "CREATE INDEX ON orders (at);" };
  const help = await helpOf("require-concurrent-index", "drizzle", files);
  expect(help).toContain("  CREATE INDEX CONCURRENTLY orders_at_idx ON orders (at);");
  expect(help).toContain("  CREATE INDEX IF NOT EXISTS orders_at_idx ON orders (at);");
});

// Its command line sends what must stand alone on its own.
it("supabase need not be told", async () => {
  const alone = { "1_a.sql": table, "2_b.sql": "CREATE INDEX CONCURRENTLY orders_at ON orders (at);" };
  expect(await helpOf("concurrently-in-transaction", "supabase", alone)).toBeUndefined();
});

it("sqlx can", async () => {
  const files = {
    "1_a.up.sql": table,
    "1_a.down.sql": "DROP TABLE orders;",
    "2_b.up.sql": "CREATE INDEX orders_at ON orders (at);",
    "2_b.down.sql": "DROP INDEX orders_at;",
  };
  expect(await helpOf("require-concurrent-index", "sqlx", files)).toContain("tell the runner");
});
