import type { Change, Finding, RoundTrip } from "../model.ts";
import { changedLines } from "../text/changed-lines.ts";
import { count } from "../text/count.ts";
import { isFailed } from "../verdict-words.ts";
import { codeBlock, cut } from "./escape.ts";

const shownChanges = 6;
const longestLine = 300;

/**
 * The difference that a failed round trip leaves, as one short diff: what stood before on the minus lines, what is
 * there now on the plus lines. Undefined where the findings show it already.
 */
export function driftItem(roundTrip: RoundTrip, findings: readonly Finding[]): string | undefined {
  if (!isFailed(roundTrip.verdict)) return undefined;
  const changes = roundTrip.phases
    .flatMap((phase) => phase.changes)
    .filter((change) => change.class === "real" && !findings.some((finding) => tells(finding, change)));
  const lines = changes
    .slice(0, shownChanges)
    .flatMap((change) => [
      `@@ ${cut(change.words, longestLine)} @@`.replaceAll(/[\r\n]/g, " "),
      ...changedLines(change).map(({ sign, text }) => cut(`${sign} ${text}`, longestLine)),
    ]);
  if (lines.length === 0) return undefined;
  const more = changes.length - shownChanges;
  return codeBlock(more > 0 ? [...lines, `@@ and ${count(more, "more difference")} @@`] : lines, "diff");
}

/** As a diff of its own; or in its words, where the whole object is too many or missing and a diff shows no more. */
function tells({ changes, proof }: Finding, { words, before, after }: Change): boolean {
  const whole = before === null || after === null;
  return (
    changes?.some((change) => change.words === words) === true || (whole && proof?.includes(words) === true)
  );
}
