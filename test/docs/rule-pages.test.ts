import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { everyRule } from "#core/every-rule.ts";

it("each rule has its page, and each page its rule", () => {
  const pages = readdirSync(join(import.meta.dirname, "../../docs/rules"));
  expect(pages.sort()).toEqual([...everyRule.map(({ name }) => `${name}.md`), "README.md"].sort());
});
