/** Editors on Windows begin a file with a byte order mark, which is neither JSON nor SQL. */
export function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}
