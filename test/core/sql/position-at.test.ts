import { expect, it } from "vitest";
import { positionAt } from "#core/sql/position-at.ts";

it.each([
  ["", 0, 1, 1],
  ["ab", 1, 1, 2],
  ["a\nb", 1, 1, 2],
  ["a\nb", 2, 2, 1],
  ["a\r\nb", 3, 2, 1],
  ["a\rb", 2, 2, 1],
  ["😀\n😀b", 5, 2, 3],
])("%j at %i is %i:%i", (text, offset, line, column) => {
  expect(positionAt(text, offset)).toEqual({ line, column });
});
