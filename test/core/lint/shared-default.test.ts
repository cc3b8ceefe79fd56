import { describe, expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

const before =
  "CREATE TABLE coupons (id bigint PRIMARY KEY, shop int);\nCREATE FUNCTION number_coupons() RETURNS void LANGUAGE sql AS 'SELECT 1';";
const added = "ALTER TABLE coupons ADD COLUMN code text NOT NULL DEFAULT '';";
const index = "CREATE UNIQUE INDEX coupons_code_key ON coupons (code);";

async function said(up: string): Promise<readonly string[]> {
  const { findings } = await lintFiles(
    { "migrations/1_a.up.sql": before, "migrations/2_b.up.sql": up },
    { preset: "recommended", startAfter: "1" },
  );
  return findings
    .filter(({ rule }) => rule === "require-concurrent-index" || rule === "unique-constraint-build")
    .map(({ message, help }) => `${message}\n${help}`);
}

describe("a unique index over columns in which all rows have the default", () => {
  it.each([
    ["an index", `${added}\n${index}`],
    ["the default is dropped again", `${added}\nALTER TABLE coupons ALTER code DROP DEFAULT;\n${index}`],
    [
      "a constraint",
      "ALTER TABLE coupons ADD COLUMN code timestamptz DEFAULT now();\nALTER TABLE coupons ADD UNIQUE (code);",
    ],
    ["one statement", "ALTER TABLE coupons ADD COLUMN code int DEFAULT 0, ADD UNIQUE (code);"],
    [
      "two such columns",
      `${added}\nALTER TABLE coupons ADD COLUMN part int DEFAULT 0;\nCREATE UNIQUE INDEX ON coupons (code, part);`,
    ],
  ])("fails: %s", async (_, up) => {
    const [found, ...more] = await said(up);
    expect(more).toEqual([]);
    expect(found).toContain("fails as soon as coupons has two rows, which get the same default, and blocks");
    expect(found).toContain("give each row a value of its own in code");
  });

  it.each([
    ["NULL is no twin", `ALTER TABLE coupons ADD COLUMN code text;\n${index}`],
    [
      "one value for each row",
      `ALTER TABLE coupons ADD COLUMN code uuid DEFAULT gen_random_uuid();\n${index}`,
    ],
    ["filled meanwhile", `${added}\nUPDATE coupons SET code = id::text;\n${index}`],
    ["a function may fill it", `${added}\nSELECT number_coupons();\n${index}`],
    ["another type of its rows", `${added}\nALTER TABLE coupons ALTER code TYPE bigint USING id;\n${index}`],
    ["together with another column", `${added}\nCREATE UNIQUE INDEX ON coupons (shop, code);`],
    ["only some rows", `${added}\nCREATE UNIQUE INDEX ON coupons (code) WHERE code <> '';`],
    ["not unique", `${added}\nCREATE INDEX ON coupons (code);`],
  ])("is not said to fail: %s", async (_, up) => {
    const [found, ...more] = await said(up);
    expect(more).toEqual([]);
    expect(found).toContain("blocks");
    expect(found).not.toContain("fails as soon as");
  });
});
