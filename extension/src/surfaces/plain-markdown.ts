/**
 * Markdown that shows a text as it is. `MarkdownString.appendText` does too, but with spaces that do not break: a long
 * sentence then leaves its hover on the right.
 */
export function plainMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, "\\$&");
}
