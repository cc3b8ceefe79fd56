import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { everyRule } from "#core/every-rule.ts";
import { renderJson } from "#core/report/json.ts";
import type { Report } from "#core/report/model.ts";
import { sarif } from "#core/report/sarif.ts";
import { rulePage } from "#core/rule-page.ts";
import type { OutputFiles } from "./publish/outputs.ts";

/** Writes the JSON report beside the job's other temporary files, and SARIF where it was asked for. */
export function writeResultFiles(
  report: Report,
  places: { readonly temp: string; readonly directory: string; readonly sarifFile?: string | undefined },
  source: (file: string) => string | undefined,
): OutputFiles {
  const reportFile = join(places.temp, "switchback-report.json");
  write(reportFile, renderJson(report));
  if (!places.sarifFile) return { report: reportFile };
  const lineText = (file: string, line: number) => source(file)?.split(/\r\n|\r|\n/)[line - 1] ?? "";
  write(
    resolve(places.directory, places.sarifFile),
    sarif(report, { rules: everyRule, helpUri: rulePage("{rule}"), lineText }),
  );
  return { report: reportFile, sarif: places.sarifFile };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // In a stranger's branch a link may have the name, which would lead to a file of the runner.
  rmSync(path, { force: true });
  writeFileSync(path, text, { flag: "wx" });
}
