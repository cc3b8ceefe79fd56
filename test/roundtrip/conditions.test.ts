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
  const table = (columns: { name: string; type: string; id: string }[], key: string[]) => ({
    of: (...rows: (string | null)[][]): RowSnapshot =>
      new Map([["public.t", { name: "public.t", columns, key, rows, count: rows.length }]]),
  });
  const snapshot = (type: string, rows: (string | null)[][], id = "1.1"): RowSnapshot =>
    table([{ name: "c", type, id }], []).of(...rows);
  const keyed = (type: string, id = "1.2") =>
    table(
      [
        { name: "id", type: "integer", id: "1.1" },
        { name: "c", type, id },
      ],
      ["id"],
    );

  it.each<[string, RowSnapshot, RowSnapshot, unknown[]]>([
    ["order", snapshot("text", [["a"], ["b"]]), snapshot("text", [["b"], ["a"]]), []],
    ["values", snapshot("text", [["a"], ["b"]]), snapshot("text", [["a"], [null]]), [[1, 2]]],
    ["rows", snapshot("text", [["a"], ["b"]]), snapshot("text", [["a"]]), [[1, 2]]],
    [
      "values of other rows",
      keyed("text").of(["1", "a"], ["2", "b"]),
      keyed("text").of(["2", "a"], ["1", "b"]),
      [[2, 2]],
    ],
    ["order, by key", keyed("text").of(["1", "a"], ["2", "b"]), keyed("text").of(["2", "b"], ["1", "a"]), []],
    [
      "a row, and a value of another",
      keyed("text").of(["1", "a"], ["2", "b"], ["3", null]),
      keyed("text").of(["2", null], ["3", "c"]),
      [
        [1, 3],
        [1, 2],
      ],
    ],
    [
      "other keys",
      keyed("text").of(["7", "a"], ["8", "b"]),
      keyed("text").of(["1", "a"], ["2", "b"]),
      [[2, 2]],
    ],
    [
      "a mark, by key",
      keyed("timestamp").of(["1", "2020-01-01"], ["2", "2020-01-01"]),
      keyed("timestamp").of(["1", "2026-01-02"], ["2", "2020-01-01"]),
      [],
    ],
    [
      "time stamps of a column that was made anew",
      keyed("timestamp").of(["1", "2020-01-01"]),
      keyed("timestamp", "1.3").of(["1", "2026-01-02"]),
      [[1, 1]],
    ],
    [
      "zeros that a scale adds",
      snapshot("numeric", [["1.2"], ["10"]]),
      snapshot("numeric", [["1.2000"], ["10.0"]]),
      [],
    ],
    ["digits", snapshot("numeric", [["1.25"]]), snapshot("numeric", [["1.20"]]), [[1, 1]]],
    [
      "how JSON is written",
      snapshot("json", [['{"b":1, "a":[2, 1]}']]),
      snapshot("json", [['{"a": [2,1], "b": 1}']]),
      [],
    ],
    ["the order of a list", snapshot("json", [["[1,2]"]]), snapshot("json", [["[2,1]"]]), [[1, 1]]],
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
