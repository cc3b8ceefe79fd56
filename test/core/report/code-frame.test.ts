import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeFrame } from "#core/report/text/code-frame.ts";
import { displayWidth } from "#core/report/text/display-width.ts";
import { SourceLines } from "#core/report/text/source-lines.ts";
import { at } from "./sample-report.ts";

const frame = (text: string, range: ReturnType<typeof at>, width = 60) => {
  const { lines, hidden } = codeFrame(new SourceLines(text), range, width);
  return [
    ...lines.flatMap(({ number, code, marks }) => [`${number}|${code}`, ` |${marks}`]),
    ...(hidden ? [`+${hidden}`] : []),
  ];
};

describe("the exact range is underlined", () => {
  test.each<[name: string, text: string, range: ReturnType<typeof at>, frame: string[]]>([
    ["in a line", "SELECT 1;\nDROP TABLE a;\n", at(2, 6, 2, 11), ["2|DROP TABLE a;", " |     ─────"]],
    ["after tabs", "\tDROP\tTABLE a;", at(1, 2, 1, 6), ["1|    DROP    TABLE a;", " |    ────"]],
    ["across a tab", "a\tb", at(1, 1, 1, 4), ["1|a   b", " |─────"]],
    [
      "after wide characters",
      "SELECT '漢字', x;",
      at(1, 14, 1, 15),
      ["1|SELECT '漢字', x;", " |               ─"],
    ],
    ["under wide characters", "漢字 x", at(1, 1, 1, 3), ["1|漢字 x", " |────"]],
    ["after an emoji of several code points", "'👩‍👩‍👧' x", at(1, 12, 1, 13), ["1|'👩‍👩‍👧' x", " |     ─"]],
    ["after a combining mark", "e\u0301 x", at(1, 4, 1, 5), ["1|e\u0301 x", " |  ─"]],
    ["with CRLF", "SELECT 1;\r\nDROP;\r\n", at(2, 1, 2, 5), ["2|DROP;", " |────"]],
    ["behind the last character", "SELECT", at(1, 7, 1, 7), ["1|SELECT", " |      ─"]],
    [
      "over two lines, without the indentation",
      "CREATE INDEX a\n  ON b (c);",
      at(1, 1, 2, 11),
      ["1|CREATE INDEX a", " |──────────────", "2|  ON b (c);", " |  ────────"],
    ],
    [
      "over many lines, of which four are shown",
      "a\nb\nc\nd\ne\nf",
      at(1, 1, 6, 2),
      ["1|a", " |─", "2|b", " |─", "3|c", " |─", "4|d", " |─", "+2"],
    ],
    ["outside of the text", "a", at(9, 1, 9, 2), []],
  ])("%s", (_, text, range, expected) => {
    expect(frame(text, range)).toEqual(expected);
  });
});

describe("long lines are cut around the mark", () => {
  const long = `${"a".repeat(50)} MARK ${"b".repeat(50)}`;
  test("at both ends", () => {
    const [{ code, marks } = { code: "", marks: "" }] = codeFrame(
      new SourceLines(long),
      at(1, 52, 1, 56),
      30,
    ).lines;
    expect(code).toMatch(/^…a+ MARK b+…$/);
    expect(code.slice(marks.indexOf("─"), marks.length)).toBe("MARK");
    expect(displayWidth(code)).toBeLessThanOrEqual(30);
  });

  test("in the middle of two megabytes", () => {
    const huge = `${"x".repeat(1_000_000)}HERE${"y".repeat(1_000_000)}`;
    const [{ code, marks } = { code: "", marks: "" }] = codeFrame(
      new SourceLines(huge),
      at(1, 1_000_001, 1, 1_000_005),
      80,
    ).lines;
    expect(code.slice(marks.indexOf("─"), marks.length)).toBe("HERE");
  });
});

test("whatever the text and the range, no line is wider than asked and no control character gets out", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 });
  const number = fc.integer({ min: 1, max: 220 });
  fc.assert(
    fc.property(text, number, number, number, number, (sql, line, column, lines, endColumn) => {
      const first = 1 + (line % 4);
      const range = at(first, column, first + (lines % 3), endColumn);
      for (const { code, marks } of codeFrame(new SourceLines(sql), range, 40).lines) {
        expect(displayWidth(code)).toBeLessThanOrEqual(40);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the question
        expect(code + marks).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }
    }),
    { numRuns: 2000 },
  );
});
