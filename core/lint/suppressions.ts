import { type Directive, directivesIn } from "../migration/directives.ts";
import type { SourceFile } from "../migration/model.ts";
import type { Statement } from "../sql/statement.ts";
import type { Draft } from "./draft.ts";

type Ignore = Extract<Directive, { kind: "ignore" }>;

/** An ignore comment and what it covers: 0-based UTF-16 offsets, both inclusive. */
interface Suppression {
  readonly ignore: Ignore;
  readonly from: number;
  readonly to: number;
}

/** The ignore comments of one file. */
export interface FileSuppressions {
  readonly file: SourceFile;
  readonly suppressions: readonly Suppression[];
  readonly malformed: readonly Extract<Directive, { kind: "malformed" }>[];
}

export function suppressionsOf(file: SourceFile, statements: readonly Statement[]): FileSuppressions {
  const directives = directivesIn(file.text);
  return {
    file,
    suppressions: directives
      .filter((directive) => directive.kind === "ignore")
      .map((ignore) => ({ ignore, ...coverage(ignore, file.text, statements) })),
    malformed: directives.filter((directive) => directive.kind === "malformed"),
  };
}

/**
 * A comment covers the statement that it stands in, else the one that it trails on the same line, else the next.
 * Findings on the comment itself are covered too: that is where a finding about a whole file may stand.
 */
function coverage(
  ignore: Ignore,
  text: string,
  statements: readonly Statement[],
): { from: number; to: number } {
  if (ignore.scope === "file") return { from: 0, to: text.length };
  const { start, end } = ignore;
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const covered =
    statements.find((statement) => statement.start < start && end <= statement.end) ??
    statements.findLast((statement) => statement.end >= lineStart && statement.end <= start) ??
    statements.find((statement) => statement.start >= end);
  if (!covered) return { from: lineStart, to: end };
  return { from: Math.min(lineStart, covered.start), to: covered.end };
}

/** Takes out what is ignored, and says which comments ignored nothing. */
export function suppress(
  drafts: readonly Draft[],
  files: readonly FileSuppressions[],
): { readonly kept: readonly Draft[]; readonly unused: readonly { file: SourceFile; ignore: Ignore }[] } {
  const byFile = new Map(files.map(({ file, suppressions }) => [file.path, suppressions]));
  const used = new Set<Suppression>();
  const kept = drafts.filter(({ finding, file, start }) => {
    const matching = (byFile.get(file.path) ?? []).filter(
      ({ ignore, from, to }) => ignore.rule === finding.rule && from <= start && start <= to,
    );
    for (const suppression of matching) used.add(suppression);
    return matching.length === 0;
  });
  const unused = files.flatMap(({ file, suppressions }) =>
    suppressions.filter((it) => !used.has(it)).map(({ ignore }) => ({ file, ignore })),
  );
  return { kept, unused };
}
