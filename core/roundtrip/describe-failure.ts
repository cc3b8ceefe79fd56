import type { Script } from "../migration/model.ts";
import type { PostgresError } from "../postgres/session.ts";
import type { Range, RunError } from "../report/model.ts";
import { positionAt } from "../sql/position-at.ts";
import { type FailedRun, type Limits, runText, type StoppedRun } from "./run-script.ts";
import { type StatementPlace, scriptStatements } from "./script-statements.ts";
import type { Stage } from "./stage.ts";

/** What stopped a script, with the statement that did it where that can be found. */
export async function describeFailure(
  stage: Stage,
  script: Script,
  run: StoppedRun,
  limits: Limits,
): Promise<RunError> {
  switch (run.kind) {
    case "failed":
      return { ...wordsOf(run.error), ...placeOf(script, await findFailing(stage, script, run, limits)) };
    case "timed-out": {
      const message = `still running after ${limits.timeoutMs / 1000} s, then stopped`;
      return { sqlstate: "57014", message, ...placeOf(script, onlyStatement(script)) };
    }
    case "engine-lost": {
      const message = run.error?.message ?? "the connection to PostgreSQL was lost";
      return { sqlstate: null, message, ...placeOf(script, onlyStatement(script)) };
    }
  }
}

function wordsOf({ sqlstate, message, detail, hint }: PostgresError): Omit<RunError, "file"> {
  return {
    sqlstate,
    message: readable(message),
    ...(detail === undefined ? {} : { detail: readable(detail) }),
    ...(hint === undefined ? {} : { hint: readable(hint) }),
  };
}

/** RAISE can say megabytes, which no report, comment or editor is made for. */
function readable(text: string): string {
  const most = 2_000;
  if (text.length <= most) return text;
  // Not between the two halves of a character.
  const start = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
  return `${start}… (${text.length - start.length} characters more)`;
}

function placeOf({ file }: Script, place: StatementPlace | undefined): { file: string; range?: Range } {
  if (!place) return { file: file.path };
  const range = { start: positionAt(file.text, place.start), end: positionAt(file.text, place.end) };
  return { file: file.path, range };
}

/**
 * Many errors carry no position. Then the statements are run one by one in a transaction that is rolled back, until
 * one fails in the same way. Undefined where that is not so.
 */
async function findFailing(
  stage: Stage,
  script: Script,
  run: FailedRun,
  limits: Limits,
): Promise<StatementPlace | undefined> {
  if (run.error.position !== undefined) return statementAt(script, run, run.error.position);
  const statements = scriptStatements(script);
  const sent = sentAlone(script, run.offset, statements);
  if (sent) return sent;
  if (statements.length <= 1 || statements.length > longest) return onlyStatement(script);
  try {
    await stage.session.execute("BEGIN");
    for (const place of statements) {
      if (place.transaction) continue;
      const step = await runText(stage.session, script.file.text.slice(place.start, place.end), limits);
      if (step.kind === "done") continue;
      return step.kind === "failed" && isSame(step.error, run.error) ? place : undefined;
    }
    return undefined;
  } finally {
    if (await stage.revive()) await stage.clean(script);
  }
}

/** Where the runner sends statements one by one, the one that it sent last; undefined where others went along with it. */
function sentAlone(
  { execution }: Script,
  offset: number,
  statements: readonly StatementPlace[],
): StatementPlace | undefined {
  if (execution.send === "whole" || execution.together?.some((it) => it.start <= offset && offset < it.end))
    return undefined;
  return statements.find(({ start, end }) => start <= offset && offset < end);
}

/** Statements that are worth a walk: beyond that the search would take longer than the migration. */
const longest = 5_000;

function isSame(a: PostgresError, b: PostgresError): boolean {
  return a.sqlstate === b.sqlstate && a.message === b.message;
}

function onlyStatement(script: Script): StatementPlace | undefined {
  const [only, ...others] = scriptStatements(script);
  return others.length === 0 ? only : undefined;
}

function statementAt(script: Script, run: FailedRun, position: number): StatementPlace | undefined {
  const offset = Math.max(script.start, codePointsOn(script.file.text, run.offset, position - 1));
  // What does not parse has no statements to speak of: the word it stopped at is exact.
  if (run.error.sqlstate !== syntaxError) {
    return scriptStatements(script).find(({ start, end }) => start <= offset && offset < end);
  }
  const word = /^[\w$]+|^\S/.exec(script.file.text.slice(offset, script.end))?.[0] ?? "";
  return { start: offset, end: offset + word.length, transaction: false };
}

const syntaxError = "42601";

/** PostgreSQL counts code points, JavaScript UTF-16 code units. `from` is -1 before a byte order mark. */
function codePointsOn(text: string, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < count; i++) at += at >= 0 && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
