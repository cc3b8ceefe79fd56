import type { SourceFile } from "../migration/model.ts";
import { explainSyntaxError } from "../sql/explain-syntax-error.ts";
import { parseSql } from "../sql/parse.ts";
import type { Report, SimulatedScript } from "./rule.ts";

type FileReport = Report & { readonly file: SourceFile };

/** One report for each script that PostgreSQL would refuse to parse. */
export async function syntaxErrors(scripts: readonly SimulatedScript[]): Promise<FileReport[]> {
  const reports: FileReport[] = [];
  for (const { script, parsed } of scripts) {
    const { text, problem } = parsed;
    if (!problem) continue;
    const { mend, ...explanation } = await explainSyntaxError(text, problem);
    const report = { file: script.file, ...problem, ...explanation };
    if (!mend || parseSql(applied(text, mend)).problem) {
      reports.push(report);
      continue;
    }
    const { title, ...edit } = mend;
    const edits = [{ kind: "replace" as const, file: script.file.path, ...edit }];
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
