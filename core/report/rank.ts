import type { Finding, Severity } from "./model.ts";

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Most important first: severity, then file and place. Surfaces with limits leave out from the end. */
export function ranked(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      weight[a.severity] - weight[b.severity] ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.column - b.range.start.column,
  );
}
