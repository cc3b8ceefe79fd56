import { type Files, hash } from "./repository.ts";

/** One entry of a pull request's files list (`diff-entry` in GitHub's description). */
export interface DiffEntry {
  readonly sha: string | null;
  readonly filename: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly additions: number;
  readonly deletions: number;
  readonly changes: number;
  readonly blob_url: string;
  readonly raw_url: string;
  readonly contents_url: string;
  readonly patch?: string;
  readonly previous_filename?: string;
}

/** What GitHub would list for two trees. Edited files come as one hunk over the whole file. */
export function diffEntries(before: Files, after: Files): DiffEntry[] {
  const added = Object.keys(after).filter((path) => !(path in before));
  const removed = Object.keys(before).filter((path) => !(path in after));
  const entries: DiffEntry[] = [];
  for (const path of added) {
    const twin = removed.find((old) => before[old] === after[path]);
    if (twin !== undefined) {
      removed.splice(removed.indexOf(twin), 1);
      entries.push(entry(path, "renamed", [], [], after[path], twin));
    } else entries.push(entry(path, "added", [], linesOf(after[path]), after[path]));
  }
  for (const path of removed) entries.push(entry(path, "removed", linesOf(before[path]), [], before[path]));
  for (const [path, text] of Object.entries(after)) {
    const old = before[path];
    if (old !== undefined && old !== text) {
      entries.push(entry(path, "modified", linesOf(old), linesOf(text), text));
    }
  }
  return entries.sort((a, b) => (a.filename < b.filename ? -1 : 1));
}

/** A file of which nothing but the mode differs. */
export function modeEntry(path: string, content: string | undefined): DiffEntry {
  return entry(path, "modified", [], [], content);
}

function entry(
  filename: string,
  status: DiffEntry["status"],
  minus: readonly string[],
  plus: readonly string[],
  content: string | undefined,
  previous?: string,
): DiffEntry {
  const url = `https://github.com/octo/shop/blob/0/${encodeURIComponent(filename)}`;
  return {
    sha: hash("blob", Buffer.from(content ?? "")),
    filename,
    status,
    additions: plus.length,
    deletions: minus.length,
    changes: plus.length + minus.length,
    blob_url: url,
    raw_url: url,
    contents_url: url,
    ...(minus.length + plus.length > 0 ? { patch: patch(minus, plus) } : {}),
    ...(previous === undefined ? {} : { previous_filename: previous }),
  };
}

function patch(minus: readonly string[], plus: readonly string[]): string {
  const span = (lines: readonly string[]) => (lines.length === 0 ? "0,0" : `1,${lines.length}`);
  const head = `@@ -${span(minus)} +${span(plus)} @@`;
  return [head, ...minus.map((line) => `-${line}`), ...plus.map((line) => `+${line}`)].join("\n");
}

function linesOf(text = ""): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
