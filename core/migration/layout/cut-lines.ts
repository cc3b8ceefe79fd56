import { lines } from "./lines.ts";

/** How a runner cuts a section into what it sends. */
export interface Cutting {
  /** Around what is sent as one, whatever stands in it. */
  readonly begin: RegExp;
  readonly end: RegExp;
  /** Lines that the runner passes over between two pieces. */
  readonly skipped: RegExp;
}

export interface LinePieces {
  /** What the runner sends, one after another: 0-based UTF-16 offsets. */
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  /** What is left at the end without a semicolon: the runner refuses the file. */
  readonly rest?: { readonly start: number; readonly end: number };
}

/**
 * Cuts as goose and sql-migrate do: a piece ends with a line whose last word before a comment ends with a semicolon, or
 * where a fence closes. Two statements on one line are one piece.
 */
export function cutLines(text: string, { begin, end, skipped }: Cutting): LinePieces {
  const pieces: { start: number; end: number }[] = [];
  let piece: { start: number; end: number } | undefined;
  let fenced = false;
  const close = () => {
    if (piece) pieces.push(piece);
    piece = undefined;
  };
  for (const line of lines(text)) {
    if (begin.test(line.text)) fenced = true;
    else if (end.test(line.text)) {
      if (fenced) close();
      fenced = false;
    } else if (line.text.trim() !== "" && (piece || !skipped.test(line.text))) {
      piece = { start: piece?.start ?? line.start, end: line.end };
      if (!fenced && endsStatement(line.text)) close();
    }
  }
  return { pieces, ...(piece && !fenced ? { rest: piece } : {}) };
}

/** The last word before one that begins a comment ends with a semicolon. */
function endsStatement(line: string): boolean {
  const words = line.split(/\s+/).filter((word) => word !== "");
  const comment = words.findIndex((word) => word.startsWith("--"));
  return ((comment < 0 ? words : words.slice(0, comment)).at(-1) ?? "").endsWith(";");
}
