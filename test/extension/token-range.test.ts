import { expect, it } from "vitest";
import { tokenRange } from "../../extension/src/analysis/token-range.ts";

it.each([
  ['{ "a": 1 }', 1, 3, '"a"'],
  ['{\r\n"a\\"b": 1 }', 2, 1, '"a\\"b"'],
  ['{ "a": elf }', 1, 8, "elf"],
  ['{ "not closed', 1, 3, '"not closed'],
  ["{", 1, 2, ""],
])("%s at %i:%i", (text, line, column, token) => {
  const { start, end } = tokenRange(text, { line, column });
  const shown = text.split(/\r\n/)[line - 1]?.slice(start.column - 1, end.column - 1);
  expect([end.line, shown]).toEqual([line, token]);
});
