import type { Draft } from "./draft.ts";
import type { Rule } from "./rule.ts";

/** Without what a rule says of a statement for which another one has a fix that leaves it nothing to say. */
export function yieldFindings(drafts: readonly Draft[], rules: readonly Rule[]): readonly Draft[] {
  const yields = new Map(rules.flatMap(({ name, yieldsTo }) => (yieldsTo ? [[name, yieldsTo]] : [])));
  const fixed = new Set(
    drafts.flatMap((draft) => (draft.finding.fix ? [placeOf(draft, draft.finding.rule)] : [])),
  );
  return drafts.filter(
    (draft) => !yields.get(draft.finding.rule)?.some((rule) => fixed.has(placeOf(draft, rule))),
  );
}

/** Statements begin at one place, whatever of them is underlined. */
function placeOf({ file, start }: Draft, rule: string): string {
  return `${rule} ${start} ${file.path}`;
}
