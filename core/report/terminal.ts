import { clusterWords } from "./cluster-words.ts";
import type { Report } from "./model.ts";
import { fillingWords } from "./row-words.ts";
import { findingBlock } from "./terminal/finding-block.ts";
import type { TerminalOptions } from "./terminal/options.ts";
import { proseLines } from "./terminal/prose.ts";
import { styleOf } from "./terminal/style.ts";
import { summaryLine } from "./terminal/summary-line.ts";
import { verdictList } from "./terminal/verdict-list.ts";
import { count } from "./text/count.ts";
import { escapeControl } from "./text/escape-control.ts";

/** The report for people: head line, a verdict per migration, the findings with their code, one line to act on. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const style = styleOf(options);
  const { paint } = style;
  const sections: string[][] = [[paint.dim(headLine(report))]];
  if (report.unproved !== undefined) {
    const [first = "", ...rest] = proseLines(report.unproved, style.width);
    sections.push([paint.yellow(first), ...rest]);
  }
  if (report.roundTrips.length > 0) sections.push(verdictList(report, style));
  const asides = [...fillingWords(report), ...clusterWords(report)];
  if (asides.length > 0) sections.push(asides.map(escapeControl).map(paint.dim));
  const explained = new Set<string>();
  for (const finding of report.findings) {
    const reason = `${finding.rule}: ${finding.why}`;
    sections.push(findingBlock(finding, !explained.has(reason), style));
    explained.add(reason);
  }
  sections.push([paint.bold(summaryLine(report, options.fixCommand))]);
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function headLine({ version, engine, layout, migrations }: Report): string {
  const note = engine?.note ? `, ${engine.note}` : "";
  const name = engine?.name === "pglite" ? "PGlite" : engine?.name;
  return [
    `Switchback ${version}`,
    ...(engine ? [`PostgreSQL ${engine.postgres} (${name}${note})`] : []),
    layout,
    count(migrations.length, "migration"),
  ]
    .map(escapeControl)
    .join(" · ");
}
