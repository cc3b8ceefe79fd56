import type { Finding } from "#core/report/model.ts";

/**
 * What is shown of `found` in a folder while somebody writes in it. What is gone is gone at once, and what was shown
 * moves along; what is new waits for the writer to pause: a name that is half-written exists nowhere, and a statement
 * without its WHERE is not meant to be without. Undefined: the statement is broken by now, and all stays as it was.
 */
export function whileTyping(
  shown: readonly Finding[],
  found: readonly Finding[],
): readonly Finding[] | undefined {
  const known = new Map<string, number>();
  for (const finding of shown) known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + 1);
  const kept: Finding[] = [];
  for (const finding of found) {
    const left = known.get(keyOf(finding)) ?? 0;
    if (left > 0) {
      known.set(keyOf(finding), left - 1);
      kept.push(finding);
    } else if (finding.rule === "syntax-error") return undefined;
  }
  return kept;
}

/**
 * Whatever PostgreSQL stumbles over, it is the one syntax error of its script; and one that counts, such as other files
 * with the same cause, is the same when it counts one more.
 */
function keyOf({ file, rule, message }: Finding): string {
  return `${file}\n${rule}\n${rule === "syntax-error" ? "" : message.replace(/\d+/g, "0")}`;
}
