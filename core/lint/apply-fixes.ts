import type { FileEdit, Fix } from "../report/model.ts";

/** Texts of files by path, without a byte order mark. */
export type Texts = ReadonlyMap<string, string>;

export interface AppliedFixes {
  readonly texts: Texts;
  readonly applied: readonly Fix[];
}

/**
 * Applies as many of the fixes as do not get into each other's way, the first ones first. Each is applied as a whole
 * or not at all; what was left out can be asked for again after the result was linted.
 */
export function applyFixes(texts: Texts, fixes: readonly Fix[]): AppliedFixes {
  const taken: FileEdit[] = [];
  const written = new Set<string>();
  const applied: Fix[] = [];
  for (const fix of fixes) {
    const fresh = fix.edits.filter((edit) => !written.has(JSON.stringify(edit)));
    // Two findings may have the same remedy.
    if (fresh.length > 0 && (fresh.length < fix.edits.length || clashes(fresh, taken, texts))) continue;
    for (const edit of fresh) written.add(JSON.stringify(edit));
    taken.push(...fresh);
    applied.push(fix);
  }
  return { texts: applyEdits(texts, taken), applied };
}

/** The texts after edits that do not overlap. Offsets are those before any of them. */
export function applyEdits(texts: Texts, edits: readonly FileEdit[]): Texts {
  const result = new Map(texts);
  for (const file of new Set(edits.flatMap((edit) => (edit.kind === "replace" ? [edit.file] : [])))) {
    const before = result.get(file);
    if (before === undefined) throw new Error(`a fix edits ${file}, which was not given`);
    result.set(
      file,
      replaceIn(
        before,
        edits.filter((edit) => edit.kind === "replace" && edit.file === file),
      ),
    );
  }
  const moved = new Map<string, string>();
  for (const edit of edits) {
    if (edit.kind === "delete") result.delete(edit.file);
    if (edit.kind === "create") moved.set(edit.file, edit.text);
    if (edit.kind === "rename") {
      const text = result.get(edit.file);
      if (text === undefined) throw new Error(`a fix renames ${edit.file}, which was not given`);
      moved.set(edit.to, text);
      result.delete(edit.file);
    }
  }
  // Files may trade their names.
  for (const [file, text] of moved) result.set(file, text);
  return result;
}

/** Of several at one place the last one comes first. */
function replaceIn(text: string, edits: readonly FileEdit[]): string {
  const replacements = edits.filter((edit) => edit.kind === "replace").toReversed();
  let done = 0;
  const pieces = replacements
    .sort((a, b) => a.start - b.start)
    .flatMap((edit) => {
      const kept = text.slice(done, edit.start);
      done = edit.end;
      return [kept, edit.text];
    });
  return [...pieces, text.slice(done)].join("");
}

function clashes(edits: readonly FileEdit[], taken: readonly FileEdit[], texts: Texts): boolean {
  const isGiven = (edit: FileEdit) => edit.kind === "create" || texts.has(edit.file);
  // A file that a fix makes must not be there yet, unless the same fix takes it away.
  const isFree = (edit: FileEdit) => {
    const made = madeBy(edit);
    return made === undefined || !texts.has(made) || edits.some((other) => takesAway(other, made));
  };
  return !edits.every(
    (edit) => isGiven(edit) && isFree(edit) && !taken.some((other) => overlaps(edit, other)),
  );
}

function overlaps(a: FileEdit, b: FileEdit): boolean {
  if (a.kind === "replace" && b.kind === "replace") {
    // Two insertions at one place have no order of their own.
    return a.file === b.file && a.start <= b.end && b.start <= a.end;
  }
  return pathsOf(a).some((path) => pathsOf(b).includes(path));
}

function pathsOf(edit: FileEdit): readonly string[] {
  return edit.kind === "rename" ? [edit.file, edit.to] : [edit.file];
}

function madeBy(edit: FileEdit): string | undefined {
  return edit.kind === "rename" ? edit.to : edit.kind === "create" ? edit.file : undefined;
}

function takesAway(edit: FileEdit, file: string): boolean {
  return (edit.kind === "rename" || edit.kind === "delete") && edit.file === file;
}
