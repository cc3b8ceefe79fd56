import { describe, expect, it } from "vitest";
import type { FileEdit } from "#core/report/model.ts";
import { withoutOverlaps } from "../../extension/src/surfaces/without-overlaps.ts";

const replace = (start: number, end: number, file = "a"): FileEdit => ({
  kind: "replace",
  file,
  start,
  end,
  text: "",
});

describe("withoutOverlaps", () => {
  it.each<[string, FileEdit[][], number]>([
    ["keeps edits side by side", [[replace(0, 5)], [replace(5, 9)]], 2],
    ["drops one that begins inside another", [[replace(0, 5)], [replace(4, 9)]], 1],
    ["drops a second insertion at one place", [[replace(3, 3)], [replace(3, 3)]], 1],
    ["keeps edits of other files", [[replace(0, 5)], [replace(0, 5, "b")]], 2],
    ["drops a fix as a whole", [[replace(0, 5)], [replace(4, 9), replace(20, 21)]], 1],
    ["drops what touches a renamed file", [[{ kind: "rename", file: "a", to: "b" }], [replace(0, 1)]], 1],
  ])("%s", (_, fixes, kept) => {
    expect(withoutOverlaps(fixes)).toHaveLength(kept);
  });
});
