import type { Migration } from "../migration/model.ts";
import type { Draft } from "./draft.ts";

/** In the order of the migrations, the up before the down, then of their place in the file. What is no migration comes first. */
export function inOrder(drafts: readonly Draft[], migrations: readonly Migration[]): Draft[] {
  const rank = new Map<string, number>();
  for (const { up, down } of migrations) {
    for (const script of [up, down]) {
      if (script && !rank.has(script.file.path)) rank.set(script.file.path, rank.size);
    }
  }
  const rankOf = ({ file }: Draft) => rank.get(file.path) ?? -1;
  return drafts.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      compareText(a.file.path, b.file.path) ||
      a.start - b.start ||
      a.end - b.end ||
      compareText(a.finding.rule, b.finding.rule),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
