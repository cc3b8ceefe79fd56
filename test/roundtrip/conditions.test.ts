import { describe, expect, it } from "vitest";
import { conditionHints } from "#core/roundtrip/data/condition-hints.ts";
import { lostValues } from "#core/roundtrip/data/lost-values.ts";
import { regexExamples } from "#core/roundtrip/data/regex-examples.ts";
import type { RowSnapshot } from "#core/roundtrip/data/snapshot-rows.ts";

describe("examples of regular expressions", () => {
  it.each([
    "^[a-z]{3,5}$",
    "^\\d{4}-\\d{2}$",
    "^(a|b)+x?$",
    "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
    "^#[0-9A-Fa-f]{6}$",
    "^v?\\d+(\\.\\d+)*$",
  ])("%s", (pattern) => {
    const examples = regexExamples(pattern);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(example).toMatch(new RegExp(pattern));
  });

  it("has none where it does not know", () => {
    expect(regexExamples("^(?=a)b")).toEqual([]);
    expect(regexExamples("[")).toEqual([]);
  });
});

describe("hints of conditions", () => {
  it.each([
    [
      "((status)::text = ANY ((ARRAY['new'::character varying, 'it''s'::character varying])::text[]))",
      "it's",
    ],
    ["(status = ANY ('{new,done}'::text[]))", "done"],
    ["(code ~ '^[A-Z]{2}$'::text)", "AA"],
    ["(code ~ E'^\\\\d{2}$'::text)", "11"],
    ["(url ~~ 'https://%'::text)", "https://a"],
    ["(char_length(code) = 4)", "1234"],
  ])("%s suggests %s", (sql, text) => {
    expect(conditionHints(sql).texts).toContain(text);
  });

  it("looks around the borders of a range", () => {
    expect(conditionHints("((rating >= 1) AND (rating <= 5))").numbers).toEqual(
      expect.arrayContaining([0, 1, 2, 4, 5, 6]),
    );
  });
});

describe("what is lost", () => {
  const snapshot = (type: string, rows: (string | null)[][]): RowSnapshot =>
    new Map([["public.t", { name: "public.t", columns: [{ name: "c", type }], rows, count: rows.length }]]);

  it.each<[string, RowSnapshot, RowSnapshot, unknown[]]>([
    ["order", snapshot("text", [["a"], ["b"]]), snapshot("text", [["b"], ["a"]]), []],
    ["values", snapshot("text", [["a"], ["b"]]), snapshot("text", [["a"], [null]]), [[1, 2]]],
    ["rows", snapshot("text", [["a"], ["b"]]), snapshot("text", [["a"]]), [[1, 2]]],
    ["another type", snapshot("text", [["a"]]), snapshot("integer", [["1"]]), []],
    ["a mark", snapshot("timestamp", [["2020-01-01"]]), snapshot("timestamp", [["2026-01-02"]]), []],
    [
      "an older time",
      snapshot("timestamp", [["2020-01-01"]]),
      snapshot("timestamp", [["1970-01-01"]]),
      [[1, 1]],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(lostValues(before, after, "2026-01-01").map(({ lost, of }) => [lost, of])).toEqual(expected);
  });
});
