import { createHash } from "node:crypto";
import type { Finding, Report, Severity } from "./model.ts";
import { isFailed, verdictWords } from "./verdict-words.ts";

/** One entry of GitLab's Code Quality report (GitLab docs, "Code Quality report format"). */
interface Issue {
  readonly description: string;
  readonly check_name: string;
  /** Equal for the same problem of two runs; unique in a report. */
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

const severities: Readonly<Record<Severity, Issue["severity"]>> = {
  error: "critical",
  warning: "major",
  info: "info",
};

/** GitLab Code Quality. `lineText` makes fingerprints that survive when lines move. */
export function renderGitlab(
  report: Report,
  lineText: (file: string, line: number) => string = () => "",
): string {
  const seen = new Map<string, number>();
  const issues = [
    ...report.findings.map((finding) => findingIssue(finding, lineText, seen)),
    ...verdictIssues(report, seen),
  ];
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function findingIssue(
  { rule, severity, message, file, range, proof }: Finding,
  lineText: (file: string, line: number) => string,
  seen: Map<string, number>,
): Issue {
  // A range that ends before the first column of a line does not touch that line.
  const { start, end } = range;
  const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  return {
    description: proof === undefined ? message : `${message} (${proof})`,
    check_name: rule,
    fingerprint: fingerprint([rule, file, lineText(file, start.line).trim()], seen),
    severity: severities[severity],
    location: { path: file, lines: { begin: start.line, end: last } },
  };
}

/** Failed round trips of which no finding of the same migration speaks. */
function verdictIssues(
  { roundTrips, migrations, findings, folder }: Report,
  seen: Map<string, number>,
): Issue[] {
  return roundTrips.flatMap((roundTrip) => {
    const { name, verdict } = roundTrip;
    if (!isFailed(verdict) || findings.some(({ migration, proof }) => migration === name && proof)) return [];
    const files = migrations.find((migration) => migration.name === name);
    const path = (verdict.status === "up-failed" ? files?.up : (files?.down ?? files?.up)) ?? folder;
    return [
      {
        description: `${name}: ${verdictWords(roundTrip)}`,
        check_name: verdict.status,
        fingerprint: fingerprint([verdict.status, path], seen),
        severity: "critical" as const,
        location: { path, lines: { begin: 1, end: 1 } },
      },
    ];
  });
}

function fingerprint(parts: readonly string[], seen: Map<string, number>): string {
  const hash = createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
  const nth = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, nth);
  return nth === 1 ? hash : `${hash}-${nth}`;
}
