import { count } from "../report/text/count.ts";
import type { Draft } from "./draft.ts";

/** One cause, one finding: what is told once for a folder stands at the first place, and its fix mends them all. */
export function foldFindings(inOrder: readonly Draft[]): readonly Draft[] {
  const alike = new Map<string, Draft[]>();
  for (const draft of inOrder) {
    if (!draft.oncePerFolder) continue;
    const { rule } = draft.finding;
    alike.set(rule, [...(alike.get(rule) ?? []), draft]);
  }
  if (alike.size === 0) return inOrder;
  return inOrder.flatMap((draft) => {
    if (!draft.oncePerFolder) return [draft];
    const [first, ...others] = alike.get(draft.finding.rule) ?? [];
    return draft === first ? [together(draft, others)] : [];
  });
}

function together(first: Draft, others: readonly Draft[]): Draft {
  if (others.length === 0) return first;
  const { message, fix } = first.finding;
  const files = new Set(others.map(({ file }) => file));
  const where = files.size === 1 && files.has(first.file) ? "" : ` in ${count(files.size, "file")}`;
  const more = `${others.length} more${where}`;
  const edits = others.flatMap(({ finding }) => finding.fix?.edits ?? []);
  return {
    ...first,
    finding: {
      ...first.finding,
      message: `${message}; so with ${more}`,
      ...(fix && { fix: { title: `${fix.title}, and ${more}`, edits: [...fix.edits, ...edits] } }),
    },
  };
}
