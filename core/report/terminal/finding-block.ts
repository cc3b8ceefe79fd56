import type { Finding } from "../model.ts";
import { type CodeFrame, codeFrame } from "../text/code-frame.ts";
import { displayWidth } from "../text/display-width.ts";
import { escapeControl } from "../text/escape-control.ts";
import { definitionDiff } from "./definition-diff.ts";
import { proseLines } from "./prose.ts";
import { paintSeverity, type Style } from "./style.ts";

/**
 * One finding: what, where with its code underlined, what was proved, why it matters, what to write instead. `first` of
 * its rule: the reason stands once, not under each of a hundred.
 */
export function findingBlock(finding: Finding, first: boolean, style: Style): string[] {
  const { paint } = style;
  const { start, end } = finding.range;
  const severity = paintSeverity(paint, finding.severity);
  const empty = start.line === end.line && start.column === end.column;
  const source = empty ? undefined : style.linesOf(finding.file);
  const digits = String(end.line).length;
  const frame = source && codeFrame(source, finding.range, style.width - digits - 4);
  const gutter = " ".repeat((frame ? digits : 1) + 2);

  const place = escapeControl(empty ? finding.file : `${finding.file}:${start.line}:${start.column}`);
  const lines = [
    `${severity(paint.bold(`${finding.severity}[${escapeControl(finding.rule)}]`))}: ${paint.bold(escapeControl(finding.message))}`,
    `${gutter}${paint.dim("╭─")} ${place}`,
  ];
  if (frame) lines.push(...frameLines(frame, finding, gutter, style));
  for (const related of finding.related ?? []) {
    const { file, range } = related.location;
    // The place of the finding stands above already.
    if (
      file === finding.file &&
      range.start.line === finding.range.start.line &&
      range.start.column === finding.range.start.column
    )
      continue;
    const where = escapeControl(`${file}:${range.start.line}:${range.start.column}`);
    lines.push(`${gutter}${paint.dim("├─")} ${where} ${escapeControl(related.message)}`);
  }
  lines.push(...notes(finding, first, gutter, style));
  return lines;
}

function frameLines(frame: CodeFrame, finding: Finding, gutter: string, style: Style): string[] {
  const { paint } = style;
  const severity = paintSeverity(paint, finding.severity);
  const bar = paint.dim("│");
  const lines: string[] = [];
  for (const [index, { number, code, marks }] of frame.lines.entries()) {
    const label =
      index === frame.lines.length - 1 && finding.label ? escapeControl(finding.label) : undefined;
    lines.push(`${paint.dim(` ${String(number).padStart(gutter.length - 2)} `)}${bar} ${code}`);
    const indent = marks.length - marks.trimStart().length;
    const fits =
      label !== undefined && gutter.length + 2 + marks.length + 1 + displayWidth(label) <= style.width;
    lines.push(`${gutter}${bar} ${severity(fits ? `${marks} ${label}` : marks)}`);
    if (label !== undefined && !fits)
      lines.push(`${gutter}${bar} ${severity(labelLine(label, indent, style, gutter))}`);
  }
  if (frame.hidden > 0) lines.push(`${gutter}${bar} ${paint.dim(`… to line ${finding.range.end.line}`)}`);
  return lines;
}

/** The label on a line of its own, as far to the right as it fits. */
function labelLine(label: string, indent: number, style: Style, gutter: string): string {
  const room = style.width - gutter.length - 2 - displayWidth(label);
  return " ".repeat(Math.max(0, Math.min(indent, room))) + label;
}

function notes(finding: Finding, first: boolean, gutter: string, style: Style): string[] {
  const { paint } = style;
  const width = style.width - gutter.length;
  const lines: string[] = [];
  const changes = finding.changes ?? [];
  for (const change of changes) {
    if (changes.length > 1) lines.push(...proseLines(change.words, width));
    lines.push(...definitionDiff(change, style));
  }
  if (finding.proof) lines.push(...proseLines(finding.proof, width));
  if (finding.why && first) lines.push(...proseLines(finding.why, width).map(paint.dim));
  if (finding.help) {
    const [start = "", ...rest] = proseLines(finding.help, width - "help: ".length);
    lines.push(`${paint.bold("help:")} ${start}`, ...rest);
  }
  return lines.map((line) => `${gutter}${line}`.trimEnd());
}
