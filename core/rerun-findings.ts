import { proofRules } from "./proof-rules.ts";
import { provedWords } from "./proved-words.ts";
import type { EngineInfo, Finding, RoundTrip, UnsafeRerun } from "./report/model.ts";

/** What is not safe to run again, each statement a finding of its own. */
export function rerunFindings({ name, rerun = [] }: RoundTrip, { postgres }: EngineInfo): Finding[] {
  return rerun.flatMap(({ direction, file, errors, changes, rowsDiffer }) => {
    const start = { line: 1, column: 1 };
    const { severity, why } = proofRules["unsafe-rerun"];
    const common = {
      rule: "unsafe-rerun",
      severity,
      why,
      migration: name,
      file,
      range: { start, end: start },
    };
    const findings: Finding[] = errors.map(({ sqlstate, message, range }) => ({
      ...common,
      ...(range ? { range } : {}),
      message: `going ${direction} a second time fails here: ${message}`,
      proof: provedWords(postgres, sqlstate),
    }));
    const more = differenceWords({ changes, rowsDiffer });
    if (more === undefined) return findings;
    const message = `going ${direction} a second time does something more: ${more}`;
    return [...findings, { ...common, message, proof: provedWords(postgres), changes }];
  });
}

function differenceWords({
  changes,
  rowsDiffer,
}: Pick<UnsafeRerun, "changes" | "rowsDiffer">): string | undefined {
  const [first, ...others] = changes;
  if (!first) return rowsDiffer ? "the rows are not the same" : undefined;
  return others.length === 0 ? first.words : `${first.words}, and ${others.length} more`;
}
