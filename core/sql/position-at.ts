import type { Position } from "../report/model.ts";

const lineEnd = /\r\n|\n|\r/g;

/** 0-based UTF-16 offset → 1-based line and column. For a few offsets of a text; it walks from the start each time. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  lineEnd.lastIndex = 0;
  for (let match = lineEnd.exec(text); match && lineEnd.lastIndex <= offset; match = lineEnd.exec(text)) {
    line += 1;
    lineStart = lineEnd.lastIndex;
  }
  return { line, column: offset - lineStart + 1 };
}
