import { readFileSync } from "node:fs";
import { withoutMark } from "#core/migration/without-mark.ts";
import { fromJson, isJsonReport } from "#core/report/from-json.ts";
import { mergeReports } from "#core/report/merge-reports.ts";
import type { Report } from "#core/report/model.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "../exit-codes.ts";
import { type Format, render } from "../formats.ts";
import type { Flags } from "../grammar/request.ts";
import { screenOf } from "../screen.ts";
import { print, writeOutput } from "../write-output.ts";

interface MergeRequest {
  readonly files: readonly string[];
  readonly flags: Flags;
}

/** `merge`: the JSON reports of the shards become one report, with its exit code. */
export async function mergeReportFiles({ files, flags }: MergeRequest): Promise<ExitCode | CannotRun> {
  const parts: Report[] = [];
  for (const file of files) {
    const part = readReport(file);
    if (isCannotRun(part)) return part;
    parts.push(part);
  }
  const merged = mergeReports(parts);
  if (!merged.ok) return cannotRun(`cannot merge: ${merged.problem}`);
  const { report } = merged;
  const output = typeof flags.output === "string" ? flags.output : undefined;
  const screen = screenOf(process.stdout, process.env);
  const text = await render(flags.format as Format, report, {
    color: screen.color && output === undefined,
    width: screen.width,
    source: sourceOnDisk,
  });
  if (output === undefined) await print(process.stdout, text);
  else {
    const problem = await writeOutput(output, text);
    if (problem) return problem;
  }
  if (report.unproved !== undefined) return exitCodes.couldNotRun;
  return exitCodeOf(report, flags.failOn as Parameters<typeof exitCodeOf>[1]);
}

function readReport(file: string): Report | CannotRun {
  let text: string;
  try {
    text = withoutMark(readFileSync(file, "utf8"));
  } catch (error) {
    return cannotRun(`cannot read ${file}: ${errorWords(error)}`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonReport(value)) return fromJson(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return cannotRun(`${file} is no report that --format json has written`);
}

/** The migrations may lie here, as they do in a job that merges, or not. */
function sourceOnDisk(file: string): string | undefined {
  try {
    return withoutMark(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
