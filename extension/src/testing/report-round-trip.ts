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
  /** Findings of the same run: they know which statement made what is left behind. */
  readonly findings: readonly Finding[];
  /** The schema that the drift is shown in. */
  readonly schema: string;
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
  const messages = steps
    .map(({ phase }) => reportStep(reported, phase))
    .filter((message) => message !== undefined);
  if (!isFailed(verdict)) run.passed(item, roundTrip.ms);
  else {
    const fallback = at(new vscode.TestMessage(verdictWords(roundTrip)), item.uri, item.range);
    run.failed(item, messages.length > 0 ? messages : [fallback], roundTrip.ms);
  }
}

/** The output of a run is a terminal. */
function say(run: vscode.TestRun, line: string, item: vscode.TestItem): void {
  run.appendOutput(`${escapeControl(line)}\r\n`, undefined, item);
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

function reportStep(reported: Reported, phase: PhaseResult["phase"]): vscode.TestMessage | undefined {
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
  const message = result.error ? errorMessage(reported, result.error) : driftMessage(reported, result);
  if (message) run.failed(step, message, result.ms);
  else run.passed(step, result.ms);
  return message;
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

function driftMessage(reported: Reported, { phase, changes }: PhaseResult): vscode.TestMessage | undefined {
  const real = changes.filter((change) => change.class === "real");
  if (real.length === 0) return undefined;
  const words = real.map((change) => change.words).join("\n");
  const { expected, actual } = schemaDiff(phase === "down" ? reported.schema : "", changes);
  const message = vscode.TestMessage.diff(words, expected, actual);
  const { uri, range } = responsible(reported, real);
  return at(message, uri, range);
}

/** The statement that made what the down leaves behind: a finding about the same object points at it. */
function responsible({ folder, item, roundTrip, findings }: Reported, changes: readonly Change[]) {
  const finding = findings.find(
    (it) =>
      it.migration === roundTrip.name &&
      changes.some((change) => it.proof !== undefined || it.message.includes(lastName(change.object))),
  );
  return finding
    ? { uri: folder.uriOf(finding.file), range: toRange(finding.range) }
    : { uri: item.uri, range: item.range };
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
