import { dictionary } from "../../sql/dictionary.ts";

/**
 * Texts that a simple regular expression matches: literals, classes, groups, alternatives and quantifiers. Shortest
 * first, one longer one. Empty where the expression uses more than that; the database has the last word anyway.
 */
export function regexExamples(pattern: string): string[] {
  const examples = [0, 2].flatMap((extra) => {
    const text = new Walk(pattern, extra).run();
    return text === undefined ? [] : [text];
  });
  return [...new Set(examples)];
}

const classes: Readonly<Record<string, string>> = { d: "1", w: "a", s: " ", D: "a", W: "-", S: "a" };
const named: Readonly<Record<string, string>> = dictionary({
  alpha: "a",
  alnum: "a",
  digit: "1",
  lower: "a",
  upper: "A",
  space: " ",
  xdigit: "a",
  punct: "-",
  word: "a",
});

class Walk {
  readonly #pattern: string;
  /** How often more than it must a quantifier repeats. */
  readonly #extra: number;
  #at = 0;

  constructor(pattern: string, extra: number) {
    this.#pattern = pattern.replace(/^\(\?[a-z]+\)/, "");
    this.#extra = extra;
  }

  run(): string | undefined {
    const text = this.#alternatives();
    return this.#at === this.#pattern.length ? text : undefined;
  }

  /** The first alternative; the others are read over. */
  #alternatives(): string | undefined {
    const first = this.#sequence();
    while (this.#take("|")) if (this.#sequence() === undefined) return undefined;
    return first;
  }

  #sequence(): string | undefined {
    let text = "";
    while (this.#at < this.#pattern.length && !"|)".includes(this.#next())) {
      if (this.#take("^") || this.#take("$")) continue;
      const atom = this.#atom();
      if (atom === undefined) return undefined;
      text += this.#repeated(atom);
    }
    return text;
  }

  #atom(): string | undefined {
    if (this.#take("(")) {
      if (this.#take("?") && !this.#take(":")) return undefined;
      const inside = this.#alternatives();
      return this.#take(")") ? inside : undefined;
    }
    if (this.#take("[")) return this.#class();
    if (this.#take("\\")) return this.#escaped();
    const char = this.#step();
    return char === "." ? "a" : char;
  }

  #escaped(): string | undefined {
    const char = this.#step();
    if ("mMyYAZ".includes(char)) return "";
    return classes[char] ?? (/[a-z0-9]/i.test(char) ? undefined : char);
  }

  #class(): string | undefined {
    const end = /^\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]/.exec(this.#pattern.slice(this.#at))?.[0];
    if (end === undefined) return undefined;
    this.#at += end.length;
    const body = end.slice(0, -1);
    if (!body.startsWith("^")) {
      const name = /^\[:(\w+):\]/.exec(body)?.[1];
      if (name !== undefined) return named[name];
      return body.startsWith("\\") ? (classes[body[1] ?? ""] ?? body[1]) : body[0];
    }
    try {
      const outside = new RegExp(`[${body.replaceAll(/\[:(\w+):\]/g, (_, name) => named[name] ?? "")}]`);
      return [..."a1A-_ ."].find((char) => outside.test(char));
    } catch {
      return undefined;
    }
  }

  #repeated(atom: string): string {
    const found = /^(?:\*|\+|\?|\{(\d+)(,?)(\d*)\})\??/.exec(this.#pattern.slice(this.#at));
    if (!found) return atom;
    this.#at += found[0].length;
    const [quantifier, least, comma, most] = found;
    const from = least !== undefined ? Number(least) : quantifier.startsWith("+") ? 1 : 0;
    const to =
      least === undefined ? (quantifier.startsWith("?") ? 1 : 1_000) : comma ? Number(most || 1_000) : from;
    return atom.repeat(Math.min(from + this.#extra, to));
  }

  #next(): string {
    return this.#pattern[this.#at] ?? "";
  }

  #step(): string {
    const char = this.#next();
    this.#at += 1;
    return char;
  }

  #take(char: string): boolean {
    if (this.#next() !== char) return false;
    this.#at += 1;
    return true;
  }
}
