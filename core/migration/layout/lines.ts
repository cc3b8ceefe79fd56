export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
}

/** The lines of a text, without their ends. */
export function* lines(text: string): Generator<Line> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const next = feed < 0 ? text.length : feed + 1;
    const raw = text.slice(start, next).replace(/\r?\n$/, "");
    yield { text: raw, start, end: start + raw.length, next };
    start = next;
  }
}
