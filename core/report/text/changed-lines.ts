import type { Change } from "../model.ts";
import { escapeControl } from "./escape-control.ts";

/** A line of a short diff; ` ` is the line of context before the first difference. */
export interface ChangedLine {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

const shownLines = 8;

/** What was expected against what was found: only the lines that differ, and of those not too many. */
export function changedLines(change: Change): ChangedLine[] {
  const before = linesOf(change.before);
  const after = linesOf(change.after);
  // A definition that is only the word "table" shows nothing that the sentence has not said.
  if ([...before, ...after].every((line) => line === change.kind)) return [];
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  let sameEnd = 0;
  while (
    sameEnd < before.length - same &&
    sameEnd < after.length - same &&
    before.at(-1 - sameEnd) === after.at(-1 - sameEnd)
  )
    sameEnd++;
  const lines = (sign: ChangedLine["sign"], texts: readonly string[]) =>
    texts.map((text) => ({ sign, text }));
  return [
    ...lines(" ", before.slice(Math.max(0, same - 1), same)),
    ...lines("-", short(before.slice(same, before.length - sameEnd))),
    ...lines("+", short(after.slice(same, after.length - sameEnd))),
  ];
}

function linesOf(definition: string | null): string[] {
  return definition === null ? [] : definition.trimEnd().split(/\r?\n/).map(escapeControl);
}

function short(lines: readonly string[]): string[] {
  if (lines.length <= shownLines) return [...lines];
  return [...lines.slice(0, shownLines - 1), `… ${lines.length - shownLines + 1} more lines`];
}
