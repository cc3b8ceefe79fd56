import * as vscode from "vscode";
import { lockWords } from "#core/report/lock-words.ts";
import type { Change, Finding, PhaseResult, RoundTrip, RunError } from "#core/report/model.ts";
import { rowLines } from "#core/report/row-words.ts";
import { duration } from "#core/report/text/duration.ts";
import { escapeControl } from "#core/report/text/escape-control.ts";
import { isFailed, phaseWords, verdictWords } from "#core/report/verdict-words.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import { toRange } from "../surfaces/ranges.ts";
import { steps } from "./round-trip-tests.ts";
import { schemaDiff } from "./schema-diff.ts";

export interface Reported {
  readonly run: vscode.TestRun;
  readonly item: vscode.TestItem;
  readonly folder: MigrationFolder;
  readonly roundTrip: RoundTrip;
  /** What was foreseen: it knows which statement made what is left behind. */
  readonly findings: readonly Finding[];
  /** The schema that the drift is shown in. */
  readonly schema: string;
}

/** What a step that failed says, and the same in one line for the migration. */
interface StepFailure {
  readonly message: vscode.TestMessage;
  readonly line: string;
}

/** Writes one round trip into the Testing view. */
export function reportRoundTrip(reported: Reported): void {
  const { run, item, roundTrip } = reported;
  const { verdict } = roundTrip;
  say(run, `${roundTrip.name}: ${verdictWords(roundTrip)}, ${duration(roundTrip.ms)}`, item);
  for (const line of [...rowLines(roundTrip), ...lockLines(roundTrip), ...rerunLines(roundTrip)])
    say(run, `  ${line}`, item);
  if (verdict.status === "skipped" || verdict.status === "irreversible") {
    for (const { phase } of steps) {
      const step = stepOf(item, phase);
      const result = roundTrip.phases.find((it) => it.phase === phase);
      if (step) result ? run.passed(step, result.ms) : run.skipped(step);
    }
    run.skipped(item);
    return;
  }
  const failures = steps
    .map(({ phase }) => reportStep(reported, phase))
    .filter((failure) => failure !== undefined);
  if (!isFailed(verdict)) run.passed(item, roundTrip.ms);
  else {
    const diffs = failures
      .map(({ message }) => message)
      .filter(({ actualOutput }) => actualOutput !== undefined);
    run.failed(item, [summary(reported, failures), ...diffs], roundTrip.ms);
  }
}

/** The output of a run is a terminal. */
function say(run: vscode.TestRun, line: string, item: vscode.TestItem): void {
  run.appendOutput(`${escapeControl(line)}\r\n`, undefined, item);
}

/**
 * Words before the diff: the editor writes the first message of a line beside the line, and of a diff it would write the
 * first and the last letters of two schemas.
 */
function summary({ item, roundTrip }: Reported, failures: readonly StepFailure[]): vscode.TestMessage {
  const [first] = failures;
  const words = failures.map(({ line }) => line).join("\n") || verdictWords(roundTrip);
  const { uri = item.uri, range = item.range } = first?.message.location ?? {};
  return at(new vscode.TestMessage(words), uri, range);
}

function lockLines(roundTrip: RoundTrip): string[] {
  const words = lockWords(roundTrip);
  return words === undefined ? [] : [`locks ${words}`];
}

/** What is not safe to run twice in a row. */
function rerunLines({ rerun = [] }: RoundTrip): string[] {
  return rerun.flatMap(({ direction, errors, changes, rowsDiffer }) => [
    ...errors.map(({ message }) => `the ${direction} cannot run twice: ${message}`),
    ...changes.map(({ words }) => `the ${direction} run twice: ${words}`),
    ...(rowsDiffer ? [`the ${direction} run twice writes other rows than once`] : []),
  ]);
}

function reportStep(reported: Reported, phase: PhaseResult["phase"]): StepFailure | undefined {
  const { run, item, roundTrip } = reported;
  const step = stepOf(item, phase);
  if (!step) return undefined;
  const result = roundTrip.phases.find((it) => it.phase === phase);
  const { verdict } = roundTrip;
  if (!result) {
    const stopped =
      (verdict.status === "timed-out" || verdict.status === "engine-lost") && verdict.phase === phase;
    if (!stopped) run.skipped(step);
    else run.errored(step, at(new vscode.TestMessage(verdictWords(roundTrip)), step.uri, step.range));
    return undefined;
  }
  for (const change of result.changes) say(run, `  ${phaseWords(phase)}: ${change.words}`, step);
  if (result.error) say(run, `  ${phaseWords(phase)}: ${errorLine(result.error)}`, step);
  const failure = result.error
    ? {
        message: errorMessage(reported, result.error),
        line: `${phaseWords(phase)} fails: ${errorLine(result.error)}`,
      }
    : drift(reported, result, step);
  if (failure) run.failed(step, failure.message, result.ms);
  else run.passed(step, result.ms);
  return failure;
}

function errorLine({ message, sqlstate }: RunError): string {
  return sqlstate ? `${message} (${sqlstate})` : message;
}

function errorMessage({ folder, item }: Reported, error: RunError): vscode.TestMessage {
  const more = [error.detail, error.hint].filter((line) => line !== undefined).map((line) => `\n${line}`);
  const message = new vscode.TestMessage(`${errorLine(error)}${more.join("")}`);
  const uri = error.file === "" ? item.uri : folder.uriOf(error.file);
  return at(message, uri, error.range ? toRange(error.range) : new vscode.Range(0, 0, 0, 0));
}

function drift(
  reported: Reported,
  { phase, changes }: PhaseResult,
  step: vscode.TestItem,
): StepFailure | undefined {
  const real = changes.filter(isReal);
  if (real.length === 0) return undefined;
  const words = real.map((change) => change.words).join("\n");
  const { expected, actual } = schemaDiff(phase === "down" ? reported.schema : "", changes);
  const message = vscode.TestMessage.diff(words, expected, actual);
  const { uri, range } = responsible(reported, real, step);
  return { message: at(message, uri, range), line: words };
}

function isReal(change: Change): boolean {
  return change.class === "real";
}

/** Is its drift shown in the schema that was there before? */
export function leavesBehind({ phases }: RoundTrip): boolean {
  return phases.some(({ phase, changes }) => phase === "down" && changes.some(isReal));
}

/** The statement that made what is left behind: a finding about the same object points at it. Else the step's script. */
function responsible(
  { folder, roundTrip, findings }: Reported,
  changes: readonly Change[],
  step: vscode.TestItem,
): { readonly uri: vscode.Uri | undefined; readonly range: vscode.Range | undefined } {
  const own = findings.filter(({ migration }) => migration === roundTrip.name);
  const finding =
    own.find((it) => it.changes?.some((known) => changes.some((change) => isSame(known, change)))) ??
    own.find(({ message }) => changes.some((change) => message.includes(lastName(change.object))));
  return finding ? { uri: folder.uriOf(finding.file), range: toRange(finding.range) } : step;
}

function isSame(a: Change, b: Change): boolean {
  return a.kind === b.kind && a.object === b.object;
}

/** `public.users.email` → `email` */
function lastName(object: string): string {
  return object.slice(object.lastIndexOf(".") + 1);
}

function at(message: vscode.TestMessage, uri?: vscode.Uri, range?: vscode.Range): vscode.TestMessage {
  if (uri) message.location = new vscode.Location(uri, range ?? new vscode.Range(0, 0, 0, 0));
  return message;
}

function stepOf(item: vscode.TestItem, phase: PhaseResult["phase"]): vscode.TestItem | undefined {
  return item.children.get(`${item.id}/${phase}`);
}
