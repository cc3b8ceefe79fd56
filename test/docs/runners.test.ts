import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { check } from "#core/check.ts";
import { resolveConfig } from "#core/config/resolve-config.ts";

/** What the guide says of CONCURRENTLY and each runner is what the linter knows. */

const guide = readFileSync(join(import.meta.dirname, "../../docs/guides/runners.md"), "utf8");
const blocks = [...guide.matchAll(/^```sql\n-- ([\w-]+): (\S+)\n(.*?)^```$/gms)].map(
  ([, layout = "", name = "", sql = ""]) => ({ layout, name, sql }),
);
/** How each of them says that it wants no transaction. */
const switches =
  /^-- \+goose NO TRANSACTION\n|(?<=^-- \+migrate \w+) notransaction| transaction:false|^-- no-transaction\n/gm;

it.each(blocks)("$layout runs CONCURRENTLY as shown", async ({ layout, name, sql }) => {
  expect(await complaints(layout, name, sql)).toEqual([]);
});

it.each(blocks.filter(({ sql }) => sql.match(switches)))(
  "$layout does not where its file keeps silent",
  async ({ layout, name, sql }) => {
    expect(await complaints(layout, name, sql.replaceAll(switches, ""))).toContain(
      "concurrently-in-transaction",
    );
  },
);

async function complaints(layout: string, name: string, sql: string): Promise<readonly string[]> {
  const { findings } = await check(
    {
      folder: "migrations",
      files: [{ path: `migrations/${name}`, bytes: new TextEncoder().encode(sql) }],
      config: resolveConfig({ layout }),
      lint: true,
      prove: false,
    },
    {},
  );
  return findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("concurrently"));
}
