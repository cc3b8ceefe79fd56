import { expect, it } from "vitest";
import { withinTime } from "#core/sql/within-time.ts";

it("lets work run that is done in time, and throws what that throws", () => {
  const own = new SyntaxError("own");
  const fail = () => {
    throw own;
  };
  expect(() => withinTime(10_000, () => {})).not.toThrow();
  expect(() => withinTime(10_000, fail)).toThrow(own);
});

function turnsForEver(): never {
  for (;;);
}

it.each([
  ["an endless loop", turnsForEver],
  ["a regular expression that tries everything", () => /^(?:a|a)*b/.test("a".repeat(80))],
])("ends %s", (_, work) => {
  expect(() => withinTime(100, work)).toThrow(/timed out/);
});
