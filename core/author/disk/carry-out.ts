import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { freeMoves } from "./free-moves.ts";
import { moveFile } from "./move-file.ts";
import { patiently } from "./patiently.ts";
import { createFile, replaceFile } from "./whole-file.ts";

/** One change to one file. `before` is what the file must still hold (default: whatever it holds). */
export type Step =
  | { readonly kind: "create"; readonly file: string; readonly bytes: Uint8Array }
  | {
      readonly kind: "rewrite";
      readonly file: string;
      readonly bytes: Uint8Array;
      readonly before?: Uint8Array;
    }
  | { readonly kind: "rename"; readonly file: string; readonly to: string }
  | { readonly kind: "delete"; readonly file: string; readonly before?: Uint8Array };

export type WriteResult =
  | { readonly ok: true }
  /**
   * `file` could not be written; `code` is the system's: `EEXIST`, `EACCES`; or `ECHANGED`: somebody else wrote it
   * meanwhile. Nothing was changed.
   */
  | { readonly ok: false; readonly file: string; readonly code: string };

/**
 * Carries out all steps on disk, or none: texts change under the names that they have, then files move. `root` is what
 * their paths are relative to. A file never appears half written,
 * none is overwritten by another, and tracked files move as git moves them.
 */
export function carryOut(root: string, steps: readonly Step[]): WriteResult {
  const undo: (() => void)[] = [];
  let current = "";
  try {
    for (const step of steps) {
      current = step.file;
      if ("before" in step) assertUnchanged(resolve(root, step.file), step.before);
    }
    for (const step of withFreeNames(withFolders(root, steps))) {
      current = step.kind === "rename" ? step.to : step.file;
      perform(root, step, undo);
    }
    return { ok: true };
  } catch (error) {
    const code = (error as Partial<NodeJS.ErrnoException>).code;
    for (const step of undo.reverse()) step();
    if (code === undefined) throw error;
    return { ok: false, file: current, code };
  }
}

/** A folder that is called otherwise keeps what else lies in it: notes, or what a tool writes beside a migration. */
function withFolders(root: string, steps: readonly Step[]): Step[] {
  const named = new Set(steps.map(({ file }) => resolve(root, file)));
  return steps.flatMap((step): Step[] => {
    if (step.kind !== "rename" || basename(step.file) !== basename(step.to)) return [step];
    const [from, to] = [dirname(step.file), dirname(step.to)];
    if (from === to || dirname(from) !== dirname(to)) return [step];
    const beside = filesIn(resolve(root, from)).filter((name) => !named.has(resolve(root, from, name)));
    for (const name of beside) named.add(resolve(root, from, name));
    return [
      step,
      ...beside.map((name) => ({ kind: "rename", file: `${from}/${name}`, to: `${to}/${name}` }) as const),
    ];
  });
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory()
      ? filesIn(resolve(folder, entry.name)).map((inner) => `${entry.name}/${inner}`)
      : [entry.name],
  );
}

/** Files that go make room for those that move, and those for new ones. */
function withFreeNames(steps: readonly Step[]): Step[] {
  const moves = steps.filter((step) => step.kind === "rename");
  const inOrder = freeMoves(moves).map((move): Step => ({ kind: "rename", ...move }));
  const of = (kind: Step["kind"]) => steps.filter((step) => step.kind === kind);
  return [...of("rewrite"), ...of("delete"), ...inOrder, ...of("create")];
}

function assertUnchanged(file: string, before: Uint8Array | undefined): void {
  if (before && existsSync(file) && Buffer.compare(readFileSync(file), before) === 0) return;
  throw Object.assign(new Error(`${file} was changed`), { code: "ECHANGED" });
}

function perform(root: string, step: Step, undo: (() => void)[]): void {
  const file = resolve(root, step.file);
  switch (step.kind) {
    case "create":
      undo.push(...makeFolder(dirname(file)));
      createFile(file, step.bytes);
      undo.push(() => rmSync(file, { force: true }));
      return;
    case "rewrite": {
      const before = readFileSync(file);
      replaceFile(file, step.bytes);
      undo.push(() => replaceFile(file, before));
      return;
    }
    case "rename": {
      const to = resolve(root, step.to);
      undo.push(...makeFolder(dirname(to)));
      moveFile(file, to);
      undo.push(() => {
        makeFolder(dirname(file));
        moveFile(to, file);
      });
      removeIfEmpty(dirname(file), dirname(to));
      return;
    }
    case "delete": {
      const before = readFileSync(file);
      patiently(() => rmSync(file));
      undo.push(() => createFile(file, before));
    }
  }
}

function makeFolder(folder: string): (() => void)[] {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return [];
  return [
    () => {
      for (let at = folder; at.length >= first.length; at = dirname(at)) removeIfEmpty(at, dirname(first));
    },
  ];
}

/** Diesel's folders go with their last file, and those in them. */
function removeIfEmpty(folder: string, unless: string): void {
  try {
    for (let at = folder; at !== unless && basename(at) !== ""; at = dirname(at)) rmdirSync(at);
  } catch {
    // It still holds something.
  }
}
