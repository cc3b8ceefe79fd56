/**
 * SQL and file names come from strangers. Escape sequences could move the cursor or repaint the report, direction marks
 * could make code read other than it runs, and what nobody sees makes two names of one, so each is shown as a visible
 * stand-in. The joiners that emoji and some scripts are written with stay.
 */
const dangerous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

/** Makes one line of text safe to print. Tabs and line breaks are escaped as well. */
export function escapeControl(text: string): string {
  return text.replace(dangerous, visible);
}

/** The same for text of several lines, whose line feeds stay. */
export function escapeControlLines(text: string): string {
  return text.replace(dangerous, (character) => (character === "\n" ? character : visible(character)));
}

/** The same for code to copy, whose tabs and line ends stay. */
export function escapeControlCode(text: string): string {
  return text.replace(dangerous, (character) =>
    /[\t\r\n]/.test(character) ? character : visible(character),
  );
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // The block "Control Pictures" has one sign for each of these: ␀ … ␟ and ␡.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
