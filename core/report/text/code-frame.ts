import type { Range } from "../model.ts";
import { displayWidth, graphemes, graphemeWidth } from "./display-width.ts";
import { escapeControl } from "./escape-control.ts";
import type { SourceLines } from "./source-lines.ts";

/** One source line ready to print: `marks` is the underline that stands below it. */
export interface FrameLine {
  readonly number: number;
  readonly code: string;
  readonly marks: string;
}

export interface CodeFrame {
  readonly lines: readonly FrameLine[];
  /** Lines of the range that are not shown. */
  readonly hidden: number;
}

const tabSize = 4;
const shownLines = 4;

/** The lines that a range covers, each underlined exactly where the range is. Nothing where the range is outside the text. */
export function codeFrame(source: SourceLines, range: Range, width: number): CodeFrame {
  const lines: FrameLine[] = [];
  let hidden = Math.max(0, range.end.line - range.start.line + 1 - shownLines);
  // A range that ends at the very start of a line does not reach it.
  if (hidden > 0 && range.end.column === 1) hidden--;
  const last = Math.min(range.end.line, range.start.line + shownLines - 1);
  for (let number = range.start.line; number <= last; number++) {
    const line = source.line(number);
    if (line === undefined) break;
    const indent = line.length - line.trimStart().length;
    const from = number === range.start.line ? range.start.column - 1 : indent;
    const to = number === range.end.line ? range.end.column - 1 : line.trimEnd().length;
    if (number > range.start.line && to <= from) continue;
    lines.push({ number, ...frameLine(line, from, Math.max(to, from + 1), width) });
  }
  return { lines, hidden };
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly marked: boolean;
}

/** No tab, no control character, one cell each. */
const plain = /^[ -~]*$/;

/** Expands tabs, makes control characters visible, and cuts a long line around the marked part. */
function frameLine(line: string, from: number, to: number, width: number): { code: string; marks: string } {
  if (plain.test(line)) return plainLine(line, from, to, width);
  const cells: Cell[] = [];
  let offset = 0;
  let column = 0;
  // Far beyond what can be shown, only the part around the mark is looked at: lines of a megabyte exist.
  const first = line.length > 4 * width ? startNear(line, from - 2 * width) : 0;
  const piece = line.slice(first, Math.max(first, from) + 4 * width);
  for (const grapheme of graphemes(piece)) {
    const at = first + offset;
    offset += grapheme.length;
    const text = grapheme === "\t" ? " ".repeat(tabSize - (column % tabSize)) : escapeControl(grapheme);
    const cell = {
      text,
      width: text === grapheme ? graphemeWidth(grapheme) : displayWidth(text),
      marked: first + offset > from && at < to,
    };
    cells.push(cell);
    column += cell.width;
  }
  const window = cut(cells, width, first > 0, first + piece.length < line.length);
  const code = window.map((cell) => cell.text).join("");
  const marks = window
    .map((cell) => (cell.marked ? "─" : " ").repeat(cell.width))
    .join("")
    .trimEnd();
  // A mark behind the last character (a missing semicolon) has no cell of its own.
  const behind = from >= line.length ? " ".repeat(displayWidth(code)) : "";
  return { code: code.trimEnd(), marks: marks || `${behind}─` };
}

/** Nearly every line of SQL: looking at each character took a tenth of a lint with many findings. */
function plainLine(line: string, from: number, to: number, width: number): { code: string; marks: string } {
  const { start, end } = plainWindow(line.length, Math.min(from, line.length), width);
  const before = start > 0 ? "…" : "";
  const code = before + line.slice(start, end) + (end < line.length ? "…" : "");
  const shift = before.length - start;
  const first = Math.min(from + shift, code.length);
  const last = Math.min(to + shift, code.length);
  return { code: code.trimEnd(), marks: " ".repeat(first) + "─".repeat(Math.max(1, last - first)) };
}

/** What `cut` keeps where each character is a cell. */
function plainWindow(length: number, from: number, width: number): { start: number; end: number } {
  if (length <= width) return { start: 0, end: length };
  const start = from < width / 2 ? 0 : from - Math.floor(width / 3);
  const dots = start > 0 ? 2 : 1;
  return { start, end: Math.min(length, start + width - dots) };
}

function cut(cells: readonly Cell[], width: number, moreBefore: boolean, moreAfter: boolean): Cell[] {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (total <= width && !moreBefore && !moreAfter) return [...cells];
  const dots: Cell = { text: "…", width: 1, marked: false };
  const firstMarked = Math.max(
    0,
    cells.findIndex((cell) => cell.marked),
  );
  let before = 0;
  for (const cell of cells.slice(0, firstMarked)) before += cell.width;
  // The mark begins within the first half of the window; a third of the window is left as context before it.
  let skip = before < width / 2 ? 0 : before - Math.floor(width / 3);
  let start = 0;
  while (skip > 0 && start < firstMarked) skip -= cells[start++]?.width ?? 0;
  const cutBefore = start > 0 || moreBefore;
  const window: Cell[] = cutBefore ? [dots] : [];
  let room = width - (cutBefore ? 1 : 0) - 1;
  let end = start;
  for (; end < cells.length; end++) {
    const cell = cells[end];
    if (!cell || cell.width > room) break;
    room -= cell.width;
    window.push(cell);
  }
  if (end < cells.length || moreAfter) {
    const marked = cells[end]?.marked ?? false;
    window.push({ ...dots, marked });
  }
  return window;
}

/** An offset near `at` that does not split a surrogate pair. */
function startNear(line: string, at: number): number {
  const offset = Math.max(0, at);
  const code = line.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}
