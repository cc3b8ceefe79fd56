import { describe, expect, it } from "vitest";
import { parseConfig } from "#core/config/parse-config.ts";
import { type StarterConfig, starterConfig } from "#core/config/starter-config.ts";
import { rules } from "#core/lint/rules/index.ts";

const commented = /^(\s*)\/\/ (?=")/;
const ruleNames = rules.map(({ name }) => name);

describe.each<StarterConfig>([
  { migrations: "migrations" },
  { migrations: "db/migrations", startAfter: { version: "000002", reason: "It has run." } },
])("a first switchback.jsonc: %j", (starter) => {
  const lines = starterConfig(starter).split("\n");
  const offered = lines.flatMap((line, index) => (commented.test(line) ? [index] : []));
  const withoutMark = (taken: readonly number[]) =>
    lines.map((line, index) => (taken.includes(index) ? line.replace(commented, "$1") : line)).join("\n");

  it("offers some options", () => {
    expect(offered.length).toBeGreaterThan(3);
  });

  it.each<readonly [string, readonly number[]]>([
    ["as it is", []],
    ["with all of them", offered],
    ...offered.map((index): [string, number[]] => [`with line ${index + 1}`, [index]]),
  ])("is right %s", (_, taken) => {
    const text = withoutMark(taken);
    const { values, problems } = parseConfig(text, ruleNames);
    expect(problems).toEqual([]);
    expect(values).toMatchObject({ migrations: starter.migrations });
    const wanted = (starter.startAfter ? 2 : 1) + taken.length;
    expect(Object.keys(values)).toHaveLength(wanted);
    // No reader has to allow a comma at the end.
    expect(text.replaceAll(/(^|\s)\/\/.*$/gm, "")).not.toMatch(/,\s*}/);
  });
});
