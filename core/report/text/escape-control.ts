/**
 * SQL and file names come from strangers. Escape sequences could move the cursor or repaint the report, and direction
 * marks could make code read other than it runs, so each is shown as a visible stand-in.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const dangerous = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

/** Makes one line of text safe to print. Tabs and line breaks are escaped as well. */
export function escapeControl(text: string): string {
  return text.replace(dangerous, visible);
}

/** The same for text of several lines, whose line feeds stay. */
export function escapeControlLines(text: string): string {
  return text.replace(dangerous, (character) => (character === "\n" ? character : visible(character)));
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  // The block "Control Pictures" has one sign for each of these: ␀ … ␟ and ␡.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
