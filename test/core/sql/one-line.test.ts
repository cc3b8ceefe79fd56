import { expect, test } from "vitest";
import { oneLine } from "#core/sql/one-line.ts";

test.each([
  ["a line comment, which would hide the rest", "a ( -- why\n  b )", "a ( b )"],
  ["a block comment between words", "a/* x */b", "a b"],
  [
    "white space in a string and in a quoted name",
    "CHECK (a <> 'x\n  y'\n  OR \"b  c\")",
    "CHECK (a <> 'x\n  y' OR \"b  c\")",
  ],
  ["operators of several signs", "a->>'b'\n::int", "a->>'b' ::int"],
])("%s", (_, sql, line) => {
  expect(oneLine(sql)).toBe(line);
});
