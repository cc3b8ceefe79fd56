import { noDown, type Report, type VerdictStatus } from "../model.ts";
import { count } from "../text/count.ts";
import { duration } from "../text/duration.ts";

/** Words for a number of migrations with one verdict, worst first. */
const outcomes: readonly (readonly [VerdictStatus | "no-down", (n: number) => string])[] = [
  ["up-failed", (n) => `${n} cannot go up`],
  ["down-failed", (n) => `${n} cannot go down`],
  [
    "drift",
    (n) => `${n} ${n === 1 ? "does" : "do"} not come back to where ${n === 1 ? "it" : "they"} started`,
  ],
  ["redo-failed", (n) => `${n} cannot go up again`],
  ["redo-drift", (n) => `${n} ${n === 1 ? "differs" : "differ"} after going up again`],
  ["data-lost", (n) => `${n} ${n === 1 ? "loses" : "lose"} data`],
  ["timed-out", (n) => `${n} timed out`],
  ["engine-lost", (n) => `${n} lost the server`],
  ["no-down", (n) => `${n} ${n === 1 ? "goes up and has" : "go up and have"} no down`],
  ["irreversible", (n) => `${n} irreversible as declared`],
  ["skipped", (n) => `${n} not proved`],
];

/** What a tired person reads first, and perhaps only. */
export function summaryLine(report: Report, fixCommand = "switchback fix"): string {
  const { summary } = report;
  return [
    proofWords(report),
    walkWords(report),
    findingWords(report, fixCommand),
    coverageWords(report),
    duration(summary.ms),
  ]
    .filter((words) => words !== "")
    .join(" ");
}

function proofWords({ roundTrips, summary, unproved }: Report): string {
  if (summary.migrations === 0) return "No migration to report on.";
  if (roundTrips.length === 0) return `${count(summary.migrations, "migration")} read, none run.`;
  // Where the proof came to its end too early.
  const missing = unproved === undefined ? 0 : summary.migrations - roundTrips.length;
  const total = count(roundTrips.length + missing, "migration");
  const by = new Map<VerdictStatus | "no-down", number>();
  for (const { verdict } of roundTrips) {
    const undeclared = verdict.status === "irreversible" && verdict.reason === noDown;
    const kind = undeclared ? "no-down" : verdict.status;
    by.set(kind, (by.get(kind) ?? 0) + 1);
  }
  const reversible = by.get("reversible") ?? 0;
  if (reversible === roundTrips.length && missing === 0)
    return reversible === 1
      ? "1 migration, it goes up, down and up again."
      : `${total}, every one goes up, down and up again.`;
  const parts = outcomes.flatMap(([status, words]) => {
    const n = (by.get(status) ?? 0) + (status === "skipped" ? missing : 0);
    return n === 0 ? [] : [words(n)];
  });
  return `${total}: ${[...(reversible > 0 ? [`${reversible} reversible`] : []), ...parts].join(", ")}.`;
}

function walkWords({ walkDown }: Report): string {
  if (!walkDown) return "";
  const { stopped, left, to, downs } = walkDown;
  const goal = to === undefined ? "the empty database" : `the state after ${to}`;
  if (stopped) return `All the way down: stopped at ${stopped.migration} after ${count(downs, "down")}.`;
  const real = left.filter((change) => change.class === "real").length;
  if (real === 0) return `All the way down: back at ${goal}.`;
  return `All the way down: ${count(real, "difference")} from ${goal}.`;
}

function findingWords({ summary }: Report, fixCommand: string): string {
  const parts = [
    ...(summary.errors > 0 ? [count(summary.errors, "error")] : []),
    ...(summary.warnings > 0 ? [count(summary.warnings, "warning")] : []),
    ...(summary.infos > 0 ? [count(summary.infos, "note")] : []),
  ];
  // Where nothing was looked at, nothing was found clean.
  if (parts.length === 0) return summary.migrations === 0 ? "" : "No findings.";
  return `${parts.join(", ")}${fixWords(summary, fixCommand)}.`;
}

function fixWords({ errors, warnings, infos, fixable }: Report["summary"], fixCommand: string): string {
  if (fixable === 0) return "";
  const all = errors + warnings + infos;
  const share = fixable < all ? `, ${fixable} with a fix` : all === 1 ? ", with a fix" : ", all with a fix";
  return `${share}: ${fixCommand}`;
}

function coverageWords({ summary }: Report): string {
  if (summary.notAnalysed === 0) return "";
  return `${summary.notAnalysed} of ${count(summary.statements, "statement")} not analysed.`;
}
