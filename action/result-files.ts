import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { everyRule } from "#core/every-rule.ts";
import { renderJson } from "#core/report/json.ts";
import type { Report } from "#core/report/model.ts";
import { sarif } from "#core/report/sarif.ts";
import { rulePage } from "#core/rule-page.ts";
import { pathInside } from "./checkout-root.ts";
import type { OutputFiles } from "./publish/outputs.ts";

export interface Places {
  /** A folder that is emptied after the job. */
  readonly temp: string;
  /** Where the paths of later steps start. */
  readonly workspace: string;
  /** The working directory. */
  readonly directory: string;
  readonly sarifFile?: string | undefined;
}

export interface WrittenFiles extends OutputFiles {
  readonly problems: readonly string[];
}

/** Writes the JSON report beside the job's other temporary files, and SARIF where it was asked for. */
export function writeResultFiles(
  report: Report,
  { temp, workspace, directory, sarifFile }: Places,
  source: (file: string) => string | undefined,
): WrittenFiles {
  const reportFile = freeName(join(temp, "switchback-report"), ".json");
  const unwritten = written("the report", reportFile, renderJson(report));
  // A step that reads one asks whether there is one.
  const told = unwritten.length === 0 ? { report: reportFile } : {};
  if (!sarifFile) return { ...told, problems: unwritten };
  const lineText = (file: string, line: number) => source(file)?.split(/\r\n|\r|\n/)[line - 1] ?? "";
  const path = resolve(directory, sarifFile);
  const text = sarif(report, { rules: everyRule, helpUri: rulePage("{rule}"), lineText });
  const unsaved = written(`sarif-file ${sarifFile}`, path, text);
  return {
    ...told,
    ...(unsaved.length === 0 ? { sarif: pathInside(workspace, path) ?? path } : {}),
    problems: [...unwritten, ...unsaved],
  };
}

/** Steps of one job share the folder, and what an earlier one says of its report has to stay true. */
function freeName(start: string, end: string): string {
  let name = start + end;
  for (let number = 2; existsSync(name); number++) name = `${start}-${number}${end}`;
  return name;
}

/** What stood in the way: a folder of that name, a disk that is full or may only be read. */
function written(what: string, path: string, text: string): string[] {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // In a stranger's branch a link may have the name, which would lead to a file of the runner.
    rmSync(path, { force: true });
    writeFileSync(path, text, { flag: "wx" });
    return [];
  } catch (error) {
    return [`${what} cannot be written: ${error instanceof Error ? error.message : error}`];
  }
}
