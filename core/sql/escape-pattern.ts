/** A text as part of a regular expression that matches it, with or without the flag `u`. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
