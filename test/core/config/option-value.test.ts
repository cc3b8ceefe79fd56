import { expect, it } from "vitest";
import { parseOption } from "#core/config/option-value.ts";
import { optionTable } from "#core/config/options.ts";

it.each([
  ["true", true],
  ["True", true],
  ["FALSE", false],
])("a switch is on and off in the spellings of YAML: %s", (text, value) => {
  const option = optionTable.find(({ type }) => type.kind === "switch");
  expect(option && parseOption(option, text, "locks")).toEqual({ ok: true, value });
});

it("a value among many is guessed", () => {
  const option = optionTable.find(({ name }) => name === "layout");
  expect(option && parseOption(option, "golang_migrate", "--layout")).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/not "golang_migrate": did you mean golang-migrate\?$/),
  });
});
