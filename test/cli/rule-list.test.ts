import { expect, it } from "vitest";
import { ruleList } from "../../cli/explain/rule-list.ts";

const rules = [
  {
    name: "add-column",
    severity: "error",
    presets: ["recommended"],
    summary: "A column that is added to a table which was there before.",
  },
  { name: "drop", severity: "info", presets: ["strict"], summary: "A table that is dropped." },
] as const;

it("keeps the columns of the list in a narrow terminal", () => {
  expect(ruleList(rules, { color: false, width: 60, live: true })).toBe(
    `add-column  error    A column that is added to a table which
                     was there before.
drop        info     A table that is dropped. (strict)
`,
  );
});

it("has one line for each rule where another program reads it", () => {
  expect(ruleList(rules, { color: false, width: 60, live: false }).split("\n")).toHaveLength(3);
});
