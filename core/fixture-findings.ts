import { proofRules } from "./proof-rules.ts";
import { provedWords } from "./proved-words.ts";
import type { EngineInfo, Finding, RoundTrip } from "./report/model.ts";
import type { UselessFixture } from "./roundtrip/data/fixtures.ts";

const start = { line: 1, column: 1 };
const { severity, why } = proofRules["fixture-fails"];
const common = { rule: "fixture-fails", severity, why, range: { start, end: start } };

/** Rows of the team's own that PostgreSQL refuses. */
export function fixtureFindings({ name, rows }: RoundTrip, { postgres }: EngineInfo): Finding[] {
  return (rows?.refused ?? []).map(({ file, range, message, sqlstate }) => ({
    ...common,
    ...(range ? { range } : {}),
    file,
    migration: name,
    message: `the rows do not go in: ${message}`,
    proof: provedWords(postgres, sqlstate),
  }));
}

/** Files that no run looks at. */
export function uselessFixtureFindings(useless: readonly UselessFixture[]): Finding[] {
  return useless.map(({ path, words }) => ({
    ...common,
    file: path,
    message: `${path.slice(path.lastIndexOf("/") + 1)} ${words}`,
  }));
}
