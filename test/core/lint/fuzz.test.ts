import { describe, expect, it } from "vitest";
import { fuzzLint } from "../../../scripts/fuzz/fuzz-lint.ts";
import { fuzzSources } from "../../../scripts/fuzz/fuzz-sources.ts";

const sources = fuzzSources();

describe("mutated migrations", () => {
  it("break nothing: no throw, no second of work, no place outside of its file", async () => {
    const { failures, mutants, parsed } = await fuzzLint({ sources, seed: 20, inputs: 300 });
    expect(failures).toEqual([]);
    expect(parsed / mutants).toBeGreaterThan(0.5);
  });

  it("would show a rule that throws", async () => {
    const judge = async (files: ReadonlyMap<string, string>) => {
      if ([...files.values()].some((text) => text.includes("😀"))) throw new Error("a smile");
      return [];
    };
    const { failures } = await fuzzLint({ sources, seed: 20, inputs: 300, judge });
    expect(failures.length).toBeGreaterThan(0);
    expect(failures[0]?.problem).toContain("a smile");
  });

  it("would show a finding that points outside of its file", async () => {
    const place = { line: 999, column: 1 };
    const judge = async () => [
      {
        rule: "drop-table",
        severity: "error" as const,
        message: "",
        file: "m/000002_fuzz.up.sql",
        range: { start: place, end: place },
      },
    ];
    const { failures } = await fuzzLint({ sources, seed: 20, inputs: 5, judge });
    expect(failures).toHaveLength(5);
  });

  it("are the same for the same seed", async () => {
    const seen: string[][] = [[], []];
    for (const texts of seen) {
      const judge = async (files: ReadonlyMap<string, string>) => {
        texts.push([...files.values()].join("\n"));
        return [];
      };
      await fuzzLint({ sources, seed: 3, inputs: 20, judge });
    }
    expect(seen[0]).toEqual(seen[1]);
  });
});
