import type { Hints } from "./condition-hints.ts";

/** Bounds between numbers of a condition, and small ones, the lower first. */
export function pairedBounds({ numbers }: Hints): string[][] {
  const sorted = [...new Set([0, 0.5, 1, ...numbers])].filter((it) => it >= 0).sort((a, b) => a - b);
  return sorted
    .slice(0, 8)
    .flatMap((low, i) => sorted.slice(i + 1, i + 3).map((high) => [`${low}`, `${high}`]));
}

/** Texts of a condition that are written as a range. */
export function rangeTexts(hints: Hints | undefined): string[] {
  return (hints?.texts ?? []).filter((text) => /^[[(].*,.*[\])]$/s.test(text));
}
