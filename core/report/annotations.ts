import type { Finding, Range, Report, Severity } from "./model.ts";
import { ranked } from "./rank.ts";
import { count } from "./text/count.ts";
import { escapeControlLines } from "./text/escape-control.ts";

/** One remark beside a line of the diff. Columns are only given where start and end share a line, as GitHub wants. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly column?: number;
  /** Last column that belongs to the range. */
  readonly endColumn?: number;
}

/** GitHub drops what exceeds ten of a level in one step without a word, so the last says how many there are. */
const perLevel = 10;

const levels: Readonly<Record<Severity, Annotation["level"]>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

/**
 * The most important annotations of a report; findings in `told` have been said at their line already, and `ofItsOwn` is
 * how many of each level the step may print besides.
 */
export function annotations(
  report: Report,
  told: ReadonlySet<Finding> = new Set(),
  ofItsOwn = 0,
): Annotation[] {
  const all = ranked(report.findings)
    .filter((finding) => !told.has(finding))
    .map(findingAnnotation);
  return (["error", "warning", "notice"] as const).flatMap((level) =>
    limited(
      all.filter((annotation) => annotation.level === level),
      perLevel - ofItsOwn,
    ),
  );
}

function findingAnnotation(finding: Finding): Annotation {
  return {
    level: levels[finding.severity],
    title: finding.rule,
    // The runner writes it into the log too, where colours are carried out.
    message: escapeControlLines(
      [finding.message, finding.proof, finding.help ?? finding.label].filter((part) => part).join("\n"),
    ),
    file: finding.file,
    ...place(finding.range),
  };
}

function place({ start, end }: Range): Pick<Annotation, "line" | "endLine" | "column" | "endColumn"> {
  // A range that ends before the first column of a line does not touch that line.
  const endLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  if (endLine !== start.line || end.line !== start.line) return { line: start.line, endLine };
  return {
    line: start.line,
    endLine,
    column: start.column,
    endColumn: Math.max(start.column, end.column - 1),
  };
}

function limited(sorted: readonly Annotation[], most: number): Annotation[] {
  if (sorted.length <= most) return [...sorted];
  const shown = sorted.slice(0, most - 1);
  const [next] = sorted.slice(most - 1);
  if (!next) return shown;
  const rest = sorted.length - shown.length;
  const words = { error: "error", warning: "warning", notice: "remark" }[next.level];
  const { column: _, endColumn: __, ...where } = next;
  return [
    ...shown,
    {
      ...where,
      title: "switchback",
      message: `and ${count(rest, `more ${words}`)}: see the summary of this run`,
    },
  ];
}
