/**
 * What two texts do not share, in each, on one line: the names, values and marks between the first and the last that
 * differ; whole words where those would tear a bracket from its other half.
 */
export function differingText(before: string, after: string): readonly [before: string, after: string] {
  const parts = between(before, after, /\$\w*\$|'(?:[^']|'')*'(?:::\w+)*|"(?:[^"]|"")*"|[\w.]+|::|\S/g);
  if (parts.every(isBalanced)) return parts.map(withoutCommas) as [string, string];
  // The dollar quotes of a body are words of their own.
  return between(before, after, /\$\w*\$|(?:(?!\$\w*\$)\S)+/g);
}

function between(before: string, after: string, word: RegExp): [before: string, after: string] {
  const [a, b] = [[...before.matchAll(word)], [...after.matchAll(word)]];
  let start = 0;
  while (start < a.length && start < b.length && a[start]?.[0] === b[start]?.[0]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end]?.[0] === b[b.length - 1 - end]?.[0]) end += 1;
  // `date` and `date(day)`: the brackets alone would say nothing of what is called.
  const isCall = isArguments(before, a[start]) || isArguments(after, b[start]);
  const from = isCall ? start - 1 : start;
  return [textOf(before, a.slice(from, a.length - end)), textOf(after, b.slice(from, b.length - end))];
}

/** A bracket that stands at a name. */
function isArguments(text: string, word: RegExpExecArray | undefined): boolean {
  return word?.[0] === "(" && /[\w"]/.test(text[word.index - 1] ?? "");
}

function textOf(text: string, words: readonly RegExpExecArray[]): string {
  const [first, last] = [words[0], words.at(-1)];
  return first && last ? text.slice(first.index, last.index + last[0].length).replace(/\s+/g, " ") : "";
}

function isBalanced(text: string): boolean {
  let open = 0;
  for (const [mark] of text.matchAll(/[()]/g)) {
    open += mark === "(" ? 1 : -1;
    if (open < 0) return false;
  }
  return open === 0;
}

/** An item that is lost from a list takes a comma along. */
function withoutCommas(text: string): string {
  return text.replace(/^, | ?,$/g, "");
}
