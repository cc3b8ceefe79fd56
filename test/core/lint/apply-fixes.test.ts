import { describe, expect, it } from "vitest";
import { applyFixes } from "#core/lint/apply-fixes.ts";
import type { FileEdit, Fix } from "#core/report/model.ts";
import { unifiedDiff } from "#core/report/unified-diff.ts";

const replace = (start: number, end: number, text: string, file = "a"): FileEdit => ({
  kind: "replace",
  file,
  start,
  end,
  text,
});
const fix = (...edits: FileEdit[]): Fix => ({ title: "Fix", edits });
const texts = new Map([["a", "0123456789"]]);

describe("applyFixes", () => {
  it.each<[name: string, fixes: Fix[], text: string, applied: number]>([
    ["apart", [fix(replace(6, 8, "x")), fix(replace(0, 2, "yyyy"))], "yyyy2345x89", 2],
    ["overlapping: the first wins", [fix(replace(0, 4, "x")), fix(replace(2, 6, "y"))], "x456789", 1],
    ["two insertions at one place", [fix(replace(4, 4, "x")), fix(replace(4, 4, "y"))], "0123x456789", 1],
    ["the same remedy twice", [fix(replace(4, 5, "x")), fix(replace(4, 5, "x"))], "0123x56789", 2],
    [
      "all or nothing",
      [fix(replace(0, 1, "x")), fix(replace(8, 9, "y"), replace(0, 1, "z"))],
      "x123456789",
      1,
    ],
    ["a file that is not there", [fix(replace(0, 1, "x", "b"))], "0123456789", 0],
  ])("%s", (_, fixes, text, applied) => {
    const result = applyFixes(texts, fixes);
    expect(result.texts.get("a")).toBe(text);
    expect(result.applied).toHaveLength(applied);
  });

  it("lets files trade their names, and does not write over one that is there", () => {
    const both = new Map([
      ["a", "A"],
      ["b", "B"],
    ]);
    const trade = fix({ kind: "rename", file: "a", to: "b" }, { kind: "rename", file: "b", to: "a" });
    expect([...applyFixes(both, [trade]).texts]).toEqual([
      ["b", "A"],
      ["a", "B"],
    ]);
    expect(applyFixes(both, [fix({ kind: "rename", file: "a", to: "b" })]).applied).toEqual([]);
  });
});

describe("unifiedDiff", () => {
  it("shows three lines around each change", () => {
    const before = Array.from({ length: 20 }, (_, line) => `${line}\n`).join("");
    const after = before.replace("2\n", "two\n").replace("15\n", "").concat("end");
    expect(unifiedDiff({ name: "f", text: before }, { name: "f", text: after })).toBe(
      "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,6 +1,6 @@\n 0\n 1\n-2\n+two\n 3\n 4\n 5\n@@ -13,8 +13,8 @@\n 12\n 13\n 14\n-15\n 16\n 17\n 18\n 19\n+end\n\\ No newline at end of file\n",
    );
  });

  it("names a file that is made and one that goes", () => {
    expect(unifiedDiff({ text: "" }, { name: "f", text: "a\n" })).toBe(
      "diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n",
    );
    expect(unifiedDiff({ name: "f", text: "a\n" }, { text: "" })).toBe(
      "diff --git a/f b/f\ndeleted file mode 100644\n--- a/f\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n",
    );
    expect(unifiedDiff({ name: "f", text: "a" }, { name: "f", text: "a" })).toBe("");
  });
});
