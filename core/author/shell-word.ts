/** One word for a POSIX shell. */
export function shellWord(text: string): string {
  if (/^[\w./@+,:=%][\w./@+,:=%-]*$/.test(text)) return text;
  const quoted = `'${text.replaceAll("'", "'\\''")}'`;
  return text.startsWith("-") ? `./${quoted}` : quoted;
}
