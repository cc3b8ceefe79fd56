import { proofRules } from "./proof-rules.ts";
import { provedWords } from "./proved-words.ts";
import type { EngineInfo, Finding, MigrationInfo, WalkDown } from "./report/model.ts";

/** What a walk all the way down came to, where that is not where it started. */
export function walkFindings(
  { stopped, left, to }: WalkDown,
  migrations: readonly MigrationInfo[],
  { postgres }: EngineInfo,
): Finding[] {
  const start = { line: 1, column: 1 };
  const { severity, why } = proofRules["walk-down"];
  const common = { rule: "walk-down", severity, why, range: { start, end: start } };
  if (stopped) {
    const { sqlstate, message, file, range } = stopped.error;
    return [
      {
        ...common,
        ...(range ? { range } : {}),
        file,
        migration: stopped.migration,
        message: `on the way down from the last migration this one fails: ${message}`,
        proof: provedWords(postgres, sqlstate),
      },
    ];
  }
  const changes = left.filter((change) => change.class === "real");
  const [first, ...others] = changes;
  if (!first) return [];
  const goal = to === undefined ? "an empty database" : `the state after ${to}`;
  const more = others.length > 0 ? `, and ${others.length} more` : "";
  return [
    {
      ...common,
      file: migrations.find(({ down }) => down !== undefined)?.down ?? "",
      message: `the way down does not lead back to ${goal}: ${first.words}${more}`,
      proof: provedWords(postgres),
      changes,
    },
  ];
}
