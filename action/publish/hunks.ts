/** Lines of the new file that a hunk shows, both ends included: only these take comments. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

const head = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm;

/** The hunks of a file's patch, as the pull request's files list gives it. */
export function hunks(patch: string): LineSpan[] {
  return [...patch.matchAll(head)].flatMap(([, start = "0", length = "1"]) => {
    const first = Number(start);
    const last = first + Number(length) - 1;
    return last >= first ? [{ first, last }] : [];
  });
}
