import type { Migration, SourceFile } from "../migration/model.ts";
import type { FileEdit, Finding } from "../report/model.ts";
import { withLineEnd } from "../sql/line-end.ts";
import type { LineMaps } from "./line-maps.ts";
import type { Report } from "./rule.ts";
import type { ActiveRule } from "./select-rules.ts";
import { whyIn } from "./why-in.ts";

/** A finding with the offsets that suppressions are matched by. */
export interface Draft {
  readonly finding: Finding;
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly oncePerFolder?: true;
}

interface Subject {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly migration?: Migration | undefined;
}

/** Makes findings out of what rules report. Knows the lines of every file of the folder: `related` can point anywhere. */
export class Drafts {
  readonly #linesOf: LineMaps;
  readonly #layout: string;

  constructor(linesOf: LineMaps, layout: string) {
    this.#linesOf = linesOf;
    this.#layout = layout;
  }

  draft({ rule, severity }: ActiveRule, subject: Subject, report: Report): Draft {
    const { file, migration } = subject;
    const start = report.start ?? subject.start;
    const end = report.end ?? subject.end;
    const related = report.related?.map(({ message, file: path, start: from, end: to }) => ({
      message,
      location: { file: path, range: this.#linesOf(path).range(from, to) },
    }));
    const finding: Finding = {
      rule: rule.name,
      severity: report.severity ?? severity,
      message: report.message,
      file: file.path,
      range: this.#linesOf(file.path).range(start, end),
      ...(migration && { migration: migration.name }),
      ...(report.label !== undefined && { label: report.label }),
      why: report.why ?? whyIn(this.#layout, rule.why),
      ...(report.help !== undefined && { help: report.help }),
      ...(related && { related }),
      ...(report.fix && { fix: { ...report.fix, edits: this.#inLinesOf(file, report.fix.edits) } }),
      ...(report.changes && { changes: report.changes }),
    };
    return { finding, file, start, end, ...(report.oncePerFolder && { oncePerFolder: true }) };
  }

  /** Rules write `\n`. A file that ends its lines otherwise stays of one kind, and so does one that is made beside it. */
  #inLinesOf(file: SourceFile, edits: readonly FileEdit[]): FileEdit[] {
    return edits.map((edit) => {
      if (!("text" in edit)) return edit;
      const { lineEnd } = this.#linesOf(edit.kind === "create" ? file.path : edit.file);
      return { ...edit, text: withLineEnd(edit.text, lineEnd) };
    });
  }
}
