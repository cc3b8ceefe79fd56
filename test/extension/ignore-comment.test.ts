import { beforeAll, describe, expect, it } from "vitest";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { ignoreComment } from "../../extension/src/analysis/ignore-comment.ts";

beforeAll(loadParser);

function insert(text: string, line: number, column: number, scope: "statement" | "file"): string {
  const file = { path: "m/1_a.up.sql", text, bom: false };
  const position = { line, column };
  const { offset, before, reason, after } = ignoreComment({
    file,
    parsed: parseSql(text),
    rule: "r",
    position,
    scope,
  });
  return text.slice(0, offset) + before + reason + after + text.slice(offset);
}

describe("ignoreComment", () => {
  it.each<[string, string, number, number, "statement" | "file", string]>([
    [
      "above the statement",
      "SELECT 1;\nSELECT 2;\n",
      2,
      1,
      "statement",
      "SELECT 1;\n-- switchback-ignore r: why this is safe here\nSELECT 2;\n",
    ],
    [
      "from its second line",
      "SELECT\n  2;\n",
      2,
      3,
      "statement",
      "-- switchback-ignore r: why this is safe here\nSELECT\n  2;\n",
    ],
    [
      "with its indent",
      "\n    SELECT 2;",
      2,
      5,
      "statement",
      "\n    -- switchback-ignore r: why this is safe here\n    SELECT 2;",
    ],
    [
      "after another on the same line",
      "SELECT 1; SELECT 2;",
      1,
      11,
      "statement",
      "SELECT 1; \n-- switchback-ignore r: why this is safe here\nSELECT 2;",
    ],
    [
      "below a comment",
      "-- first\nSELECT 1;",
      2,
      1,
      "statement",
      "-- first\n-- switchback-ignore r: why this is safe here\nSELECT 1;",
    ],
    [
      "with the line ends of the file",
      "SELECT 1;\r\nSELECT 2;\r\n",
      2,
      1,
      "statement",
      "SELECT 1;\r\n-- switchback-ignore r: why this is safe here\r\nSELECT 2;\r\n",
    ],
    [
      "for the whole file",
      "SELECT 1;\nSELECT 2;\n",
      2,
      1,
      "file",
      "-- switchback-ignore-file r: why this is safe here\nSELECT 1;\nSELECT 2;\n",
    ],
    ["in an empty file", "", 1, 1, "statement", "-- switchback-ignore r: why this is safe here\n"],
    [
      "after characters of two units",
      "SELECT '😀'; SELECT 2;",
      1,
      14,
      "statement",
      "SELECT '😀'; \n-- switchback-ignore r: why this is safe here\nSELECT 2;",
    ],
  ])("%s", (_, text, line, column, scope, expected) => {
    expect(insert(text, line, column, scope)).toBe(expected);
  });
});
