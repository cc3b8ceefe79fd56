import type { SourceFile } from "../migration/model.ts";
import { explainSyntaxError } from "../sql/explain-syntax-error.ts";
import { parseSql } from "../sql/parse.ts";
import type { BrokenScript } from "./lint-migration.ts";
import type { Report } from "./rule.ts";

type FileReport = Report & { readonly file: SourceFile };

/** One report for each script that PostgreSQL would refuse to parse. */
export async function syntaxErrors(scripts: readonly BrokenScript[]): Promise<FileReport[]> {
  const reports: FileReport[] = [];
  for (const { file, text, problem } of scripts) {
    const { mend, ...explanation } = await explainSyntaxError(text, problem);
    const report = { file, ...problem, ...explanation };
    if (!mend || parseSql(applied(text, mend)).problem) {
      reports.push(report);
      continue;
    }
    const { title, ...edit } = mend;
    const edits = [{ kind: "replace" as const, file: file.path, ...edit }];
    reports.push({ ...report, fix: { title, edits } });
  }
  return reports;
}

function applied(
  text: string,
  { start, end, text: by }: { start: number; end: number; text: string },
): string {
  return text.slice(0, start) + by + text.slice(end);
}
