/** Plain words as Markdown: it would take `<version>` for an element, and show nothing. */
export function escapeHtml(words: string): string {
  return words.replaceAll("<", "&lt;");
}
