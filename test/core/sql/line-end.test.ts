import { expect, it } from "vitest";
import { lineEndOf, withLineEnd } from "#core/sql/line-end.ts";

it.each([
  ["", "\n"],
  ["one", "\n"],
  ["\none\r\n", "\n"],
  ["one\ntwo\r\n", "\n"],
  ["one\r\ntwo\n", "\r\n"],
])("%j ends lines with %j", (text, lineEnd) => {
  expect(lineEndOf(text)).toBe(lineEnd);
});

it.each([
  ["A;\nB;\n", "A;\r\nB;\r\n"],
  ["A;\r\n-- b\n/* c\nd */", "A;\r\n-- b\r\n/* c\r\nd */"],
  ["AS $$\nx\n$$;\n", "AS $$\nx\n$$;\r\n"],
  ["'a\nb'\n", "'a\nb'\r\n"],
  // A quote in a comment is none.
  ["-- don't\nA;\n", "-- don't\r\nA;\r\n"],
])("%j goes into a file of Windows as %j", (sql, expected) => {
  expect(withLineEnd(sql, "\r\n")).toBe(expected);
  expect(withLineEnd(expected, "\n")).toBe(withLineEnd(sql, "\n"));
});
