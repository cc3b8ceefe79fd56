/** What two texts do not share: from the first word that differs to the last one, in each, on one line. */
export function differingText(before: string, after: string): readonly [before: string, after: string] {
  const [a, b] = [words(before), words(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [a.slice(start, a.length - end).join(" "), b.slice(start, b.length - end).join(" ")];
}

/** The dollar quotes of a body are words of their own. */
function words(text: string): readonly string[] {
  return text.match(/\$\w*\$|(?:(?!\$\w*\$)\S)+/g) ?? [];
}
