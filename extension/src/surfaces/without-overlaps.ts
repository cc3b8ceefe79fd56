import type { FileEdit } from "#core/report/model.ts";

/** Edits of many fixes without those that overlap an earlier one: they can be applied at once. */
export function withoutOverlaps(fixes: readonly (readonly FileEdit[])[]): FileEdit[] {
  const taken: FileEdit[] = [];
  for (const edits of fixes) {
    if (edits.every((edit) => !taken.some((other) => overlap(edit, other)))) taken.push(...edits);
  }
  return taken;
}

function overlap(a: FileEdit, b: FileEdit): boolean {
  if (a.file !== b.file) return false;
  if (a.kind !== "replace" || b.kind !== "replace") return true;
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
