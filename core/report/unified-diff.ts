/** Lines of unchanged text around a change. */
const context = 3;

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

interface Side {
  /** Absent where the file is made or goes. */
  readonly name?: string;
  readonly text: string;
}

/**
 * A diff that `git apply` and `patch -p1` take, in the folder that the names begin at: git's own head says so, where
 * without it git takes them from where it stands. Nothing is returned where nothing differs.
 */
export function unifiedDiff(before: Side, after: Side): string {
  if (before.text === after.text && before.name === after.name) return "";
  const hunks = hunksOf(diffLines(linesOf(before.text), linesOf(after.text)));
  const head = [`--- ${headName("a", before.name)}`, `+++ ${headName("b", after.name)}`];
  return `${[...gitHead(before, after), ...(hunks.length > 0 ? head : []), ...hunks].join("\n")}\n`;
}

function gitHead({ name: from }: Side, { name: to }: Side): string[] {
  const first = `diff --git a/${from ?? to} b/${to ?? from}`;
  if (from === undefined) return [first, "new file mode 100644"];
  if (to === undefined) return [first, "deleted file mode 100644"];
  return from === to ? [first] : [first, `rename from ${from}`, `rename to ${to}`];
}

function headName(side: string, name: string | undefined): string {
  return name === undefined ? "/dev/null" : `${side}/${name}`;
}

/** Lines with their line ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What is the same at both ends is put aside; the middle is compared by its longest common subsequence. */
function diffLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (texts: readonly string[]): Line[] => texts.map((text) => ({ sign: " ", text }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

/** Beyond this many pairs of lines the middle is shown as taken out and put in. */
const mostPairs = 4_000_000;

function middle(before: readonly string[], after: readonly string[]): Line[] {
  if (before.length * after.length > mostPairs) {
    return [
      ...before.map((text): Line => ({ sign: "-", text })),
      ...after.map((text): Line => ({ sign: "+", text })),
    ];
  }
  const width = after.length + 1;
  // longest[i * width + j]: length of the longest common subsequence of before[i…] and after[j…]
  const longest = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const fresh = after[j];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: " ", text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: "-", text: old });
      i++;
    } else if (fresh !== undefined) {
      lines.push({ sign: "+", text: fresh });
      j++;
    }
  }
  return lines;
}

function hunksOf(lines: readonly Line[]): string[] {
  const changed = lines.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const hunks: string[] = [];
  let next = 0;
  while (next < changed.length) {
    const first = changed[next] ?? 0;
    let last = first;
    while (next < changed.length && (changed[next] ?? 0) - last <= 2 * context)
      last = changed[next++] ?? last;
    hunks.push(...hunk(lines, Math.max(0, first - context), Math.min(lines.length, last + context + 1)));
  }
  return hunks;
}

function hunk(lines: readonly Line[], from: number, to: number): string[] {
  const count = (part: readonly Line[], without: string) =>
    part.filter(({ sign }) => sign !== without).length;
  const [earlier, shown] = [lines.slice(0, from), lines.slice(from, to)];
  const range = (without: string) => {
    const length = count(shown, without);
    // A side without lines is named by the line before it.
    return `${count(earlier, without) + (length > 0 ? 1 : 0)},${length}`;
  };
  const texts = shown.flatMap(({ sign, text }) =>
    text.endsWith("\n") ? [sign + text.slice(0, -1)] : [sign + text, "\\ No newline at end of file"],
  );
  return [`@@ -${range("+")} +${range("-")} @@`, ...texts];
}
