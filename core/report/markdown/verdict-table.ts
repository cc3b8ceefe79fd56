import { lockNotes, workWords } from "../lock-words.ts";
import type { Finding, Report, RoundTrip } from "../model.ts";
import { count } from "../text/count.ts";
import { duration } from "../text/duration.ts";
import { isFailed, verdictWords } from "../verdict-words.ts";
import { code, cut, prose } from "./escape.ts";

/** One line of the table, and how badly it wants to be seen (0 first). */
export interface VerdictRow {
  readonly weight: number;
  readonly line: string;
}

/** Columns for what was not looked at are left out. */
export function tableHead({ roundTrips }: Report): string {
  if (roundTrips.length === 0) return "| migration | findings |\n|---|---|";
  return roundTrips.some(({ locks }) => locks)
    ? "| migration | up → down → up | locks on existing tables | findings | time |\n|---|---|---|---|--:|"
    : "| migration | up → down → up | findings | time |\n|---|---|---|--:|";
}

export function verdictRows(report: Report): VerdictRow[] {
  const proved = new Map(report.roundTrips.map((roundTrip) => [roundTrip.name, roundTrip]));
  const tried = report.roundTrips.length > 0;
  const traced = report.roundTrips.some(({ locks }) => locks);
  return report.migrations.map(({ name }) => {
    const roundTrip = proved.get(name);
    const findings = report.findings.filter((finding) => finding.migration === name);
    const cells = [
      code(cut(name, 120)),
      ...(tried ? [roundTrip ? verdictCell(roundTrip) : "not proved"] : []),
      ...(traced ? [roundTrip ? lockCell(roundTrip) : ""] : []),
      countsOf(findings),
      ...(tried ? [roundTrip ? duration(roundTrip.ms) : ""] : []),
    ];
    return { weight: weightOf(roundTrip, findings), line: `| ${cells.join(" | ")} |` };
  });
}

function verdictCell(roundTrip: RoundTrip): string {
  const { status } = roundTrip.verdict;
  const words = prose(cut(verdictWords(roundTrip), 200));
  if (isFailed(roundTrip.verdict)) return `✗ **${words}**`;
  return status === "reversible" ? `✓ ${words}` : `– ${words}`;
}

/** `ACCESS EXCLUSIVE` orders, rewrites it */
function lockCell(roundTrip: RoundTrip): string {
  const notes = lockNotes(roundTrip);
  const cells = notes.slice(0, mostLocks).map((note) => {
    const heavy = note.blocksWrites && (note.rewritten || note.scanned);
    return `${heavy ? "⚠ " : ""}${code(note.mode)} ${prose(cut(note.object, 80))}${workWords(note) || ", no rewrite"}`;
  });
  if (notes.length > mostLocks) cells.push(`and ${notes.length - mostLocks} more`);
  return cells.join("<br>");
}

const mostLocks = 3;

/** `1 error, 2 warnings`; nothing for nothing. */
export function countsOf(findings: readonly Finding[]): string {
  const words = { error: "error", warning: "warning", info: "note" } as const;
  return (["error", "warning", "info"] as const)
    .map((severity) => ({
      n: findings.filter((finding) => finding.severity === severity).length,
      word: words[severity],
    }))
    .filter(({ n }) => n > 0)
    .map(({ n, word }) => count(n, word))
    .join(", ");
}

function weightOf(roundTrip: RoundTrip | undefined, findings: readonly Finding[]): number {
  if (roundTrip && isFailed(roundTrip.verdict)) return 0;
  if (findings.some((finding) => finding.severity === "error")) return 1;
  if (findings.some((finding) => finding.severity === "warning")) return 2;
  return findings.length > 0 ? 3 : 4;
}
