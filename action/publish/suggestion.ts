import { prose } from "#core/report/markdown/escape.ts";
import type { FileEdit, Finding } from "#core/report/model.ts";
import type { LineSpan } from "./hunks.ts";

/** A review comment that offers a fix at its lines. */
export interface Suggestion {
  readonly finding: Finding;
  readonly path: string;
  readonly lines: LineSpan;
  readonly body: string;
}

type Replace = Extract<FileEdit, { kind: "replace" }>;

/**
 * The fix of a finding as a suggestion, which replaces whole lines: undefined for a fix that touches other files, or
 * lines that no single hunk shows. `text` is the file after a byte order mark was taken off.
 */
export function suggestionFor(
  finding: Finding,
  text: string,
  shown: readonly LineSpan[],
): Suggestion | undefined {
  const edits = (finding.fix?.edits ?? []).filter((edit): edit is Replace => edit.kind === "replace");
  if (!finding.fix || edits.length === 0 || edits.length < finding.fix.edits.length) return undefined;
  if (edits.some((edit) => edit.file !== finding.file)) return undefined;

  const sorted = [...edits].sort((a, b) => a.start - b.start);
  const start = Math.min(...sorted.map((edit) => edit.start));
  const end = Math.max(...sorted.map((edit) => edit.end));
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const to = lineEnd === -1 ? text.length : lineEnd;
  const lines = { first: lineAt(text, from), last: lineAt(text, to) };
  if (!shown.some((span) => span.first <= lines.first && lines.last <= span.last)) return undefined;

  let replacement = "";
  let at = from;
  for (const edit of sorted) {
    replacement += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  replacement += text.slice(at, to);
  return { finding, path: finding.file, lines, body: bodyOf(finding, replacement.replaceAll("\r", "")) };
}

function bodyOf(finding: Finding, replacement: string): string {
  const runs = [...replacement.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(3, ...runs.map((length) => length + 1)));
  const title = finding.fix ? `${prose(finding.fix.title)}:` : "";
  return [
    `**${prose(finding.message)}**`,
    title,
    `${fence}suggestion\n${replacement}${replacement === "" || replacement.endsWith("\n") ? "" : "\n"}${fence}`,
    `<sub>${prose(finding.rule)}</sub>`,
  ].join("\n\n");
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
