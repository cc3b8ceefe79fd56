import { proofRules } from "./proof-rules.ts";
import type { EarlierFailure } from "./prove.ts";
import { provedWords } from "./proved-words.ts";
import type { EngineInfo, Finding } from "./report/model.ts";

/** One finding at the first of them: the others often fail because of it. */
export function earlierFindings(earlier: readonly EarlierFailure[], { postgres }: EngineInfo): Finding[] {
  const [first, ...others] = earlier;
  if (!first) return [];
  const { severity, why } = proofRules["earlier-fails"];
  const start = { line: 1, column: 1 };
  const { file, message, sqlstate, range } = first.error;
  const more = others.length > 0 ? `, nor ${others.length === 1 ? "does" : "do"} ${others.length} more` : "";
  return [
    {
      rule: "earlier-fails",
      severity,
      why,
      file,
      range: range ?? { start, end: start },
      message: `${first.migration}, which is not reported on, does not go up here${more}: ${message}`,
      help: "make what it needs in a prelude (roles, schemas, extensions), or start from a dump with a baseline",
      proof: provedWords(postgres, sqlstate),
    },
  ];
}
