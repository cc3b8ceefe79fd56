import { expect, it } from "vitest";
import { fuzzLint } from "../../../scripts/fuzz/fuzz-lint.ts";
import { fuzzSources } from "../../../scripts/fuzz/fuzz-sources.ts";

it("thousands of mutated migrations break nothing, real ones too where SWITCHBACK_CORPUS is set", async () => {
  const { failures } = await fuzzLint({ sources: fuzzSources(), seed: 21, inputs: 3000 });
  expect(failures).toEqual([]);
});
