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
      ...helpFor(sqlstate),
    }));
    const more = differenceWords({ changes, rowsDiffer });
    if (more === undefined) return findings;
    const message = `going ${direction} a second time does something more: ${more}`;
    return [...findings, { ...common, message, proof: provedWords(postgres), changes }];
  });
}

/** Something is there already, or gone already: a schema, a table, a column, a function, something else. */
const thereOrGone = new Set([
  ...["42P06", "42P07", "42701", "42723", "42710"],
  ...["3F000", "42P01", "42703", "42883", "42704"],
]);

function helpFor(sqlstate: string | null): { help?: string } {
  if (sqlstate === "23505") return { help: "write ON CONFLICT DO NOTHING" };
  if (sqlstate === null || !thereOrGone.has(sqlstate)) return {};
  return {
    help: "write IF [NOT] EXISTS or OR REPLACE where the statement has it, else ask the catalog first",
  };
}

function differenceWords({
  changes,
  rowsDiffer,
}: Pick<UnsafeRerun, "changes" | "rowsDiffer">): string | undefined {
  const [first, ...others] = changes;
  if (!first) return rowsDiffer ? "the rows are not the same" : undefined;
  return others.length === 0 ? first.words : `${first.words}, and ${others.length} more`;
}
