/** The lines of a text that many findings may point into. It may be huge, so it is gone through once, and as far as asked. */
export class SourceLines {
  readonly #text: string;
  readonly #lineEnd = /\r\n|\r|\n/g;
  readonly #lines: { readonly start: number; readonly end: number }[] = [];
  #rest: number | undefined = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The line of this number (1-based), without its end; undefined behind the last. */
  line(number: number): string | undefined {
    while (this.#lines.length < number && this.#rest !== undefined) this.#readOn(this.#rest);
    const found = this.#lines[number - 1];
    return found && this.#text.slice(found.start, found.end);
  }

  #readOn(start: number): void {
    const found = this.#lineEnd.exec(this.#text);
    this.#lines.push({ start, end: found?.index ?? this.#text.length });
    this.#rest = found ? this.#lineEnd.lastIndex : undefined;
  }
}

/** The lines of each file, where its text is at hand. */
export function linesByFile(
  source: (file: string) => string | undefined,
): (file: string) => SourceLines | undefined {
  const known = new Map<string, SourceLines | undefined>();
  return (file) => {
    if (!known.has(file)) {
      const text = source(file);
      known.set(file, text === undefined ? undefined : new SourceLines(text));
    }
    return known.get(file);
  };
}
