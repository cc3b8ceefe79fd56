import { escapeControl, escapeControlCode } from "../text/escape-control.ts";

/** A character of no width: it breaks what GitHub would turn into a mention, a reference or a link. */
const nothing = "\u200b";
/** GitHub's way to say that no formula begins here, which a backslash is not. */
const dollar = "<span>$</span>";

/**
 * One line of text from strangers, as it is, in the middle of Markdown. Nothing in it becomes markup, HTML, a mention,
 * an issue reference, a formula or a link. Only the pull requests in `known` may be referred to.
 */
export function prose(text: string, known: ReadonlySet<number> = new Set()): string {
  return escapeControl(text)
    .trim()
    .replace(/[\\`*[\]<>|~&]|(?<!\w)_|_(?!\w)/g, escapeMark)
    .replace(/^(-(?=[\s-]|$)|\+(?=\s|$)|=|#|\d+(?=[.)](?:\s|$)))/, escapeFirst)
    .replace(/#(\d+)/g, (whole, digits: string) =>
      known.has(Number(digits)) ? whole : `#${nothing}${digits}`,
    )
    .replace(/(?<!\w)@|@(?=[\w-]+\.)/g, `@${nothing}`)
    .replace(/\bGH-(?=\d)/gi, (prefix) => prefix + nothing)
    .replaceAll("$", () => dollar)
    .replace(/:\/\//g, `:${nothing}//`)
    .replace(/\bwww\./gi, `www${nothing}.`);
}

function escapeMark(character: string): string {
  if (character === "<") return "&lt;";
  if (character === ">") return "&gt;";
  return character === "&" ? "&amp;" : `\\${character}`;
}

/** What would begin a list, a heading or an underline of one. */
function escapeFirst(mark: string): string {
  return /^\d/.test(mark) ? mark + nothing : `\\${mark}`;
}

/** A name in code font. A pipe would end a table's cell even there. */
export function code(text: string): string {
  const line = escapeControl(text).replaceAll("|", "¦");
  const fence = "`".repeat(longestRun(line) + 1);
  const padding = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A block of code with a fence that nothing in it can close. */
export function codeBlock(lines: readonly string[], language: string): string {
  const code = escapeControlCode(lines.join("\n"));
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language}\n${code}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Cuts a text that nobody would read to its end. Never between the halves of a character. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
