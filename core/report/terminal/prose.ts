import { displayWidth } from "../text/display-width.ts";
import { escapeControlLines } from "../text/escape-control.ts";

const widest = 100;

/** Breaks prose into lines of at most `width` cells; lines indented by two spaces or more are SQL and stay as they are. */
export function proseLines(text: string, width: number): string[] {
  const limit = Math.min(width, widest);
  return escapeControlLines(text.trimEnd())
    .split("\n")
    .flatMap((line) => (/^ {2}/.test(line) ? [line] : wrap(line, limit)));
}

function wrap(line: string, limit: number): string[] {
  if (displayWidth(line) <= limit) return [line];
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (displayWidth(longer) > limit && current !== "") {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  lines.push(current);
  return lines;
}
