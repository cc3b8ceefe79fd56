import { clusterWords } from "./cluster-words.ts";
import { driftItem } from "./markdown/drift-item.ts";
import { code, prose } from "./markdown/escape.ts";
import { findingItem } from "./markdown/finding-item.ts";
import type { MarkdownOptions } from "./markdown/options.ts";
import { countsOf, tableHead, verdictRows } from "./markdown/verdict-table.ts";
import type { Finding, Report } from "./model.ts";
import { ranked } from "./rank.ts";
import { fillingWords, rowLines } from "./row-words.ts";
import { count } from "./text/count.ts";
import { duration } from "./text/duration.ts";
import { escapeControl } from "./text/escape-control.ts";
import { isFailed } from "./verdict-words.ts";

export type { MarkdownOptions } from "./markdown/options.ts";

/** Is there anything that somebody should do or know? */
export function isQuiet(report: Report): boolean {
  return (
    report.findings.length === 0 && !report.unproved && !report.roundTrips.some((it) => isFailed(it.verdict))
  );
}

/**
 * The report for a pull request comment or a job summary. A quiet report is one line. Where it does not fit, the least
 * important goes first: quiet rows of the table, then findings from the last; what is left out is counted.
 */
export function renderMarkdown(report: Report, options: MarkdownOptions): string {
  const measure = options.measure ?? ((text: string) => text.length);
  const foot = [...(options.notes ?? []).map((note) => `> ${prose(note)}`), footLine(report, options)];
  const told = report.roundTrips.flatMap((it) => rowLines(it).map((line) => `${it.name}: ${line}`));
  foot.unshift(
    ...[...told, ...fillingWords(report).slice(1), ...clusterWords(report)].map((line) => `> ${prose(line)}`),
  );
  if (report.unproved) {
    const lines = report.unproved.split("\n").map((line, i) => `> ${i === 0 ? "⚠ " : ""}${prose(line)}`);
    // Two spaces: the lines stay lines.
    foot.unshift(lines.join("  \n"));
  }
  const head = headline(report, `Migrations${options.which ? ` ${options.which}` : ""}`);
  if (isQuiet(report)) return [head, ...foot].join("\n\n");

  const items = itemsOf(report, options);
  const rows = verdictRows(report).map((row) => ({ text: row.line, weight: row.weight, migration: "" }));
  // What stands around the items takes room too, and how much is only known when it is written.
  for (let room = options.limit; ; room *= 0.9) {
    const table = fitting(rows, room / 3, measure);
    const rest = fitting(items, room - table.used, measure);
    const text = [head, ...tableText(table, report), ...itemsText(rest, options), ...foot].join("\n\n");
    if (measure(text) <= options.limit || room < 1) return text;
  }
}

function tableText({ kept, dropped }: Fitted, report: Report): string[] {
  if (kept.length + dropped === 0) return [];
  const table = [tableHead(report), ...kept.map((row) => row.text)].join("\n");
  return dropped > 0 ? [table, `and ${count(dropped, "more migration")}`] : [table];
}

function itemsText({ kept, dropped }: Fitted, { whole = "the log of the run" }: MarkdownOptions): string[] {
  if (dropped === 0) return folded(kept);
  return [...folded(kept), `**${count(dropped, "more finding")}** did not fit here: see ${whole}.`];
}

interface Item {
  readonly text: string;
  readonly weight: number;
  /** The migration it belongs to; empty for the folder. */
  readonly migration: string;
  readonly finding?: Finding;
}

const weights = { error: 1, warning: 2, info: 3 } as const;

function itemsOf(report: Report, options: MarkdownOptions): Item[] {
  const drifts = report.roundTrips.flatMap((roundTrip) => {
    const own = report.findings.filter((finding) => finding.migration === roundTrip.name);
    const text = driftItem(roundTrip, own);
    return text
      ? [
          {
            text: `What differs after ${code(roundTrip.name)}:\n\n${text}`,
            weight: 1,
            migration: roundTrip.name,
          },
        ]
      : [];
  });
  const findings = ranked(report.findings).map((finding) => ({
    text: findingItem(finding, options),
    weight: weights[finding.severity],
    migration: finding.migration ?? "",
    finding,
  }));
  return [...findings, ...drifts];
}

interface Fitted {
  readonly kept: readonly Item[];
  readonly dropped: number;
  readonly used: number;
}

/** Keeps the most important that fit, in their own order. */
function fitting(items: readonly Item[], room: number, measure: (text: string) => number): Fitted {
  const kept = new Set<Item>();
  let used = 0;
  for (const item of [...items].sort((a, b) => a.weight - b.weight)) {
    const size = measure(item.text) + 2;
    if (used + size > room) break;
    used += size;
    kept.add(item);
  }
  return { kept: items.filter((item) => kept.has(item)), dropped: items.length - kept.size, used };
}

const mostOpen = 6;

/** A handful of items stand open; more fold away, one fold per migration. */
function folded(items: readonly Item[]): string[] {
  if (items.length <= mostOpen) return items.map((item) => item.text);
  return [...new Set(items.map((item) => item.migration))].map((migration) => {
    const own = items.filter((item) => item.migration === migration);
    const title = migration === "" ? "the folder" : `<code>${html(migration)}</code>`;
    const counts = countsOf(own.flatMap((item) => (item.finding ? [item.finding] : [])));
    const texts = own.map((item) => item.text).join("\n\n");
    return `<details><summary>${title}: ${counts || "what differs"}</summary>\n\n${texts}\n\n</details>`;
  });
}

function headline(report: Report, title: string): string {
  const { migrations, findings, roundTrips } = report;
  const bad = attention(report);
  const total = migrations.length;
  if (bad > 0) {
    const words = bad === 1 ? "needs attention" : "need attention";
    return total > 0 && bad <= total
      ? `### ${title}: ${bad} of ${total} ${words}`
      : `### ${title}: ${bad} ${words}`;
  }
  if (findings.length > 0) return `### ${title}: ${countsOf(findings)}`;
  if (total === 0) return `✓ **${title}:** nothing changed here.`;
  const proved = roundTrips.filter((it) => it.verdict.status === "reversible").length;
  if (proved === total) {
    const every = total === 1 ? "1 migration goes" : `all ${total} migrations go`;
    return `✓ **${title}:** ${every} up, down and up again. No findings.`;
  }
  const rest = proved > 0 ? `, ${proved} proved reversible` : "";
  return `${report.unproved ? "⚠" : "✓"} **${title}:** ${total} checked${rest}. No findings.`;
}

/** Migrations with an error or a failed proof; errors about the folder itself count as one more. */
function attention({ findings, roundTrips }: Report): number {
  const errors = findings.filter((finding: Finding) => finding.severity === "error");
  const failed = roundTrips.filter((it) => isFailed(it.verdict)).map((it) => it.name);
  return new Set([...failed, ...errors.map((finding) => finding.migration ?? "")]).size;
}

function footLine(report: Report, options: MarkdownOptions): string {
  const { engine, summary, version } = report;
  const name = engine?.name === "pglite" ? "PGlite" : engine?.name;
  const note = engine?.note ? `, ${engine.note}` : "";
  const facts = [
    ...(engine ? [`PostgreSQL ${engine.postgres} (${name}${note})`] : []),
    duration(summary.ms),
    ...(summary.notAnalysed > 0
      ? [`${summary.notAnalysed} of ${count(summary.statements, "statement")} not analysed`]
      : []),
    ...(options.facts ?? []),
    `Switchback ${version}`,
  ];
  return `<sub>${facts.map((fact) => prose(fact)).join(" · ")}</sub>`;
}

/** A text of `renderMarkdown` without what was timed: two runs that say the same are then equal. */
export function withoutTimes(markdown: string): string {
  return markdown.replace(/(?<=\| | · |<sub>)(?:\d+ min )?\d[\d.]* m?s(?= \|| · )/g, "");
}

/** On one line: an empty one would end the element around it. */
function html(text: string): string {
  return escapeControl(text).replace(/[&<>"'@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
