import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { decode } from "../../migration/decode.ts";
import type { FileEdit } from "../../report/model.ts";
import { carryOut, type Step, type WriteResult } from "./carry-out.ts";

type Replacement = Extract<FileEdit, { kind: "replace" }>;

/** Carries out edits on disk, all of them or none. */
export function writeEdits(root: string, edits: readonly FileEdit[]): WriteResult {
  const replacements = new Map<string, Replacement[]>();
  for (const edit of edits)
    if (edit.kind === "replace") replacements.set(edit.file, [...(replacements.get(edit.file) ?? []), edit]);
  const steps: Step[] = [];
  for (const [file, parts] of replacements) {
    try {
      const before = readFileSync(resolve(root, file));
      steps.push({ kind: "rewrite", file, before, bytes: rewritten(file, before, parts) });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return { ok: false, file, code };
    }
  }
  for (const edit of edits) {
    if (edit.kind === "create")
      steps.push({ kind: "create", file: edit.file, bytes: Buffer.from(edit.text) });
    else if (edit.kind !== "replace") steps.push(edit);
  }
  return carryOut(root, steps);
}

function rewritten(path: string, before: Buffer, parts: readonly Replacement[]): Buffer {
  const { text, bom } = decode({ path, bytes: before }).file;
  const after = parts
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, part) => result.slice(0, part.start) + part.text + result.slice(part.end), text);
  return Buffer.from(bom ? `\uFEFF${after}` : after);
}
