import { describe, expect, it } from "vitest";
import { applyEdits, applyFixes } from "#core/lint/apply-fixes.ts";
import type { Example } from "#core/lint/rule.ts";
import { rules } from "#core/lint/rules/index.ts";
import type { Finding, Fix } from "#core/report/model.ts";
import { lintFiles } from "../support/lint-files.ts";

/**
 * The examples that the docs print are run: `bad` makes its rule speak, `good` keeps it silent, and a fix silences it,
 * says nothing new and has nothing left to do when it is asked again.
 */
describe.each(rules.map((rule) => ({ name: rule.name, rule })))("rule $name", ({ rule }) => {
  it.each(numbered(rule.examples.bad))("speaks on bad example $number", async ({ example }) => {
    expect(await rulesThatSpeak(example)).toContain(rule.name);
  });

  it.each(numbered(rule.examples.good))("is silent on good example $number", async ({ example }) => {
    expect(await rulesThatSpeak(example)).not.toContain(rule.name);
  });

  it.each(numbered(rule.examples.bad))(
    "fixes bad example $number, where it offers to",
    async ({ example }) => {
      const files = filesOf(example);
      const before = await findings(files, example);
      const found = before.filter((finding) => finding.rule === rule.name);
      for (const fix of found.flatMap((finding): Fix[] => (finding.fix ? [finding.fix] : []))) {
        const fixed = applyEdits(files, fix.edits);
        const after = await findings(fixed, example);
        const left = after.filter((finding) => finding.rule === rule.name);
        expect(left.length, `${fix.title} silences one finding`).toBeLessThan(found.length);
        expect(namesOf(after).filter((name) => !namesOf(before).includes(name))).toEqual([]);
      }
    },
  );

  it.each(numbered(rule.examples.bad))(
    "bears the fixes of all rules on bad example $number, one after the other",
    async ({ example }) => {
      let files = filesOf(example);
      const before = namesOf(await findings(files, example));
      for (let pass = 0; pass < 8; pass++) {
        const fixes = (await findings(files, example)).flatMap(({ fix }): Fix[] => (fix ? [fix] : []));
        if (fixes.length === 0) break;
        files = applyFixes(files, fixes).texts;
      }
      const after = await findings(files, example);
      expect(after.filter(({ fix }) => fix)).toEqual([]);
      expect(namesOf(after).filter((name) => !before.includes(name))).toEqual([]);
    },
  );

  it("is described", () => {
    expect(rule.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.summary).toMatch(/^[A-Z].*\.$/s);
    expect(rule.why).toMatch(/\.$/);
    expect(rule.presets).toContain("all");
  });
});

describe("the list of rules", () => {
  it("names each rule once", () => {
    const names = rules.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});

function numbered(examples: readonly Example[]): { number: number; example: Example }[] {
  return examples.map((example, index) => ({ number: index + 1, example }));
}

/** The history before it is migration 1, the example migration 2. */
function filesOf({ before, up, down, files }: Example): ReadonlyMap<string, string> {
  if (files) {
    return new Map(files.map((name) => [`migrations/${name}`, /up\.sql$/.test(name) ? up : (down ?? "")]));
  }
  const history: [string, string][] = before
    ? [
        ["migrations/000001_before.up.sql", before],
        ["migrations/000001_before.down.sql", "-- switchback: irreversible the history of an example"],
      ]
    : [];
  const version = before ? "000002" : "000001";
  return new Map([
    ...history,
    [`migrations/${version}_example.up.sql`, up],
    [`migrations/${version}_example.down.sql`, down ?? "-- switchback: irreversible not part of the example"],
  ]);
}

/** Every rule is on, so that a fix which disturbs another one is noticed. The history is not judged. */
async function findings(files: ReadonlyMap<string, string>, example: Example): Promise<readonly Finding[]> {
  const { findings: found } = await lintFiles(files, {
    ...(example.postgres !== undefined && { postgres: example.postgres }),
    ...(example.before && { startAfter: "000001" }),
  });
  return found;
}

async function rulesThatSpeak(example: Example): Promise<string[]> {
  return namesOf(await findings(filesOf(example), example));
}

function namesOf(found: readonly Finding[]): string[] {
  return found.map(({ rule }) => rule);
}
